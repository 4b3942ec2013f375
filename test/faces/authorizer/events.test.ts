/** Events that are none of the known kinds, and which headers of an event count. */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { ARN, httpCall, httpV1Call, restCall, tokenCall } from '../../support/calls/events.ts';
import {
  bearer,
  both,
  type Credential,
  type Service,
  startService,
} from '../../support/running/service.ts';

let service: Service;
let session: Credential;
let other: Credential;
beforeAll(async () => {
  service = await startService();
  session = await service.login('200@mydomain.com');
  other = await service.login('100@mydomain.com');
});
afterAll(() => service.stop());

describe('an event of an unknown kind is a fault (500): no Allow, no 401', () => {
  const good = () => ({
    http: httpCall('GET /cdr', bearer(session)),
    rest: restCall('GET /cdr', bearer(session)),
    token: tokenCall('GET /cdr', `Bearer ${session.token}`),
  });

  test.each<[string, () => unknown]>([
    ['null', () => null],
    ['undefined', () => undefined],
    ['text', () => 'GET /cdr'],
    ['a number', () => 2],
    ['a list', () => [good().http]],
    ['nothing in it', () => ({})],
    ['of AppSync', () => ({ authorizationToken: `Bearer ${session.token}`, requestContext: {} })],
    ['of payload 3.0', () => ({ ...good().http, version: '3.0' })],
    ['of payload 2.0 without context', () => ({ ...good().http, requestContext: undefined })],
    ['of another route of a WebSocket', () => ({ ...good().rest, methodArn: `${ARN}/$default` })],
    ['of another type', () => ({ ...good().token, type: 'JWT' })],
    ['without type', () => ({ ...good().token, type: undefined })],
    ['without method ARN', () => ({ ...good().rest, methodArn: undefined })],
    ['with an empty method ARN', () => ({ ...good().token, methodArn: '' })],
    [
      'with the ARN of something else',
      () => ({ ...good().token, methodArn: 'arn:aws:s3:::b/x/GET/cdr' }),
    ],
    ['with an ARN without method', () => ({ ...good().rest, methodArn: ARN })],
    ['with a wildcard for its method', () => ({ ...good().rest, methodArn: `${ARN}/*/cdr` })],
    ['with a method ARN after another', () => ({ ...good().rest, methodArn: `x${ARN}/GET/cdr` })],
  ])('%s', async (_case, event) => {
    expect(await service.decide(event())).toEqual({ status: 500 });
    const text = service.authorizer(event() as never).catch((error: Error) => error.message);
    expect(await text).toBe('fault');
  });
});

describe('where API Gateway says by which values it caches, only these count', () => {
  const identified = (headers: Record<string, string>, identitySource: string[]) =>
    service.decide({
      ...httpCall('GET /cdr', headers),
      identitySource: [...identitySource, 'GET', '/cdr'],
    });

  test('without the method and the path among them, it is a fault: a kept answer would serve other routes', async () => {
    const { authorization } = bearer(session);
    const event = httpCall('GET /cdr', { authorization });
    for (const rest of [[], ['GET'], ['/cdr'], ['ANY /cdr'], ['POST', '/cdr'], ['GET', '/book']])
      expect(await service.decide({ ...event, identitySource: [authorization, ...rest] })).toEqual({
        status: 500,
      });
  });

  test('and the line of that fault names the API, for whoever has to put it right', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    const { authorization } = bearer(session);
    const v2 = httpCall('GET /cdr', { authorization });
    const v1 = httpV1Call('GET /cdr', { authorization });
    await service.decide({ ...v2, identitySource: [authorization] });
    await service.decide({ ...v1, identitySource: authorization });
    const lines = said.mock.calls.map(([line]) => String(line));
    said.mockRestore();
    expect(lines).toHaveLength(2);
    for (const line of lines) {
      expect(JSON.parse(line)).toMatchObject({
        code: 'server_error',
        cause: { message: expect.stringMatching(/^HTTP API api123: identity sources without/) },
      });
      expect(line).not.toContain(authorization);
    }
  });

  test('the credential that they hold is the caller’s', async () => {
    const { authorization } = bearer(session);
    expect((await identified({ authorization }, [authorization])).status).toBe(200);
    const halves = both(session);
    expect((await identified(halves, Object.values(halves))).status).toBe(200);
  });

  test('another credential beside it is not looked at', async () => {
    const { authorization } = bearer(session);
    const headers = { authorization, ...both(other) };
    const { status, context } = await identified(headers, [authorization]);
    expect([status, context?.['key']]).toEqual([200, session.key]);
  });

  test.each<[string, () => [Record<string, string>, string[]]]>([
    ['a credential elsewhere', () => [bearer(session), ['session-cookie']]],
    ['half of it elsewhere', () => [both(session), [session.token]]],
    ['an empty value', () => [bearer(session), ['']]],
    ['another’s credential', () => [bearer(session), [`Bearer ${other.token}`]]],
  ])('%s does not count: 401', async (_case, make) => {
    expect((await identified(...make())).status).toBe(401);
  });

  test('without any, every header counts', async () => {
    const event = { ...httpCall('GET /cdr', bearer(session)), identitySource: [] };
    expect((await service.decide(event)).status).toBe(200);
  });
});
