/**
 * F1: bytes that are not the text they claim to be are a 400 at every door, and nothing is made of them.
 * Else passwords that differ would be read as the same one, of replacement characters.
 *
 * @see RFC 8259 §8.1, RFC 6749 Appendix B, RFC 3629 §10
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isExact } from '../../lib/utf8.ts';
import type { Sent } from '../support/calls/events.ts';
import { type Admin, type Caller, startAdmin } from '../support/running/admin.ts';

let service: Admin;
let root: Caller;
beforeAll(async () => {
  service = await startAdmin();
  root = await service.by('100@mydomain.com');
});
afterAll(() => service.stop());

const JSON_TYPE = 'application/json';
const FORM_TYPE = 'application/x-www-form-urlencoded';
type Bytes = readonly number[];
const around = (before: string, bytes: Bytes, after: string): Uint8Array =>
  Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)]);
const escaped = (bytes: Bytes): string =>
  bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');

type Door = { call: string; type?: string; sent: (bytes: Bytes) => Sent };
const inBody = (call: string, type: string, before: string, after: string): Door => ({
  call,
  type,
  sent: (bytes) => ({ headers: { 'content-type': type }, body: around(before, bytes, after) }),
});
const inForm = (call: string, before: string): Door => ({
  call,
  sent: (bytes) => ({
    headers: { 'content-type': FORM_TYPE },
    body: before + escaped(bytes),
  }),
});
const inQuery = (call: string, before: string): Door => ({
  call,
  sent: (bytes) => ({ query: before + escaped(bytes) }),
});

const DOORS: [string, Door][] = [
  ['JSON, Webitel', inBody('POST /login', JSON_TYPE, '{"username":"100","password":"', '"}')],
  ['JSON, Appmixer', inBody('POST /user/auth', JSON_TYPE, '{"username":"a","password":"', '"}')],
  ['JSON, a new user', inBody('POST /user', JSON_TYPE, '{"username":"', '","password":"p"}')],
  ['JSON, the logout', inBody('POST /logout', JSON_TYPE, '{"access_token":"', '"}')],
  ['a raw form, Faveo', inBody('POST /api/v1/authenticate', FORM_TYPE, 'password=', '')],
  ['a raw form, OAuth', inBody('POST /oauth/token', FORM_TYPE, 'client_id=', '')],
  ['an escaped form, OAuth', inForm('POST /oauth/token', 'client_id=a&client_secret=')],
  ['its other name', inForm('POST /login/connect/token', 'client_id=a&client_secret=')],
  ['an escaped form, Faveo', inForm('POST /api/v1/authenticate', 'username=a&password=')],
  ['a form of the login page', inForm('POST /oauth/login', 'username=a&password=')],
  ['a revocation', inForm('POST /oauth/revoke', 'client_id=a&token=')],
  ['an introspection', inForm('POST /oauth/introspect', 'client_id=a&token=')],
  ['a query, Faveo', inQuery('POST /api/v1/authenticate', 'username=a&password=')],
  ['a query, OAuth', inQuery('GET /oauth/authorize', 'client_id=a&state=')],
  ['a query, the logout', inQuery('GET /session/end', 'state=')],
  [
    'Basic',
    {
      call: 'POST /oauth/token',
      sent: (bytes) => ({
        headers: {
          'content-type': FORM_TYPE,
          authorization: `Basic ${Buffer.from(around('a:', bytes, '')).toString('base64')}`,
        },
        body: 'grant_type=client_credentials',
      }),
    },
  ],
  [
    'Basic, escaped',
    {
      call: 'POST /oauth/token',
      sent: (bytes) => ({
        headers: {
          'content-type': FORM_TYPE,
          authorization: `Basic ${Buffer.from(`a:${escaped(bytes)}`).toString('base64')}`,
        },
        body: 'grant_type=client_credentials',
      }),
    },
  ],
];

const NO_TEXT: [string, Bytes][] = [
  ['ISO-8859-1', [0xe9, 0xe9, 0xe9]],
  ['other ISO-8859-1', [0xe0, 0xe0, 0xe0]],
  ['the replacement character itself', [0xef, 0xbf, 0xbd]],
  ['a lone continuation byte', [0x61, 0x80, 0x62]],
  ['an overlong slash', [0xc0, 0xaf]],
  ['an overlong letter', [0xe0, 0x81, 0xa1]],
  ['a surrogate', [0xed, 0xa0, 0x80]],
  ['a surrogate pair (CESU-8)', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
  ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ['a sequence cut off', [0xe2, 0x82]],
  ['a mark of UTF-16', [0xff, 0xfe, 0x61, 0x00]],
];

describe.each(DOORS)('F1: %s', (_, { call, sent }) => {
  test.each(NO_TEXT)('%s is a 400', async (_case, bytes) => {
    const answer = await service.send(call, sent(bytes));
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('\ufffd');
  });
  test('any bytes that are no text are a 400', () =>
    fc.assert(
      fc.asyncProperty(
        fc
          .uint8Array({ min: 0x80, minLength: 1, maxLength: 6 })
          .filter((bytes) => !isExact(Buffer.from(bytes).toString())),
        async (bytes) => {
          expect((await service.send(call, sent([...bytes]))).status).toBe(400);
        },
      ),
      { numRuns: 15 },
    ));
});

describe('F1: a charset', () => {
  const login = (type: string, body: string | Uint8Array) =>
    service.send('POST /login', { headers: { 'content-type': type }, body });
  const good = JSON.stringify({ username: '100@mydomain.com', password: 'secret' });

  test.each(['utf-8', 'UTF-8', '"utf-8"', 'utf8', 'us-ascii'])('%s is read', async (charset) =>
    expect((await login(`${JSON_TYPE}; charset=${charset}`, good)).status).toBe(200),
  );
  test.each(['iso-8859-1', 'ISO-8859-15', 'utf-16', 'utf-16le', 'utf-7', 'windows-1250', 'x', ''])(
    '%s is a 400, even of plain letters',
    async (charset) =>
      expect((await login(`${JSON_TYPE}; charset=${charset}`, good)).status).toBe(400),
  );
  test.each([
    ['that lies: ASCII', `${JSON_TYPE}; charset=us-ascii`, Buffer.from('{"username":"é"}')],
    ['that lies: UTF-8', `${JSON_TYPE}; charset=utf-8`, Buffer.from('{"a":"é"}', 'latin1')],
    ['named twice', `${JSON_TYPE}; charset=utf-8; charset=utf-16`, Buffer.from(good)],
    ['of two lines', `${JSON_TYPE}; charset=utf-8,${JSON_TYPE}; charset=x`, Buffer.from(good)],
  ])('%s is a 400', async (_case, type, body) =>
    expect((await login(type, body)).status).toBe(400),
  );
  test.each([
    ['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le')],
    ['UTF-16 without its mark', Buffer.from(good, 'utf16le')],
    ['a byte order mark of UTF-8', Buffer.from(`\ufeff${good}`)],
    ['UTF-32', Buffer.from([...Buffer.from(good)].flatMap((byte) => [byte, 0, 0, 0]))],
  ])('which is not named but used, %s, is a 400', async (_case, body) =>
    expect((await login(JSON_TYPE, body)).status).toBe(400),
  );
});

describe('F1: a password', () => {
  const create = (body: string | Uint8Array, type = JSON_TYPE) => {
    const username = `f1-${Math.random().toString(36).slice(2)}`;
    const before = `{"username":"${username}","domain":"mydomain.com","password":"`;
    const sent = typeof body === 'string' ? `${before}${body}"}` : around(before, [...body], '"}');
    return service
      .handled('POST', {
        path: '/admin/api/users',
        headers: { ...root.headers, 'content-type': type },
        body: sent,
      })
      .then(({ status }) => status);
  };

  test('of bytes that are not UTF-8 is never set, nor one of replacement characters', async () => {
    const before = service.dynamodb.requests.length;
    const latin1 = Uint8Array.of(0xe9, 0xe9, 0xe9);
    expect(await create(latin1)).toBe(400);
    const { admin } = service;
    for (const password of ['\\ufffd', '\ufffd\ufffd\ufffd', '\\ud800'])
      expect(
        await admin(root, 'POST /users', {
          body: `{"username":"f1","domain":"mydomain.com","password":"long enough ${password}"}`,
        }),
      ).toMatchObject({ status: 400 });
    const writes = service.dynamodb.requests
      .slice(before)
      .filter(({ action }) => /^(Put|Update|Transact)/.test(action));
    expect(writes).toEqual([]);
  });

  test('of any letters in UTF-8 is taken, and compared as it is', async () => {
    const { admin, send } = service;
    const password = 'žluťoučký kůň 🐎 \u00e9';
    const body = { username: 'f1-utf8@mydomain.com', domain: 'mydomain.com', password };
    expect((await admin(root, 'POST /users', { body })).status).toBe(201);
    const login = (text: string) =>
      send('POST /login', {
        headers: { 'content-type': JSON_TYPE },
        body: Buffer.from(JSON.stringify({ username: body.username, password: text })),
      });
    expect((await login(password)).status).toBe(200);
    expect((await login(password.replace('é', 'è'))).status).toBe(401);
  });
});

describe('F1: a path', () => {
  /** What API Gateway makes of `%FF`, before anybody of ours sees it. */
  const UNREAD = 'a\ufffd';
  const callers: [string, () => Sent][] = [
    ['root', () => ({ headers: root.headers })],
    ['somebody who is not known', () => ({ headers: { authorization: 'Bearer x' } })],
    ['nobody', () => ({})],
  ];

  test.each([
    'GET /users/%s',
    'PUT /users/%s',
    'GET /users/%s/delete-status/t',
    'GET /users/1/delete-status/%s',
    'GET /admin/api/%s',
    'GET /admin/api/users/%s',
    'PATCH /admin/api/users/%s',
    'DELETE /admin/api/%s/1',
    'GET /api/v2/acl/roles/%s',
    'DELETE /api/v2/acl/roles/%s',
    'GET /api/v2/domains/%s/settings/token',
    'DELETE /api/v2/domains/mydomain.com/settings/token/%s',
    'GET /.well-known/oauth-authorization-server/%s',
    'GET /%s',
  ])('that is no text, %s, is a 400 before it is judged', async (call) => {
    for (const [who, sent] of callers) {
      const before = service.dynamodb.requests.length;
      const answer = await service.send(call.replace('%s', UNREAD), sent());
      expect([who, answer.status]).toEqual([who, 400]);
      expect(answer.text).not.toContain('\ufffd');
      expect(service.dynamodb.requests.length).toBe(before);
    }
  });

  test('that is no text may be read by the same pages as another', async () => {
    const headers = { origin: 'https://console.example.com' };
    const answer = await service.send(`GET /users/${UNREAD}`, { headers });
    expect(answer.headers).toMatchObject({ vary: 'Origin' });
  });

  test('that is text is judged', async () =>
    expect((await service.send('GET /users/žluťoučký', {})).status).toBe(401));
});
