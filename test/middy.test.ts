/**
 * The middleware, in real middy: with the real verifier over a real store, and with the double that it
 * offers for others' unit tests.
 */
import middy from '@middy/core';
import type { ALBEvent, APIGatewayProxyEvent, APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import { unavailable } from '../lib/errors.ts';
import { type Allowed, type LatchkeyOptions, latchkey, type Refused } from '../lib/middy.ts';
import { allows, forbids, knowsNobody, verifierThat } from '../lib/testing.ts';
import { createVerifier, type VerifiedCaller, type Verifier } from '../lib/verify.ts';
import { httpV1Call, request, restCall, type Sent } from './support/calls/events.ts';
import { ISSUER, type Service, startService } from './support/running/service.ts';

let service: Service;
let verifier: Verifier;
let token: string;
beforeAll(async () => {
  service = await startService();
  const { directory, sessions } = service.tables;
  const place = { issuer: ISSUER, audience: ISSUER };
  const names = { directoryTable: directory.name, sessionsTable: sessions.name };
  verifier = createVerifier({ ...place, ...names, now: () => Date.now() / 1000 });
  token = (await service.login('200@mydomain.com')).token;
});
afterAll(() => service.stop());

const CONTEXT = {} as Context;
type Answer = { statusCode: number; headers: Record<string, string>; body: string };
function handlerOf(options: LatchkeyOptions) {
  return middy<APIGatewayProxyEventV2>()
    .use(latchkey(options))
    .handler(async (event) => ({
      statusCode: 200,
      headers: {},
      body: JSON.stringify(event.latchkey),
    }));
}
async function answered(options: LatchkeyOptions, event: object) {
  const answer = (await handlerOf(options)(event as never, CONTEXT)) as Answer;
  return { ...answer, body: JSON.parse(answer.body) as Record<string, unknown> };
}
const call = (route: string, sent: Sent = {}) => request(route, sent);
const bearer = () => ({ headers: { authorization: `Bearer ${token}` } });

describe('in front of a handler', () => {
  test('an allowed call has its caller, and what it may', async () => {
    const { statusCode, body } = await answered({ verifier }, call('GET /cdr/7', bearer()));
    expect(statusCode).toBe(200);
    expect(body).toMatchObject({
      ...{ resource: 'cdr', action: 'r', own: false },
      caller: { username: '200@mydomain.com', kind: 'user', domain: 'mydomain.com' },
    });
  });

  test('who sends nothing gets 401 and a challenge without an error (RFC 6750 §3.1)', async () => {
    const { statusCode, headers, body } = await answered({ verifier }, call('GET /cdr'));
    expect(statusCode).toBe(401);
    expect(headers).toMatchObject({
      ...{ 'www-authenticate': 'Bearer realm="latchkey"', 'cache-control': 'no-store' },
      'content-type': 'application/problem+json',
    });
    expect(body).toEqual({
      ...{ type: 'about:blank', title: 'Unauthorized', status: 401, code: 'invalid_token' },
      ...{ rule: 'token-invalid', detail: 'A valid access token or API key is needed.' },
    });
  });

  test('a bad token gets 401 that names the error', async () => {
    const sent = { headers: { authorization: 'Bearer a.b.c' } };
    const { statusCode, headers } = await answered({ verifier }, call('GET /cdr', sent));
    expect(statusCode).toBe(401);
    expect(headers['www-authenticate']).toBe('Bearer realm="latchkey", error="invalid_token"');
  });

  test('who may not gets 403 insufficient_scope, and which scope would do (RFC 6750 §3.1)', async () => {
    const { statusCode, headers, body } = await answered(
      { verifier },
      call('DELETE /cdr/7', bearer()),
    );
    expect(statusCode).toBe(403);
    expect(headers['www-authenticate']).toBe(
      'Bearer realm="latchkey", error="insufficient_scope", scope="cdr:d"',
    );
    expect(body).toMatchObject({ code: 'insufficient_scope', rule: 'letter-not-held' });
    expect(JSON.stringify(body)).not.toContain('does not hold');
  });

  test('a logged-out session is refused at the next call', async () => {
    const ended = await service.login('200@mydomain.com');
    const sent = { headers: { authorization: `Bearer ${ended.token}` } };
    expect((await answered({ verifier }, call('GET /cdr', sent))).statusCode).toBe(200);
    await service.logout(ended);
    expect((await answered({ verifier }, call('GET /cdr', sent))).statusCode).toBe(401);
  });
});

describe('a request is read alike', () => {
  const sent = () => ({ Authorization: `Bearer ${token}` });
  const alb = (): Partial<ALBEvent> => ({
    ...{ httpMethod: 'GET', path: '/cdr/7' },
    multiValueHeaders: { authorization: [`Bearer ${token}`] },
  });
  test.each<[string, () => object]>([
    ['of an HTTP API, payload 2.0', () => call('GET /cdr/7', { headers: sent() })],
    ['of an HTTP API, payload 1.0', () => httpV1Call('GET /cdr/7', sent())],
    ['of a REST API', () => restCall('GET /cdr/7', sent())],
    ['of a load balancer', alb],
  ])('%s', async (_case, event) => {
    const { statusCode, body } = await answered({ verifier }, event());
    expect([statusCode, body['resource']]).toEqual([200, 'cdr']);
  });

  test('two credentials, in one header or two, are none', async () => {
    const both = [`Bearer ${token}`, `Bearer ${token}`];
    const event = { ...alb(), multiValueHeaders: { authorization: both } };
    expect((await answered({ verifier }, event)).statusCode).toBe(401);
    const headers = { authorization: `Bearer ${token}`, 'x-api-key': 'lk_x' };
    expect((await answered({ verifier }, call('GET /cdr', { headers }))).statusCode).toBe(401);
  });

  test.each(['/cdr/..%2fbook', '//cdr', '/cdr/../book'])(
    'a trick in the path: %s',
    async (path) => {
      const event = call('GET /{proxy+}', { ...bearer(), path });
      expect((await answered({ verifier }, event)).statusCode).toBe(403);
    },
  );
});

describe('what stands before the path', () => {
  const staged = (path: string) => ({
    ...call('GET /{proxy+}', { ...bearer(), path, front: { stage: 'prod' } }),
  });

  test('has to be said where the stage has a name, or it is a fault and no allowed call', async () => {
    await expect(answered({ verifier }, staged('/prod/cdr'))).rejects.toThrow(/basePath/);
    const { statusCode } = await answered({ verifier, basePath: '/prod' }, staged('/prod/cdr'));
    expect(statusCode).toBe(200);
  });

  test.each(['/cdr', '/production/cdr', '/prodcdr'])('%s is not below it', async (path) => {
    await expect(answered({ verifier, basePath: '/prod/' }, staged(path))).rejects.toThrow();
  });

  test('the base itself is the root', async () => {
    const double = verifierThat(allows());
    await answered({ verifier: double, basePath: '/prod' }, staged('/prod'));
    expect(double.calls).toEqual([{ method: 'GET', path: '/' }]);
  });

  test('an event without a path or a method is a fault', async () => {
    for (const event of [{}, { path: '/cdr' }, { httpMethod: 'GET' }])
      await expect(answered({ verifier }, event)).rejects.toThrow();
  });
});

describe('with the double', () => {
  const event = () => call('GET /cdr');

  test('a handler is called with the caller that the test names', async () => {
    const double = verifierThat(allows({ subject: 'alice', resource: 'cdr', own: true }));
    const { body } = await answered({ verifier: double }, event());
    expect(body).toMatchObject({ own: true, resource: 'cdr', caller: { subject: 'alice' } });
    expect(double.calls).toEqual([{ method: 'GET', path: '/cdr' }]);
  });

  test('and is not called where it refuses', async () => {
    for (const [answer, status] of [
      [forbids({ resource: 'cdr' }), 403],
      [knowsNobody(), 401],
    ] as const)
      expect((await answered({ verifier: verifierThat(answer) }, event())).statusCode).toBe(status);
  });

  test('an answer may be by the call', async () => {
    const double = verifierThat(({ method }) => (method === 'GET' ? allows() : forbids()));
    expect((await answered({ verifier: double }, call('GET /cdr'))).statusCode).toBe(200);
    expect((await answered({ verifier: double }, call('PUT /cdr'))).statusCode).toBe(403);
  });

  test('something that is down is 503 with Retry-After, any other fault is thrown', async () => {
    const down = verifierThat(unavailable('DynamoDB: throttled'));
    const { statusCode, headers } = await answered({ verifier: down }, event());
    expect([statusCode, headers['retry-after']]).toEqual([503, '2']);
    const broken = verifierThat(new Error('a bug'));
    await expect(answered({ verifier: broken }, event())).rejects.toThrow('a bug');
  });

  test('its own limit is 429 with Retry-After in whole seconds (RFC 6585 §4)', async () => {
    const asked: Allowed[] = [];
    const retryAfter = (allowed: Allowed) => {
      asked.push(allowed);
      return 1.2;
    };
    const options = { verifier: verifierThat(allows({ subject: 'bob' })), retryAfter };
    const { statusCode, headers, body } = await answered(options, event());
    expect([statusCode, headers['retry-after'], body['code']]).toEqual([
      429,
      '2',
      'too_many_requests',
    ]);
    expect(asked.map(({ caller }) => caller.subject)).toEqual(['bob']);
    const free = { ...options, retryAfter: async () => undefined };
    expect((await answered(free, event())).statusCode).toBe(200);
  });

  test('the OAuth shape has error and error_description (RFC 6749 §5.2)', async () => {
    const options = { verifier: verifierThat(forbids()), shape: 'oauth' } as const;
    const { headers, body } = await answered(options, event());
    expect(headers['content-type']).toBe('application/json');
    expect(body).toEqual({
      error: 'insufficient_scope',
      error_description: 'The caller may not do this.',
    });
  });

  test('the caller is told why only where that is wanted; the log always', async () => {
    const logged: Refused[] = [];
    const options = {
      verifier: verifierThat(forbids({ subject: 'carol', resource: 'cdr', action: 'd' })),
      log: (refused: Refused) => void logged.push(refused),
    };
    const quiet = await answered(options, event());
    const told = await answered({ ...options, tellReason: true }, event());
    expect(JSON.stringify(quiet.body)).not.toContain('does not hold');
    expect(told.body['detail']).toContain('does not hold d on cdr');
    expect(logged[0]).toMatchObject({
      ...{ status: 403, rule: 'letter-not-held', reason: 'the caller does not hold d on cdr' },
      caller: { subject: 'carol' },
    });
    expect(logged).toHaveLength(2);
  });
});

test('types: a handler has a typed caller, of any kind of event, and nothing that is not there', () => {
  const options: LatchkeyOptions = { verifier: verifierThat(allows()) };
  middy<APIGatewayProxyEvent>()
    .use(latchkey(options))
    .handler(async (event) => {
      expectTypeOf(event.latchkey.caller).toEqualTypeOf<VerifiedCaller>();
      expectTypeOf(event.latchkey.action).toEqualTypeOf<'c' | 'r' | 'u' | 'd'>();
      expectTypeOf(event.resource).toEqualTypeOf<string>();
      // @ts-expect-error: a caller has no password.
      void event.latchkey.caller.password;
    });
  // @ts-expect-error: without the middleware there is no caller.
  middy<APIGatewayProxyEvent>().handler(async (event) => event.latchkey);
  // @ts-expect-error: which verifier is not left to a default.
  latchkey({});
  // @ts-expect-error: another shape.
  latchkey({ ...options, shape: 'xml' });
});
