/** How a caller of another API presents its token, and what is refused before a token is read. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpCall, restCall, tokenCall } from '../../support/calls/events.ts';
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
  other = await service.login('200@mydomain.com');
});
afterAll(() => service.stop());

type Headers = Record<string, string>;
const KINDS: [string, (headers: Headers) => unknown][] = [
  ['HTTP API', (headers) => httpCall('GET /cdr', headers)],
  ['REST API', (headers) => restCall('GET /cdr', headers)],
];

describe.each(KINDS)('%s', (_kind, toEvent) => {
  const status = async (headers: Headers) => (await service.decide(toEvent(headers))).status;

  test.each<[string, () => Headers]>([
    ['Authorization: Bearer (RFC 6750 §2.1)', () => bearer(session)],
    ['the header in another case', () => ({ AUTHORIZATION: `Bearer ${session.token}` })],
    [
      'the scheme in another case (RFC 9110 §11.1)',
      () => ({ authorization: `bEARER ${session.token}` }),
    ],
    ['a bearer token with its key', () => ({ ...bearer(session), 'x-key': session.key })],
    [
      'X-Access-Token with X-Key',
      () => ({ 'X-Access-Token': session.token, 'X-Key': session.key }),
    ],
    ['the same in lower case', () => both(session)],
    ['the same in odd case', () => ({ 'x-ACCESS-token': session.token, 'X-KEY': session.key })],
    [
      'both halves, and an Authorization for somebody else',
      () => ({ ...both(session), authorization: 'Basic Zm9vOmJhcg==' }),
    ],
  ])('%s is allowed', async (_case, headers) => {
    expect(await status(headers())).toBe(200);
  });

  test.each<[string, () => Headers]>([
    ['a token without its key', () => ({ 'x-access-token': session.token })],
    ['a key without its token', () => ({ 'x-key': session.key })],
    ['an empty key', () => ({ ...both(session), 'x-key': '' })],
    ['an empty token', () => ({ ...both(session), 'x-access-token': '' })],
    ['the key of another session', () => both({ token: session.token, key: other.key })],
    [
      'a bearer token with the key of another session',
      () => ({ ...bearer(session), 'x-key': other.key }),
    ],
    ['the key in capitals', () => both({ ...session, key: session.key.toUpperCase() })],
    ['two tokens in one request (RFC 6750 §2)', () => ({ ...bearer(session), ...both(session) })],
    ['tokens of two sessions', () => ({ ...bearer(session), ...both(other) })],
    [
      'a header sent twice',
      () => ({ authorization: `Bearer ${session.token},Bearer ${other.token}` }),
    ],
    ['a token without its scheme', () => ({ authorization: session.token })],
    ['a scheme without a token', () => ({ authorization: 'Bearer ' })],
    [
      'a scheme and two tokens',
      () => ({ authorization: `Bearer ${session.token} ${other.token}` }),
    ],
    ['a token in quotes', () => ({ authorization: `Bearer "${session.token}"` })],
    [
      'a token in a cookie',
      () => ({ cookie: `access_token=${session.token}; x_key=${session.key}` }),
    ],
    [
      'the names of body and query in headers',
      () => ({ access_token: session.token, x_key: session.key }),
    ],
    ['the key as the token', () => both({ token: session.key, key: session.key })],
    ['the token as the key', () => both({ token: session.token, key: session.token })],
    ['a token of 100 KB', () => both({ token: 'a'.repeat(100_000), key: session.key })],
    ['a bearer token of 100 KB', () => ({ authorization: `Bearer ${'a.'.repeat(50_000)}` })],
    [
      'a good token with 100 KB after it',
      () => ({ authorization: `Bearer ${session.token}${'a'.repeat(100_000)}` }),
    ],
    ['a key of 100 KB', () => both({ ...session, key: session.key + 'a'.repeat(100_000) })],
  ])('%s is 401', async (_case, headers) => {
    expect(await status(headers())).toBe(401);
  });

  const GARBAGE = [
    '\u0000',
    '\ud800',
    '\u202e',
    '..',
    '%',
    '{}',
    'null',
    '../../etc',
    '"',
    '💥',
    'Bearer Bearer',
    ' ',
  ];
  test.each(GARBAGE)('garbage in every header is 401: %j', async (text) => {
    const names = ['authorization', 'x-access-token', 'x-key', 'cookie', '__proto__', 'host', ''];
    expect(await status(Object.fromEntries(names.map((name) => [name, text])))).toBe(401);
  });
});

test.each(['access_token', 'x-access-token'])('%s in the query does not count', async (name) => {
  const event = {
    ...httpCall('GET /cdr', {}),
    rawQueryString: `${name}=${session.token}&x_key=${session.key}`,
  };
  expect((await service.decide(event)).status).toBe(401);
});

test.each<[string, (token: string) => unknown]>([
  ['without its scheme', (token) => token],
  ['of another scheme', (token) => `Basic ${token}`],
  ['empty', () => ''],
  ['missing', () => undefined],
])('the token of a TOKEN event, %s, is 401', async (_case, text) => {
  const event = tokenCall('GET /cdr', text(session.token) as string);
  expect((await service.decide(event)).status).toBe(401);
});

test('two values of one header in a REST event are two tokens', async () => {
  const event = restCall('GET /cdr', bearer(session));
  event.multiValueHeaders = { Authorization: [`Bearer ${session.token}`, `Bearer ${other.token}`] };
  expect((await service.decide(event)).status).toBe(401);
});
