/** The local HTTP API: routing, CORS, and what it refuses to serve. */
import { describe, expect, test } from 'vitest';
import {
  type Event,
  echo,
  httpAuthorizer,
  httpTemplate,
  serve,
} from '../support/gateways/gateway.ts';

const routeOf = ({ routeKey }: Event) => ({ statusCode: 200, body: routeKey });

describe('routes', () => {
  const template = httpTemplate({
    $default: '',
    'ANY /{proxy+}': '',
    'GET /pets/{proxy+}': '',
    'GET /pets/dog/{id}': '',
    'ANY /pets/dog/1': '',
    'GET /pets/dog/1': '',
    'GET /': '',
  });

  test.each([
    ['GET /pets/dog/1', 'a full match', 'GET /pets/dog/1'],
    ['POST /pets/dog/1', 'ANY where no route has the method', 'ANY /pets/dog/1'],
    ['GET /pets/dog/2', 'a variable', 'GET /pets/dog/{id}'],
    ['GET /pets/cat/2', 'the longer greedy prefix', 'GET /pets/{proxy+}'],
    ['POST /pets/cat/2', 'a greedy route of the method', 'ANY /{proxy+}'],
    ['GET /', 'the root', 'GET /'],
    ['POST /', '$default for the rest', '$default'],
  ])('%s takes %s', async (request, _why, expected) => {
    const gateway = await serve(template, { handler: routeOf });
    const [method = '', path] = request.split(' ');
    const response = await fetch(gateway.url + path, { method });
    expect(await response.text()).toBe(expected);
  });

  test('no route is 404', async () => {
    const gateway = await serve(httpTemplate({ 'GET /a': '' }), { handler: echo });
    for (const init of [{ path: '/b' }, { path: '/a', method: 'POST' }, { path: '/a/' }]) {
      const response = await fetch(gateway.url + init.path, { method: init.method ?? 'GET' });
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ message: 'Not Found' });
    }
  });
});

describe('CORS', () => {
  const api = (CorsConfiguration: object) => ({
    Type: 'AWS::ApiGatewayV2::Api',
    Properties: { Name: 'test', ProtocolType: 'HTTP', CorsConfiguration },
  });
  const template = httpTemplate(
    { 'ANY /{proxy+}': '' },
    {
      HttpApi: api({
        AllowOrigins: ['https://a.example'],
        AllowMethods: ['GET', 'POST'],
        AllowHeaders: ['authorization'],
        ExposeHeaders: ['x-a'],
        AllowCredentials: true,
        MaxAge: 600,
      }),
    },
  );
  const corsOf = ({ headers }: Response) =>
    Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
  const handler = () => ({
    statusCode: 200,
    headers: { 'access-control-allow-origin': '*', 'access-control-max-age': '1' },
    body: '',
  });

  test('a preflight is answered without asking the function', async () => {
    const gateway = await serve(template, {});
    const headers = { origin: 'https://a.example', 'access-control-request-method': 'POST' };
    const response = await fetch(`${gateway.url}/x`, { method: 'OPTIONS', headers });
    expect(response.status).toBe(204);
    expect(corsOf(response)).toEqual({
      'access-control-allow-origin': 'https://a.example',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': 'GET,POST',
      'access-control-allow-headers': 'authorization',
      'access-control-max-age': '600',
    });
  });

  test('R7: a preflight at a route that takes every method asks its authorizer, one of its own does not', async () => {
    let asked = 0;
    const authorizer = () => {
      asked += 1;
      return { isAuthorized: false };
    };
    const Cors = { HttpApi: api({ AllowOrigins: ['https://a.example'] }) };
    const both = { 'ANY /a': 'Guard', 'ANY /b': 'Guard', 'OPTIONS /b': '' };
    const gateway = await serve(httpTemplate(both, { ...Cors, Guard: httpAuthorizer() }), {
      authorizer,
    });
    const headers = { origin: 'https://a.example', 'access-control-request-method': 'POST' };
    const statusAt = async (path: string) =>
      (await fetch(`${gateway.url}${path}`, { method: 'OPTIONS', headers })).status;
    expect([await statusAt('/a'), asked]).toEqual([403, 1]);
    expect([await statusAt('/b'), asked]).toEqual([204, 1]);
  });

  test('the configured headers replace those of the function', async () => {
    const gateway = await serve(template, { handler });
    const response = await fetch(`${gateway.url}/x`, { headers: { origin: 'https://a.example' } });
    expect(corsOf(response)).toEqual({
      'access-control-allow-origin': 'https://a.example',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'x-a',
    });
  });

  test.each(['GET', 'OPTIONS'])(
    'an origin that is not allowed gets no header (%s)',
    async (method) => {
      const gateway = await serve(template, { handler });
      const headers = { origin: 'https://b.example', 'access-control-request-method': 'GET' };
      expect(corsOf(await fetch(`${gateway.url}/x`, { method, headers }))).toEqual({});
    },
  );

  test('without a configuration the function speaks for itself', async () => {
    const gateway = await serve(httpTemplate({ 'ANY /{proxy+}': '' }), { handler });
    const response = await fetch(`${gateway.url}/x`, { headers: { origin: 'https://b.example' } });
    expect(corsOf(response)).toMatchObject({ 'access-control-allow-origin': '*' });
  });
});

describe('the HTTP API refuses to start on', () => {
  const change = (id: string, properties: object) => {
    const template = httpTemplate({ 'GET /a': 'Auth' }, { Auth: httpAuthorizer() });
    const resource = template.Resources[id];
    return httpTemplate(
      { 'GET /a': 'Auth' },
      {
        Auth: httpAuthorizer(),
        [id]: { Type: '', ...resource, Properties: { ...resource?.Properties, ...properties } },
      },
    );
  };

  test.each([
    ['an unknown property', change('Integration', { RequestParameters: { a: 'b' } })],
    ['payload format 1.0', change('Integration', { PayloadFormatVersion: '1.0' })],
    ['a stage with a prefix', change('Stage', { StageName: 'v1' })],
    ['a JWT authorizer', change('Auth', { AuthorizerType: 'JWT' })],
    ['an identity source it cannot read', change('Auth', { IdentitySource: ['$context.nothing'] })],
    ['a cached authorizer without identity', change('Auth', { AuthorizerResultTtlInSeconds: 5 })],
    [
      'an authorizer whose cache is not said',
      change('Auth', { AuthorizerResultTtlInSeconds: null }),
    ],
    ['a cache of more than an hour', change('Auth', { AuthorizerResultTtlInSeconds: 3601 })],
    ['an unknown resource type', change('Mapping', {})],
  ])('%s, and names the resource', async (_case, template) => {
    template.Resources['Mapping'] &&= { Type: 'AWS::ApiGatewayV2::ApiMapping' };
    await expect(serve(template, {})).rejects.toThrow(/^test-dev: \w+: /);
  });
});
