/** The local HTTP API's Lambda authorizer, row by row of what the real one does. */
import { describe, expect, test, vi } from 'vitest';
import {
  type Event,
  echo,
  httpAuthorizer,
  httpTemplate,
  serve,
} from '../support/gateways/gateway.ts';

const routes = { 'GET /a': 'Auth', 'GET /b': 'Auth', 'GET /pets/{id}': 'Auth' };
const template = (properties: object) =>
  httpTemplate(routes, { Auth: httpAuthorizer({ ...properties }) });
const byToken = { IdentitySource: ['$request.header.Authorization'] };
const token = (authorization: string) => ({ headers: { authorization } });

const answerOf = async (properties: object, authorizer: () => unknown, init: RequestInit = {}) => {
  const gateway = await serve(template(properties), { authorizer, handler: echo });
  const response = await fetch(`${gateway.url}/a`, init);
  return { status: response.status, body: (await response.json()) as Event };
};

describe('simple responses', () => {
  test('true lets the call through, with the context for the function', async () => {
    const context = { subject: 'u1', nested: { a: [1] } };
    const { status, body } = await answerOf({}, () => ({ isAuthorized: true, context }));
    expect(status).toBe(200);
    expect(body.requestContext.authorizer).toEqual({ lambda: context });
  });

  test.each([
    ['isAuthorized: false', () => ({ isAuthorized: false }), 403, 'Forbidden'],
    ['a truthy string', () => ({ isAuthorized: 'true' }), 500, 'Internal Server Error'],
    ['no isAuthorized', () => ({}), 500, 'Internal Server Error'],
    ['nothing', () => undefined, 500, 'Internal Server Error'],
    ['a policy', () => policy('Allow', '*'), 500, 'Internal Server Error'],
    ['a proxy response', () => ({ statusCode: 200 }), 500, 'Internal Server Error'],
  ])('%s', async (_case, authorizer, status, message) => {
    expect(await answerOf({}, authorizer)).toEqual({ status, body: { message } });
  });

  test.each([
    ['Unauthorized', 401, 'Unauthorized'],
    ['unauthorized', 500, 'Internal Server Error'],
    ['Unauthorized: expired', 500, 'Internal Server Error'],
    ['connect ECONNREFUSED', 500, 'Internal Server Error'],
  ])('throwing %s', async (thrown, status, message) => {
    const authorizer = () => Promise.reject(new Error(thrown));
    expect(await answerOf({}, authorizer)).toEqual({ status, body: { message } });
  });
});

const policy = (Effect: string, Resource: string) => ({
  principalId: 'u1',
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }],
  },
  context: { subject: 'u1' },
});

describe('IAM responses', () => {
  const iam = { EnableSimpleResponses: false };

  test.each([
    ['an Allow', policy('Allow', '*'), 200],
    ['an Allow of this route', policy('Allow', 'arn:aws:execute-api:*/$default/GET/a'), 200],
    ['an Allow of another route', policy('Allow', 'arn:aws:execute-api:*/$default/GET/b'), 403],
    ['a Deny', policy('Deny', '*'), 403],
    [
      'a policy with a condition',
      {
        ...policy('Allow', '*'),
        policyDocument: {
          Statement: [{ Effect: 'Allow', Action: '*', Resource: '*', Condition: {} }],
        },
      },
      500,
    ],
    ['a simple response', { isAuthorized: true }, 500],
  ])('%s', async (_case, result, status) => {
    expect((await answerOf(iam, () => result)).status).toBe(status);
  });
});

describe('identity sources', () => {
  test.each([
    ['missing', {}],
    ['empty', token('')],
  ])('%s: 401, and the authorizer is not asked', async (_case, init) => {
    const authorizer = vi.fn();
    const answer = await answerOf(byToken, authorizer, init);
    expect(answer).toEqual({ status: 401, body: { message: 'Unauthorized' } });
    expect(authorizer).not.toHaveBeenCalled();
  });

  test('all of them are needed', async () => {
    const both = { IdentitySource: ['$request.header.Authorization', '$request.querystring.q'] };
    const authorizer = vi.fn(() => ({ isAuthorized: true }));
    expect((await answerOf(both, authorizer, token('t'))).status).toBe(401);
  });

  test('none named: always asked, with identitySource null', async () => {
    const authorizer = vi.fn((_event: Event) => ({ isAuthorized: true }));
    const gateway = await serve(template({}), { authorizer, handler: echo });
    await fetch(`${gateway.url}/a`);
    expect(authorizer.mock.calls[0]?.[0]).toMatchObject({ identitySource: null });
  });
});

test('the authorizer gets the request in format 2.0', async () => {
  const authorizer = vi.fn((_event: Event) => ({ isAuthorized: true }));
  const gateway = await serve(template(byToken), { authorizer, handler: echo });
  await fetch(`${gateway.url}/pets/1%202?q=a`, { headers: { Authorization: 't', cookie: 'c=1' } });
  const [event] = authorizer.mock.calls[0] ?? [];
  expect(event).toMatchObject({
    version: '2.0',
    type: 'REQUEST',
    routeArn: expect.stringMatching(
      /^arn:aws:execute-api:us-east-1:000000000000:\w{10}\/\$default\/GET\/pets\/1 2$/,
    ),
    identitySource: ['t'],
    routeKey: 'GET /pets/{id}',
    rawPath: '/pets/1 2',
    rawQueryString: 'q=a',
    cookies: ['c=1'],
    headers: { authorization: 't' },
    queryStringParameters: { q: 'a' },
    pathParameters: { id: '1 2' },
    requestContext: { http: { method: 'GET' }, stage: '$default' },
  });
  expect(event).not.toHaveProperty('body');
});

