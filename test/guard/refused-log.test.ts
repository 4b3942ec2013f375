/**
 * What a function that guards itself logs of those whom it refuses: as much as the authorizer does. Real
 * handlers, real store, nothing patched but where the lines go.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { findUserId } from '../../lib/store/directory/login-owners.ts';
import { addUser } from '../support/actors/people.ts';
import { makeRole } from '../support/actors/roles.ts';
import { type Admin, startAdmin } from '../support/running/admin.ts';
import { bearer, type Credential } from '../support/running/service.ts';
import { openBrowser } from '../support/web/browser.ts';
import { addWebClient, requestOf } from '../support/web/sign-in.ts';

let service: Admin;
let session: Credential;
let ids: Record<string, unknown>;
beforeAll(async () => {
  service = await startAdmin();
  await makeRole(service, { name: 'reader', acl: { 'admin/roles': ['r'], 'acl/roles': ['r'] } });
  const { username } = await addUser(service, { roles: ['reader'] });
  session = await service.login(username);
  await addWebClient(service, { id: 'asking' });
  const subject = await findUserId(service.tables.directory, username);
  ids = { key: session.key, subject, client: 'webitel', domain: 'mydomain.com' };
});
afterAll(() => service.stop());

type Line = Record<string, unknown>;
let written: string[] = [];
const lines = (): Line[] => written.map((line) => JSON.parse(line) as Line);
beforeEach(() => {
  written = [];
  for (const level of ['info', 'error'] as const)
    vi.spyOn(console, level).mockImplementation((line: string) => void written.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
});

const FROM = { level: 'info', requestId: 'request-1', address: '192.0.2.1' };
const ADMIN = 'GET /admin/api/{proxy+}';

describe('R3, A14: a refused call of a route that guards itself is one line that says', () => {
  test('who, on what, with which letter and why, at the admin API', async () => {
    const { status } = await service.admin({ headers: bearer(session) }, 'GET /users');
    expect([status, lines()]).toEqual([
      403,
      [
        {
          ...{ ...FROM, ...ids, code: 'insufficient_scope', route: ADMIN },
          ...{ rule: 'letter-not-held', resource: 'admin/users', letter: 'r' },
          reason: 'the caller does not hold r on admin/users',
        },
      ],
    ]);
  });

  test('the same at a dialect', async () => {
    const { status } = await service.send('DELETE /api/v2/acl/roles/nobody', {
      headers: bearer(session),
    });
    expect([status, lines()]).toEqual([
      403,
      [
        expect.objectContaining({
          ...{ ...FROM, ...ids, route: 'DELETE /api/v2/acl/roles/{name}' },
          ...{ rule: 'letter-not-held', resource: 'acl/roles', letter: 'd' },
        }),
      ],
    ]);
  });

  test('who, of one that may call it, and what was wrong with the call', async () => {
    const { status } = await service.admin({ headers: bearer(session) }, 'GET /roles/nothing');
    expect([status, lines()]).toEqual([
      404,
      [
        expect.objectContaining({
          ...{ ...FROM, ...ids, code: 'not_found', resource: 'admin/roles', letter: 'r' },
          rule: 'role-not-found',
        }),
      ],
    ]);
  });

  test('whose it was, of a session that has ended', async () => {
    const ended = await service.login('200@mydomain.com');
    await service.logout(ended);
    written = [];
    for (const call of ['GET /admin/api/roles', 'GET /admin/api/me'])
      await service.send(call, { headers: bearer(ended) });
    expect(lines()).toHaveLength(2);
    for (const line of lines())
      expect(line).toMatchObject({ ...FROM, key: ended.key, rule: 'session-not-live' });
  });

  test('whose it claims to be, where nothing proves it, cut, and without what was sent', async () => {
    const payload = { sub: 'x'.repeat(100), sid: 'KEY "server_error"', domain: 'a\nb' };
    const token = ['{"alg":"ES256"}', JSON.stringify(payload), 'signature']
      .map((part) => Buffer.from(part).toString('base64url'))
      .join('.');
    await service.admin({ headers: { authorization: `Bearer ${token}` } }, 'GET /users');
    const [line] = lines();
    expect(line).toMatchObject({ ...FROM, rule: 'credential-not-valid' });
    expect(line?.['claimed']).toEqual({
      ...{ key: 'key??server?error?', subject: 'x'.repeat(64), domain: 'a?b' },
    });
    expect(line).not.toHaveProperty('subject');
    expect(written.join()).not.toContain(token);
  });

  test('that there was no credential', async () => {
    await service.admin({ headers: {} }, 'GET /users');
    expect(lines()).toEqual([
      {
        ...{ ...FROM, code: 'invalid_token', route: ADMIN, rule: 'no-credential' },
        reason: 'no credential',
      },
    ]);
  });

  test('R3: the number that the page shows, of a wrong password typed there', async () => {
    const browser = openBrowser(service);
    const page = await browser.authorize(requestOf('asking'));
    const route = 'POST /oauth/login';
    await browser.post(page, { username: '200@mydomain.com', password: 'wrong' });
    expect(lines()).toMatchObject([{ ...FROM, route, code: 'invalid_credentials' }]);
  });

  test('R3: the number that the page shows, of a request that the client is answered', async () => {
    const browser = openBrowser(service);
    const route = 'GET /oauth/authorize';
    const page = await browser.authorize(requestOf('asking', { response_type: 'token' }));
    expect(page.text).toContain(FROM.requestId);
    expect(lines()).toMatchObject([{ ...FROM, route, code: 'unsupported_response_type' }]);
  });

  test('R3: of each of those who call at once, its own', async () => {
    const ips = Array.from({ length: 20 }, (_, index) => `192.0.2.${index + 10}`);
    const query = new URLSearchParams(requestOf('asking', { response_type: 'token' }));
    await Promise.all(ips.map((ip) => service.send(`GET /oauth/authorize?${query}`, { ip })));
    expect(lines().map(({ address }) => address)).toEqual(expect.arrayContaining(ips));
  });

  test('from where, of a wrong password, too', async () => {
    const body = JSON.stringify({ username: '200@mydomain.com', password: 'wrong' });
    await service.send('POST /login', { headers: { 'content-type': 'application/json' }, body });
    expect(lines()).toMatchObject([{ ...FROM, route: 'POST /login', rule: 'credentials-wrong' }]);
    expect(written.join()).not.toContain('200@mydomain.com');
  });
});

describe('a refused caller is told', () => {
  const told = async (route: string, headers: Record<string, string>) => {
    const { status, body } = await service.send(route, { headers });
    return [status, body['rule'], body['detail']];
  };

  test('that the token is none', async () =>
    expect(await told('GET /admin/api/me', { authorization: 'Bearer x' })).toEqual([
      401,
      'token-invalid',
      'The token is not valid.',
    ]));

  test('that it may not do this', async () =>
    expect(await told('GET /admin/api/users', bearer(session))).toEqual([
      403,
      'not-permitted',
      'The caller may not do this.',
    ]));

  test('that this is not for a credential of its kind', async () => {
    const body = { name: 'own' };
    const made = await service.admin({ headers: bearer(session) }, 'POST /keys', { body });
    const key = { 'x-api-key': String(made.body['key']) };
    expect(await told('GET /admin/api/me/consents', key)).toEqual([
      403,
      'credential-of-another-kind',
      'The credential is not for this.',
    ]);
  });
});
