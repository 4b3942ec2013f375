/** The local REST API: routing, events, answers, and what it refuses to serve. */
import { describe, expect, test } from 'vitest';
import {
  type Event,
  echo,
  restAuthorizer,
  restTemplate,
  serve,
} from '../support/gateways/gateway.ts';

const eventOf = async (path: string, init?: RequestInit): Promise<Event> => {
  const template = restTemplate({ 'ANY /cdr/{proxy+}': '', 'ANY /cdr': '' });
  const gateway = await serve(template, { handler: echo });
  return (await fetch(gateway.url + path, init)).json();
};

describe('routes', () => {
  const template = restTemplate({
    'ANY /{proxy+}': '',
    'GET /pets': '',
    'GET /pets/{id}': '',
    'ANY /pets/dog': '',
    'GET /pets/dog': '',
  });
  const routeOf = ({ resource, httpMethod }: Event) => ({
    statusCode: 200,
    body: `${httpMethod} ${resource}`,
  });

  test.each([
    ['GET /dev/pets/dog', 200, 'GET /pets/dog'],
    ['PUT /dev/pets/dog', 200, 'PUT /pets/dog'],
    ['GET /dev/pets/cat', 200, 'GET /pets/{id}'],
    ['GET /dev/pets/', 200, 'GET /pets'],
    ['GET /dev/a/b', 200, 'GET /{proxy+}'],
    ['GET /pets', 200, 'GET /pets'],
    ['POST /dev/pets', 403, '{"message":"Missing Authentication Token"}'],
    ['GET /dev', 403, '{"message":"Missing Authentication Token"}'],
  ])('%s: %d %s', async (request, status, body) => {
    const gateway = await serve(template, { handler: routeOf });
    const [method = '', path] = request.split(' ');
    const response = await fetch(gateway.url + path, { method });
    expect([response.status, await response.text()]).toEqual([status, body]);
  });
});

describe('the event of a REST API', () => {
  test.each(['/dev/cdr/a%20b?q=1&q=2', '/cdr/a%20b?q=1&q=2'])('%s', async (path) => {
    const event = await eventOf(path, { headers: { 'X-Key': 'k' } });
    expect(event).toMatchObject({
      resource: '/cdr/{proxy+}',
      path: '/cdr/a%20b',
      httpMethod: 'GET',
      multiValueHeaders: { 'X-Key': ['k'] },
      queryStringParameters: { q: '2' },
      multiValueQueryStringParameters: { q: ['1', '2'] },
      pathParameters: { proxy: 'a b' },
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
      requestContext: {
        accountId: '000000000000',
        stage: 'dev',
        path: '/dev/cdr/a%20b',
        resourcePath: '/cdr/{proxy+}',
        identity: { sourceIp: '127.0.0.1' },
      },
    });
  });

  test('header names keep the case of the client', async () => {
    expect((await eventOf('/cdr', { headers: { 'X-Key': 'k' } })).headers['X-Key']).toBe('k');
  });

  test('what there is none of is null, and a body is text', async () => {
    const event = await eventOf('/cdr', { method: 'POST', body: new URLSearchParams({ a: '1' }) });
    expect(event).toMatchObject({
      queryStringParameters: null,
      pathParameters: null,
      body: 'a=1',
      isBase64Encoded: false,
    });
  });
});

describe('the answer of a REST API', () => {
  const answerOf = async (handler: () => unknown, changes = {}) => {
    const gateway = await serve(restTemplate({ 'GET /a': '' }, changes), { handler });
    return fetch(`${gateway.url}/a`);
  };

  test('headers of one and of many values go to the client', async () => {
    const response = await answerOf(() => ({
      statusCode: 201,
      headers: { 'X-A': 'a' },
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
      body: 'hello',
    }));
    expect(response.status).toBe(201);
    expect(response.headers.get('x-a')).toBe('a');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('hello');
  });

  test.each([
    ['a handler that throws', () => Promise.reject(new Error('secret detail'))],
    ['a result that is not of the proxy format', () => ({ message: 'hello' })],
  ])('%s is a 502 without detail', async (_case, handler) => {
    const response = await answerOf(handler);
    expect([response.status, await response.json()]).toEqual([
      502,
      { message: 'Internal server error' },
    ]);
  });

  test('a function slower than the integration may be is a 504', async () => {
    const template = restTemplate({ 'GET /a': '' });
    const [id, method] =
      Object.entries(template.Resources).find(([, { Type }]) => Type.endsWith('Method')) ?? [];
    const integration = method?.Properties?.['Integration'] as object;
    const response = await answerOf(() => new Promise(() => {}), {
      [id ?? '']: {
        ...method,
        Properties: { ...method?.Properties, Integration: { ...integration, TimeoutInMillis: 50 } },
      },
    });
    expect(response.status).toBe(504);
  });
});

describe('the REST API refuses to start on', () => {
  const base = { Auth: restAuthorizer() };
  test.each([
    ['an API policy', { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Policy: {} } } }],
    [
      'binary media types',
      { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BinaryMediaTypes: ['*/*'] } } },
    ],
    ['an API key plan', { Plan: { Type: 'AWS::ApiGateway::UsagePlan' } }],
    ['a Cognito authorizer', { Auth: restAuthorizer({ Type: 'COGNITO_USER_POOLS' }) }],
    ['a TOKEN authorizer without identity', { Auth: restAuthorizer({ IdentitySource: '' }) }],
    [
      'a template that it cannot fill in',
      {
        R: {
          Type: 'AWS::ApiGateway::GatewayResponse',
          Properties: {
            RestApiId: 'x',
            ResponseType: 'UNAUTHORIZED',
            ResponseTemplates: { 'application/json': '$input.body' },
          },
        },
      },
    ],
  ])('%s, and names the resource', async (_case, changes) => {
    const template = restTemplate({ 'GET /a': 'Auth' }, { ...base, ...changes });
    await expect(serve(template, {})).rejects.toThrow(/^test-dev: \w+: /);
  });
});