describe('payload format 1.0', () => {
  const v1 = {
    ...byToken,
    AuthorizerPayloadFormatVersion: '1.0',
    EnableSimpleResponses: false,
  };

  test('is the event of a REST API, with the identity beside it', async () => {
    const authorizer = vi.fn((_event: Event) => policy('Allow', '*'));
    const gateway = await serve(template(v1), { authorizer, handler: echo });
    await fetch(`${gateway.url}/pets/1?q=a&q=b`, { headers: { Authorization: 't' } });
    expect(authorizer.mock.calls[0]?.[0]).toMatchObject({
      version: '1.0',
      type: 'REQUEST',
      methodArn: expect.stringMatching(
        /^arn:aws:execute-api:[^:]+:\d+:\w{10}\/\$default\/GET\/pets\/1$/,
      ),
      identitySource: 't',
      authorizationToken: 't',
      resource: '/pets/{id}',
      path: '/pets/1',
      httpMethod: 'GET',
      queryStringParameters: { q: 'b' },
      multiValueQueryStringParameters: { q: ['a', 'b'] },
      pathParameters: { id: '1' },
      requestContext: { httpMethod: 'GET', resourcePath: '/pets/{id}', stage: '$default' },
    });
  });

  test.each([
    ['an Allow', policy('Allow', '*'), 200],
    ['a Deny', policy('Deny', '*'), 403],
    ['a simple answer', { isAuthorized: true }, 500],
  ])('%s', async (_case, result, status) => {
    expect((await answerOf(v1, () => result, token('t'))).status).toBe(status);
  });

  test('a cached policy is evaluated anew for each route', async () => {
    const authorizer = vi.fn(() => policy('Allow', 'arn:aws:execute-api:*/$default/GET/a'));
    const properties = { ...v1, AuthorizerResultTtlInSeconds: 60 };
    const gateway = await serve(template(properties), { authorizer, handler: echo });
    const call = async (path: string) => (await fetch(gateway.url + path, token('t'))).status;
    expect([await call('/a'), await call('/b'), await call('/a')]).toEqual([200, 403, 200]);
    expect(authorizer).toHaveBeenCalledTimes(1);
  });

  test('has no simple responses', async () => {
    const simple = template({ ...v1, EnableSimpleResponses: true });
    await expect(serve(simple, {})).rejects.toThrow(/^test-dev: Auth: /);
  });
});

describe('identity sources by context', () => {
  test('are known by method and path, and keep their results apart', async () => {
    const IdentitySource = [
      '$request.header.Authorization',
      '$context.httpMethod',
      '$context.path',
      '$stageVariables.kind',
    ];
    const authorizer = vi.fn((_event: Event) => ({ isAuthorized: true }));
    const properties = { IdentitySource, AuthorizerResultTtlInSeconds: 60 };
    const Stage = {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: { Ref: 'HttpApi' },
        StageName: '$default',
        StageVariables: { kind: 'k' },
      },
    };
    const api = httpTemplate(
      { 'ANY /pets/{id}': 'Auth' },
      { Auth: httpAuthorizer(properties), Stage },
    );
    const gateway = await serve(api, { authorizer, handler: echo });
    const call = (path: string, method = 'GET') =>
      fetch(gateway.url + path, { method, ...token('t') });
    await call('/pets/1');
    expect(authorizer.mock.calls[0]?.[0]).toMatchObject({
      identitySource: ['t', 'GET', '/pets/1', 'k'],
    });
    await call('/pets/1');
    expect(authorizer).toHaveBeenCalledTimes(1);
    await call('/pets/2');
    await call('/pets/1', 'DELETE');
    expect(authorizer).toHaveBeenCalledTimes(3);
  });
});

describe('the result cache', () => {
  const cached = { ...byToken, AuthorizerResultTtlInSeconds: 60 };
  const setUp = async (properties: object, results: unknown[]) => {
    let now = 0;
    const authorizer = vi.fn(() => results.shift() ?? { isAuthorized: true });
    const functions = { authorizer, handler: echo };
    const gateway = await serve(template(properties), functions, () => now);
    const call = async (path: string, name = 't') =>
      (await fetch(gateway.url + path, token(name))).status;
    const wait = (milliseconds: number) => {
      now += milliseconds;
    };
    return { authorizer, call, wait };
  };

  test('is shared by all routes, and ends with the TTL', async () => {
    const { authorizer, call, wait } = await setUp(cached, []);
    await call('/a');
    await call('/b');
    wait(59_999);
    await call('/a');
    expect(authorizer).toHaveBeenCalledTimes(1);
    wait(1);
    await call('/a');
    expect(authorizer).toHaveBeenCalledTimes(2);
  });

  test('is per route when $context.routeKey is an identity source', async () => {
    const IdentitySource = ['$request.header.Authorization', '$context.routeKey'];
    const { authorizer, call } = await setUp({ ...cached, IdentitySource }, []);
    await call('/a');
    await call('/b');
    expect(authorizer).toHaveBeenCalledTimes(2);
  });

  test('keeps identities apart, and refusals too', async () => {
    const { authorizer, call } = await setUp(cached, [{ isAuthorized: false }]);
    expect([await call('/a', 'x'), await call('/a', 'x'), await call('/a', 'y')]).toEqual([
      403, 403, 200,
    ]);
    expect(authorizer).toHaveBeenCalledTimes(2);
  });

  test('with TTL 0 there is none', async () => {
    const { authorizer, call } = await setUp(byToken, []);
    await call('/a');
    await call('/a');
    expect(authorizer).toHaveBeenCalledTimes(2);
  });
});
