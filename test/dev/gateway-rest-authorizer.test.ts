/** The local REST API's Lambda authorizers: TOKEN, REQUEST, policies, cache, gateway responses. */
import { describe, expect, test, vi } from 'vitest';
import {
  type Event,
  echo,
  restAuthorizer,
  restTemplate,
  serve,
} from '../support/gateways/gateway.ts';

const routes = { 'GET /a': 'Auth', 'GET /b': 'Auth', 'ANY /cdr/{proxy+}': 'Auth' };
const template = (properties: object = {}, changes = {}) =>
  restTemplate(routes, { Auth: restAuthorizer({ ...properties }), ...changes });
const bearer = (authorization: string) => ({ headers: { authorization } });

const statement = (Effect: string, Resource: string | string[], Action = 'execute-api:Invoke') => ({
  Effect,
  Action,
  Resource,
});
const policy = (...Statement: object[]) => ({
  principalId: 'u1',
  policyDocument: { Version: '2012-10-17', Statement },
});
const allowAll = policy(statement('Allow', '*'));

const answerOf = async (result: unknown, path = '/dev/a') => {
  const gateway = await serve(template(), {
    authorizer: () => (result instanceof Error ? Promise.reject(result) : result),
    handler: echo,
  });
  const response = await fetch(gateway.url + path, bearer('t'));
  return { status: response.status, body: (await response.json()) as Event };
};

describe('what the authorizer gets', () => {
  test('TOKEN: type, token and method ARN, nothing else', async () => {
    const authorizer = vi.fn((_event: Event) => allowAll);
    const gateway = await serve(template(), { authorizer, handler: echo });
    await fetch(`${gateway.url}/cdr/1?q=1`, { method: 'PUT', ...bearer('Bearer t') });
    expect(authorizer.mock.calls[0]?.[0]).toEqual({
      type: 'TOKEN',
      authorizationToken: 'Bearer t',
      methodArn: expect.stringMatching(
        /^arn:aws:execute-api:us-east-1:000000000000:\w{10}\/dev\/PUT\/cdr\/1$/,
      ),
    });
  });

  test('REQUEST: the whole request', async () => {
    const authorizer = vi.fn((_event: Event) => allowAll);
    const request = { Type: 'REQUEST', AuthorizerResultTtlInSeconds: 0, IdentitySource: '' };
    const gateway = await serve(template(request), { authorizer, handler: echo });
    await fetch(`${gateway.url}/dev/cdr/1?q=1`, { headers: { 'X-Key': 'k' } });
    expect(authorizer.mock.calls[0]?.[0]).toMatchObject({
      type: 'REQUEST',
      methodArn: expect.stringMatching(/\/dev\/GET\/cdr\/1$/),
      resource: '/cdr/{proxy+}',
      path: '/cdr/1',
      httpMethod: 'GET',
      headers: { 'X-Key': 'k' },
      multiValueHeaders: { 'X-Key': ['k'] },
      queryStringParameters: { q: '1' },
      multiValueQueryStringParameters: { q: ['1'] },
      pathParameters: { proxy: '1' },
      stageVariables: null,
      requestContext: { stage: 'dev' },
    });
  });

  test.each([
    ['a TOKEN without token', {}, {}],
    ['an empty one', {}, bearer('')],
    ['one of the wrong form', { IdentityValidationExpression: 'Bearer .+' }, bearer('Basic x')],
    [
      'a REQUEST without one of its sources',
      {
        Type: 'REQUEST',
        IdentitySource: 'method.request.header.Authorization, method.request.querystring.q',
      },
      bearer('t'),
    ],
  ])('%s: 401, and it is not asked', async (_case, properties, init) => {
    const authorizer = vi.fn(() => allowAll);
    const gateway = await serve(template(properties), { authorizer, handler: echo });
    const response = await fetch(`${gateway.url}/a`, init);
    expect([response.status, await response.json()]).toEqual([401, { message: 'Unauthorized' }]);
    expect(authorizer).not.toHaveBeenCalled();
  });
});

