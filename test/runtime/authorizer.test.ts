/** The authorizer's zip on AWS's own runtime, asked by every kind of API. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  connectCall,
  fieldsCall,
  httpCall,
  httpV1Call,
  request,
  restCall,
  sentBy,
  tokenCall,
} from '../support/calls/events.ts';
import { outcome } from '../support/running/service.ts';
import { type EmulatedService, startEmulatedService } from './emulated-service.ts';

let service: EmulatedService;
/** Of users who may do what they ask for below, and may not. */
let root: string;
let user: string;

beforeAll(async () => {
  service = await startEmulatedService();
  [root, user] = [await signIn('100@mydomain.com'), await signIn('200@mydomain.com')];
}, 120_000);
afterAll(() => service.stop());

async function signIn(username: string): Promise<string> {
  const answer = await service.send('POST /user/auth', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: 'secret' }),
  });
  return String(answer.body['token']);
}
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const ask = (event: unknown) => service.invoke('authorizer', event);
const decide = async (event: { methodArn?: string }) => outcome(() => ask(event), event.methodArn);

const CALL = 'DELETE /cdr/files/7';
const ASKED: [string, (token: string) => object][] = [
  ['an HTTP API, payload 2.0', (token) => httpCall(CALL, bearer(token))],
  ['an HTTP API, payload 1.0', (token) => httpV1Call(CALL, bearer(token))],
  ['a REST API, REQUEST', (token) => restCall(CALL, bearer(token))],
  ['a REST API, TOKEN', (token) => tokenCall(CALL, `Bearer ${token}`)],
  ['a WebSocket API', (token) => connectCall(bearer(token))],
];

describe.each(ASKED)('%s', (_kind, event) => {
  test('lets the caller through, and says who it is', async () => {
    const { status, context } = await decide(event(root));
    expect(status).toBe(200);
    expect(context).toMatchObject({ username: '100@mydomain.com', domain: 'mydomain.com' });
  });

  test('gets a refusal for who may not', async () => {
    expect(await decide(event(user))).toEqual({ status: 403 });
  });

  test('gets a 401 for who is not known', async () => {
    expect(await decide(event(`${root}x`))).toEqual({ status: 401 });
    expect(await decide(event(''))).toEqual({ status: 401 });
  });
});

describe('AppSync', () => {
  test('gets the caller, and the fields that are denied', async () => {
    const answer = await ask(fieldsCall('{ calls { id } }', root));
    expect(answer).toMatchObject({
      isAuthorized: true,
      resolverContext: { username: '100@mydomain.com' },
    });
  });

  test('gets a refusal for who is not known', async () => {
    const refused = { isAuthorized: false, ttlOverride: 0 };
    expect(await ask(fieldsCall('{ calls { id } }', `${root}x`))).toEqual(refused);
  });
});

describe('a call that is sent to the authorizer itself, by a caller who may do it, is a fault:', () => {
  const headers = () => bearer(root);
  const { type: _type, methodArn: _arn, ...proxied } = restCall('GET /cdr', {});
  const { type: _v1, methodArn: _v1Arn, ...proxiedV1 } = httpV1Call('GET /cdr', {});
  test.each<[string, () => object]>([
    ['of an HTTP API, payload 2.0', () => request('GET /cdr', { headers: headers() })],
    ['of an HTTP API, payload 1.0', () => ({ ...proxiedV1, headers: headers() })],
    ['of a REST API', () => ({ ...proxied, headers: headers() })],
    ['of another API', () => sentBy('other', request('GET /cdr', { headers: headers() }))],
  ])('%s', async (_case, event) => {
    await expect(ask(event())).rejects.toThrow(/^fault$/);
  });
});