describe('what its answer means', () => {
  const implicit = 'User is not authorized to access this resource';
  const explicit = `${implicit} with an explicit deny`;

  test.each([
    ['everything', [statement('Allow', '*')], 200],
    ['this method', [statement('Allow', 'arn:aws:execute-api:us-east-1:*:*/dev/GET/a')], 200],
    ['one of several', [statement('Allow', ['x', 'arn:aws:execute-api:*/dev/GET/?'])], 200],
    ['any action', [statement('Allow', '*', 'execute-api:*')], 200],
    ['another method', [statement('Allow', 'arn:aws:execute-api:*/dev/POST/a')], 403, implicit],
    ['another path', [statement('Allow', 'arn:aws:execute-api:*/dev/GET/a?')], 403, implicit],
    ['another action', [statement('Allow', '*', 's3:GetObject')], 403, implicit],
    ['all, with a deny', [statement('Allow', '*'), statement('Deny', '*/GET/a')], 403, explicit],
  ])('a policy that allows %s', async (_case, statements, status, text = undefined) => {
    const { status: got, body } = await answerOf(policy(...statements));
    expect(got).toBe(status);
    if (text) expect(body).toEqual({ Message: text });
  });

  test('the context reaches the function, all of it as strings', async () => {
    const { body } = await answerOf({ ...allowAll, context: { a: 'x', n: 1, own: false } });
    expect(body.requestContext.authorizer).toEqual({
      principalId: 'u1',
      a: 'x',
      n: '1',
      own: 'false',
    });
  });

  test.each([
    ['a nested context', { ...allowAll, context: { a: { b: 1 } } }],
    ['a list in the context', { ...allowAll, context: { a: [1] } }],
    ['no principal', { policyDocument: allowAll.policyDocument }],
    ['no policy', { principalId: 'u1' }],
    ['a simple response', { isAuthorized: true }],
    ['a condition, which is not understood', policy({ ...statement('Allow', '*'), Condition: {} })],
    ['nothing', undefined],
  ])('%s is 500', async (_case, result) => {
    expect(await answerOf(result)).toEqual({ status: 500, body: { message: null } });
  });

  test.each([
    ['Unauthorized', 401, { message: 'Unauthorized' }],
    ['Unauthorized.', 500, { message: null }],
  ])('throwing %s is %d', async (thrown, status, body) => {
    expect(await answerOf(new Error(thrown))).toEqual({ status, body });
  });
});

describe('the cached policy', () => {
  const setUp = async (properties: object, result: unknown) => {
    let now = 0;
    const authorizer = vi.fn(() => result);
    const functions = { authorizer, handler: echo };
    const gateway = await serve(template(properties), functions, () => now);
    const call = async (path: string, at = 0) => {
      now = at;
      return (await fetch(gateway.url + path, bearer('t'))).status;
    };
    return { authorizer, call };
  };

  test('is evaluated again for each method ARN', async () => {
    const { authorizer, call } = await setUp({}, policy(statement('Allow', '*/GET/a')));
    expect([await call('/a'), await call('/b'), await call('/a')]).toEqual([200, 403, 200]);
    expect(authorizer).toHaveBeenCalledTimes(1);
  });

  test('lives 300 seconds where the template does not say', async () => {
    const { authorizer, call } = await setUp({}, allowAll);
    await call('/a');
    await call('/a', 299_999);
    expect(authorizer).toHaveBeenCalledTimes(1);
    await call('/a', 300_000);
    expect(authorizer).toHaveBeenCalledTimes(2);
  });

  test('is none with TTL 0', async () => {
    const { authorizer, call } = await setUp({ AuthorizerResultTtlInSeconds: 0 }, allowAll);
    await call('/a');
    await call('/a');
    expect(authorizer).toHaveBeenCalledTimes(2);
  });
});

describe('gateway responses', () => {
  const response = (ResponseType: string, properties: object) => ({
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: { RestApiId: { Ref: 'Api' }, ResponseType, ...properties },
  });
  const challenge = { 'gatewayresponse.header.WWW-Authenticate': "'Bearer'" };
  const body = { 'application/json': '{"error":$context.error.messageString}' };

  test('add headers and replace the body and the status', async () => {
    const custom = response('UNAUTHORIZED', {
      StatusCode: '499',
      ResponseParameters: challenge,
      ResponseTemplates: body,
    });
    const gateway = await serve(template({}, { Custom: custom }), {});
    const answer = await fetch(`${gateway.url}/a`);
    expect(answer.status).toBe(499);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(await answer.json()).toEqual({ error: 'Unauthorized' });
  });

  test('are a page for a person, and what they always were for a program', async () => {
    const page = '<a href="https://console.example.com/portal">Sign in</a>';
    const custom = response('UNAUTHORIZED', { ResponseTemplates: { ...body, 'text/html': page } });
    const gateway = await serve(template({}, { Custom: custom }), {});
    const ask = async (accept?: string) => {
      const answer = await fetch(`${gateway.url}/a`, { headers: accept ? { accept } : {} });
      return [answer.status, answer.headers.get('content-type'), await answer.text()];
    };
    const plain = [401, 'application/json', '{"error":"Unauthorized"}'];
    expect(await ask('text/html,application/xhtml+xml,*/*;q=0.8')).toEqual([
      401,
      'text/html',
      page,
    ]);
    expect(await ask()).toEqual(plain);
    expect(await ask('application/json')).toEqual(plain);
    expect(await ask('image/png')).toEqual(plain);
  });

  test('of DEFAULT_4XX and DEFAULT_5XX serve the types without their own', async () => {
    const changes = {
      A: response('DEFAULT_4XX', { ResponseTemplates: body }),
      B: response('ACCESS_DENIED', { ResponseParameters: challenge }),
      C: response('DEFAULT_5XX', { ResponseTemplates: body }),
    };
    const authorizer = vi.fn().mockReturnValueOnce(policy(statement('Deny', '*')));
    const gateway = await serve(template({ AuthorizerResultTtlInSeconds: 0 }, changes), {
      authorizer,
    });
    const call = async (init = {}) => (await fetch(`${gateway.url}/a`, init)).json();
    expect(await call()).toEqual({ error: 'Unauthorized' });
    expect(await call(bearer('t'))).toHaveProperty('Message');
    expect(await call(bearer('t'))).toEqual({ error: null });
  });
});
