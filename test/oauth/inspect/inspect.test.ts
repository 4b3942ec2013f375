/** /oauth/userinfo, /oauth/introspect and /oauth/revoke. Real handlers, real store, real keys. */

import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { makeApiKey } from '../../../lib/guard/api-key.ts';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { readClient, saveClient } from '../../../lib/store/directory/clients.ts';
import { raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import { endSession } from '../../../lib/store/sessions/sessions.ts';
import { instant } from '../../../lib/time.ts';
import { addDomain } from '../../support/actors/accounts.ts';
import {
  addClient,
  basic,
  type Credentials,
  DEMO,
  form,
  posted,
  tokenOf,
} from '../../support/actors/clients.ts';
import {
  agree,
  openBrowser,
  publicClient,
  refreshWith,
  tokensOf,
  webClient,
} from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { forge } from '../../support/actors/tokens.ts';
import { httpCall } from '../../support/calls/events.ts';
import { broken } from '../../support/running/proxy.ts';
import {
  advance,
  bearer,
  ISSUER,
  outcome,
  type Service,
  startService,
} from '../../support/running/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());
afterEach(() => service.dynamodb.heal());

const directory = () => service.tables.directory;
const auth = (token: string) => ({ authorization: `Bearer ${token}` });
const userinfo = (token: string) => service.send('GET /oauth/userinfo', { headers: auth(token) });
const call = async (token: string) =>
  (await outcome(() => service.authorizer(httpCall('GET /cdr', bearer({ token, key: '' })))))
    .status;
const now = () => Math.floor(Date.now() / 1000);

/** Every standard claim (OpenID Connect Core §5.1). */
const PROFILE = {
  name: 'Ann Bea Cee',
  given_name: 'Ann',
  family_name: 'Cee',
  middle_name: 'Bea',
  nickname: 'abc',
  profile: 'https://example.com/ann',
  picture: 'https://example.com/ann.png',
  website: 'https://example.com',
  gender: 'female',
  birthdate: '1985-04-12',
  zoneinfo: 'Europe/Prague',
  locale: 'cs-CZ',
  phone_number: '+420 555 0100',
  address: { street_address: 'Main 1', locality: 'Prague', country: 'CZ' },
};
const { phone_number, address, ...PERSON } = PROFILE;

let people = 0;
async function person(profile: object = PROFILE, activated = true) {
  people += 1;
  const email = `ann${people}@example.com`;
  const { id, username } = await addUser(service, { email, activated, profile });
  return { id, username, email, browser: await openBrowser(service, id) };
}

describe('userinfo answers', () => {
  const cases: [string, (it: Awaited<ReturnType<typeof person>>) => object][] = [
    ['openid', () => ({})],
    [
      'openid profile',
      ({ username }) => ({ ...PERSON, preferred_username: username, updated_at: now() }),
    ],
    ['email openid', ({ email }) => ({ email, email_verified: false })],
    ['openid phone', () => ({ phone_number, phone_number_verified: false })],
    ['openid address', () => ({ address })],
    [
      'openid profile email address phone',
      ({ username, email }) => ({
        ...PROFILE,
        preferred_username: username,
        updated_at: now(),
        email,
        email_verified: false,
        phone_number_verified: false,
      }),
    ],
  ];
  test.each(cases)(
    'scope %s: all its claims and no other (OpenID Connect Core §5.4)',
    async (scope, expected) => {
      const it = await person();
      const { access, id } = await tokensOf(
        service,
        await agree(service, { scope, browser: it.browser }),
      );
      const { status, headers, body } = await userinfo(access);
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'application/json',
        'cache-control': 'no-store',
      });
      expect(body).toEqual({ sub: decodeJwt(id).sub, ...expected(it) });
    },
  );

  test('what was asked for by name, beside the scope (OpenID Connect Core §5.5)', async () => {
    const { browser } = await person();
    const claims = { idToken: ['email'], userinfo: ['name', 'sub', 'unknown', 'passwordHash'] };
    const { access } = await tokensOf(service, await agree(service, { browser, claims }));
    expect((await userinfo(access)).body).toEqual({
      sub: browser.name.subject,
      name: PROFILE.name,
    });
  });

  test('POST with the header, POST with a form, GET: alike (OpenID Connect Core §5.3.1)', async () => {
    const { access } = await tokensOf(service, await agree(service));
    const expected = await userinfo(access);
    const sent = [
      { headers: auth(access) },
      form({ access_token: access }),
      form({}, auth(access)),
    ];
    for (const one of sent)
      expect(await service.send('POST /oauth/userinfo', one)).toEqual(expected);
  });

  test('the scheme in any case (RFC 9110 §11.1)', async () => {
    const { access } = await tokensOf(service, await agree(service));
    const headers = { authorization: `bEARER ${access}` };
    expect((await service.send('GET /oauth/userinfo', { headers })).status).toBe(200);
  });

  test('the user as they are now, not as they were', async () => {
    const { id, browser } = await person();
    const { access } = await tokensOf(
      service,
      await agree(service, { browser, scope: 'openid profile' }),
    );
    const before = await readUser(directory(), id);
    if (!before) throw new Error('gone');
    const after = { ...before, profile: { ...before.profile, name: 'Ann Married' } };
    await saveUser(directory(), { before, after });
    expect((await userinfo(access)).body).toMatchObject({ name: 'Ann Married' });
  });

  test('nothing that is empty, blank, "null" or malformed (OpenID Connect Core §5.3.2)', async () => {
    const empty = {
      name: ' ',
      nickname: '',
      locale: 'null',
      birthdate: '12.4.1985',
      address: { region: '' },
    };
    const { browser, email } = await person(empty, false);
    const scope = 'openid profile email address phone';
    const { access } = await tokensOf(service, await agree(service, { browser, scope }));
    expect((await userinfo(access)).body).toEqual({
      sub: browser.name.subject,
      preferred_username: expect.any(String),
      updated_at: expect.any(Number),
      email,
      email_verified: false,
    });
  });

  test.each(['1985', '0000-04-12', '2000-12-31'])('a birthdate may be %s', async (birthdate) => {
    const { browser } = await person({ birthdate });
    const { access } = await tokensOf(
      service,
      await agree(service, { browser, scope: 'openid profile' }),
    );
    expect((await userinfo(access)).body).toMatchObject({ birthdate });
  });
});

describe('userinfo refuses', () => {
  const expectInvalid = (answer: { status: number; headers: object; body: object }) => {
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
  };

  test('no token: 401 with a bare challenge (RFC 6750 §3.1)', async () => {
    const answer = await service.send('GET /oauth/userinfo');
    expectInvalid(answer);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="latchkey"');
  });

  test('a token in the query, as if there were none (OAuth 2.1 §5.3)', async () => {
    const { access } = await tokensOf(service, await agree(service));
    const answer = await service.send(`GET /oauth/userinfo?access_token=${access}`);
    expectInvalid(answer);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="latchkey"');
  });

  test('a token in the body of a GET, as if there were none (RFC 6750 §2.2)', async () => {
    const { access } = await tokensOf(service, await agree(service));
    expectInvalid(await service.send('GET /oauth/userinfo', form({ access_token: access })));
  });

  test('a token that stands somewhere in another header, or before something else', async () => {
    const { access } = await tokensOf(service, await agree(service));
    for (const authorization of [`x Bearer ${access}`, `Bearer ${access} x`, `Bearer${access}`])
      expectInvalid(await service.send('GET /oauth/userinfo', { headers: { authorization } }));
    const authorization = `bearer   ${access}`;
    const answer = await service.send('GET /oauth/userinfo', { headers: { authorization } });
    expect(answer.status).toBe(200);
  });

  test('a token in two places: 400 invalid_request (RFC 6750 §2)', async () => {
    const { access } = await tokensOf(service, await agree(service));
    const sent = form({ access_token: access }, auth(access));
    expect(await service.send('POST /oauth/userinfo', sent)).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
  });

  type Made = Awaited<ReturnType<typeof tokensOf>>;
  test.each<[string, (it: Made) => string | Promise<string>]>([
    ['an ID token', ({ id }) => id],
    ['a refresh token', ({ refresh }) => refresh],
    ['garbage', () => 'a.b.c'],
    [
      'a token of another type (RFC 9068 §4)',
      ({ access }) => forge(service, access, { header: { typ: 'JWS' } }),
    ],
    ['an ID token', ({ id }) => id],
    ['a logout token', ({ access }) => forge(service, access, { header: { typ: 'logout+jwt' } })],
    [
      'a token for another audience',
      ({ access }) => forge(service, access, { claims: { aud: 'https://api.example' } }),
    ],
    [
      'a token of another issuer',
      ({ access }) => forge(service, access, { claims: { iss: 'https://evil.example' } }),
    ],
    [
      'a token of another session',
      ({ access }) => forge(service, access, { claims: { sid: 'x' } }),
    ],
  ])('%s: 401 invalid_token, with the error in the challenge', async (_case, change) => {
    const token = await change(await tokensOf(service, await agree(service)));
    const answer = await userinfo(token);
    expectInvalid(answer);
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer realm="latchkey", error="invalid_token"',
    );
  });

  test('a token after its hour', async () => {
    const { access } = await tokensOf(service, await agree(service));
    advance(3600);
    expectInvalid(await userinfo(access));
  });

  test.each<[string, (user: string) => Promise<unknown>]>([
    ['disabled', (user) => setDisabled(directory(), subjectKey(user), true)],
    ['signed out', (user) => raiseGeneration(directory(), subjectKey(user))],
  ])('a token whose user was %s', async (_case, change) => {
    const { browser } = await person();
    const { access } = await tokensOf(service, await agree(service, { browser }));
    await change(browser.name.subject);
    expectInvalid(await userinfo(access));
  });

  test('a token without openid: 403 insufficient_scope', async () => {
    const { access } = await tokensOf(service, await agree(service, { scope: 'profile' }));
    const answer = await userinfo(access);
    expect(answer).toMatchObject({ status: 403, body: { error: 'insufficient_scope' } });
    expect(answer.headers['www-authenticate']).toContain('error="insufficient_scope"');
  });

  test('a token narrowed to less than openid by a refresh', async () => {
    const it = await agree(service, { scope: 'openid profile' });
    const { refresh } = await tokensOf(service, it);
    const { body } = await refreshWith(service, it.client, refresh, { scope: 'profile' });
    expect((await userinfo(String(body['access_token']))).status).toBe(403);
  });

  test("a client's own token, even one with openid", async () => {
    const client = await addClient(service, { scopes: ['openid'] });
    expect((await userinfo(await tokenOf(service, client))).status).toBe(403);
  });

  test('a user who is deleted while it is asked', async () => {
    const agreed = await agree(service);
    const { access } = await tokensOf(service, agreed);
    const { subject } = agreed.browser.name;
    service.dynamodb.inject(({ action, body }) =>
      action === 'GetItem' && JSON.stringify(body['Key']).includes(subject)
        ? () => ({})
        : undefined,
    );
    expect(await userinfo(access)).toMatchObject({
      status: 403,
      body: { error: 'insufficient_scope' },
    });
    service.dynamodb.heal();
  });

  test('and says 503 when the store does not answer', async () => {
    const { access } = await tokensOf(service, await agree(service));
    service.dynamodb.inject(() => broken);
    expect(await userinfo(access)).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
  });
});

const introspect = (client: Credentials, token: string, more: Record<string, string> = {}) =>
  service.send('POST /oauth/introspect', form({ ...posted(client), token, ...more }));
const INACTIVE = { status: 200, body: { active: false } };
/** What a client is registered for from now on. */
async function register({ id }: Credentials, scopes: string[]): Promise<void> {
  const before = await readClient(directory(), id);
  if (!before) throw new Error('gone');
  await saveClient(directory(), { before, after: { ...before, scopes } });
}

const inactive = async (answer: ReturnType<typeof introspect>) => {
  const { status, body } = await answer;
  expect({ status, body }).toEqual(INACTIVE);
};

describe('introspection (RFC 7662)', () => {
  test("of a client's own access token says all about it (§2.2)", async () => {
    const { browser, username } = await person();
    const it = await agree(service, { browser, scope: 'openid cdr:r' });
    const { access } = await tokensOf(service, it);
    const { status, headers, body } = await introspect(it.client, access);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    const { iat, exp, jti, sid, sub } = decodeJwt(access);
    expect(body).toEqual({
      active: true,
      iss: ISSUER,
      aud: ISSUER,
      sub,
      client_id: it.client.id,
      domain: 'mydomain.com',
      username,
      scope: 'openid cdr:r',
      token_type: 'Bearer',
      iat,
      exp,
      jti,
      sid,
    });
  });

  test('of its refresh token too, which is no bearer token', async () => {
    const it = await agree(service, { scope: 'openid offline_access' });
    const { refresh } = await tokensOf(service, it);
    const { body } = await introspect(it.client, refresh);
    expect(body).toMatchObject({
      active: true,
      exp: now() + 2_592_000,
      sub: it.browser.name.subject,
    });
    expect(body).not.toHaveProperty('token_type');
  });

  test('of the token of a client that acts for itself', async () => {
    const { body } = await introspect(DEMO, await tokenOf(service, DEMO));
    expect(body).toMatchObject({ active: true, sub: DEMO.id, client_id: DEMO.id });
    expect(body).not.toHaveProperty('username');
  });

  test.each(['access_token', 'refresh_token', 'nonsense'])(
    'whatever the hint says: %s (§2.1)',
    async (hint) => {
      const it = await agree(service);
      const { access, refresh } = await tokensOf(service, it);
      for (const token of [access, refresh])
        expect((await introspect(it.client, token, { token_type_hint: hint })).body).toMatchObject({
          active: true,
        });
    },
  );

  test('shows the scope of a narrower token as it is', async () => {
    const it = await agree(service, { scope: 'openid email' });
    const { refresh } = await tokensOf(service, it);
    const { body } = await refreshWith(service, it.client, refresh, { scope: 'email' });
    const shown = await introspect(it.client, String(body['access_token']));
    expect(shown.body).toMatchObject({ active: true, scope: 'email' });
  });

  test('shows no more of a scope than its client is registered for now, at the refresh token too', async () => {
    const client = await webClient(service, { scopes: ['openid', 'email', 'cdr:*', 'reports'] });
    const it = await agree(service, { client, scope: 'openid email cdr:ru reports' });
    const { access, refresh } = await tokensOf(service, it);
    await register(client, ['openid', 'cdr:r']);
    for (const token of [access, refresh])
      expect((await introspect(client, token)).body).toMatchObject({ scope: 'openid cdr:r' });
    await register(client, ['news']);
    expect((await introspect(client, access)).body).toMatchObject({ scope: 'openid email' });
    await register(client, ['phone']);
    expect((await introspect(client, access)).body).toMatchObject({ active: true, scope: '' });
  });

  test('of the token of a client that acts for itself likewise, and at the APIs behind the authorizer', async () => {
    const client = await addClient(service, {
      scopes: ['cdr:r', 'reports'],
      roles: ['user'],
    });
    const token = await tokenOf(service, client);
    const told = async () => {
      const event = httpCall('GET /cdr', bearer({ token, key: '' }));
      const answer = await service.authorizer(event);
      const { body } = await introspect(client, token);
      return ['context' in answer && answer.context?.['scope'], body['scope']];
    };
    expect(await told()).toEqual(['cdr:r reports', 'cdr:r reports']);
    await register(client, ['cdr:r']);
    expect(await told()).toEqual(['cdr:r', 'cdr:r']);
  });

  type Made = Awaited<ReturnType<typeof tokensOf>> & {
    client: Credentials;
    code: string;
    browser: { name: { subject: string; key: string } };
  };
  test.each<[string, (it: Made) => unknown, (it: Made) => string]>([
    ['garbage', () => {}, () => 'garbage'],
    ['an ID token', () => {}, ({ id }) => id],
    ['a code (row 46)', () => {}, ({ code }) => code],
    ['a forged token', () => {}, ({ access }) => `${access.slice(0, -8)}AAAAAAAA`],
    ['an expired token', () => advance(3600), ({ access }) => access],
    ['a revoked one', (it) => revoke(it.client, it.access), ({ access }) => access],
    [
      'the refresh token of a revoked one',
      (it) => revoke(it.client, it.access),
      ({ refresh }) => refresh,
    ],
    [
      'a token whose browser was signed out',
      (it) => endSession(service.tables.sessions, it.browser.name, instant(now())),
      ({ access }) => access,
    ],
    [
      'a refresh token of it',
      (it) => endSession(service.tables.sessions, it.browser.name, instant(now())),
      ({ refresh }) => refresh,
    ],
    [
      'a token of a user who was disabled',
      (it) => setDisabled(directory(), subjectKey(it.browser.name.subject), true),
      ({ access }) => access,
    ],
    [
      'a refresh token of one',
      (it) => raiseGeneration(directory(), subjectKey(it.browser.name.subject)),
      ({ refresh }) => refresh,
    ],
    [
      'a refresh token with another secret',
      () => {},
      ({ refresh }) => `${refresh.slice(0, -1)}${refresh.endsWith('0') ? '1' : '0'}`,
    ],
  ])('%s is not active, and no more is said (§2.2)', async (_case, change, pick) => {
    const agreement = await agree(service);
    const it = { ...agreement, ...(await tokensOf(service, agreement)) };
    await change(it);
    await inactive(introspect(it.client, pick(it)));
  });

  test('a refresh token that was exchanged is not active, and asking ends nothing', async () => {
    const it = await agree(service, { client: await publicClient(service) });
    const { refresh } = await tokensOf(service, it);
    const next = String((await refreshWith(service, it.client, refresh)).body['refresh_token']);
    advance(31);
    await inactive(introspect(await webClient(service), refresh));
    expect((await refreshWith(service, it.client, next)).status).toBe(200);
  });

  test('an API key is none of its business', async () => {
    const name = { subject: DEMO.id, key: 'key-1' };
    await inactive(introspect(DEMO, makeApiKey({ name, hints: { domain: 'x', roles: [] } }).text));
  });

  test("another client's token is not active (§4)", async () => {
    const { access, refresh } = await tokensOf(service, await agree(service));
    const other = await webClient(service);
    for (const token of [access, refresh]) await inactive(introspect(other, token));
  });

  describe('by an API that holds `r` on oauth/introspect', () => {
    const ASK = 'oauth/introspect:r';
    const inspector = async (
      domain = 'mydomain.com',
      letter: 'r' | 'ro' | 'u' = 'r',
      scopes = [ASK],
    ) => {
      const name = `inspector-${letter}`;
      await editRole(directory(), {
        name,
        number: -1,
        parents: [],
        acl: { 'oauth/introspect': [letter] },
      });
      return addClient(service, { domain, roles: [name], scopes });
    };

    test("all access tokens of its domain are active, also a dialect's", async () => {
      const api = await inspector();
      const { access } = await tokensOf(service, await agree(service));
      const { token } = await service.login('200@mydomain.com');
      for (const one of [access, token])
        expect((await introspect(api, one)).body).toMatchObject({ active: true });
    });

    test('but no refresh token, and nothing of another domain', async () => {
      await addDomain(directory(), 'far.example');
      const { access, refresh } = await tokensOf(service, await agree(service));
      await inactive(introspect(await inspector(), refresh));
      await inactive(introspect(await inspector('far.example'), access));
    });

    test.each(['ro', 'u'] as const)('not with %s alone', async (letter) => {
      const { access } = await tokensOf(service, await agree(service));
      await inactive(introspect(await inspector('mydomain.com', letter), access));
    });

    test.each<[string, string[]]>([
      ['nothing', []],
      ['identity alone', ['openid']],
      ['full_access, which does not administer', ['full_access']],
      ['another resource', ['oauth:r', 'cdr:*']],
      ['another letter', ['oauth/introspect:u']],
      ['its own objects', ['oauth/introspect:ro']],
    ])('R2: not where it is registered for %s', async (_case, scopes) => {
      const { access } = await tokensOf(service, await agree(service));
      await inactive(introspect(await inspector('mydomain.com', 'r', scopes), access));
    });

    test('R2: not from when the scope is taken off its list', async () => {
      const api = await inspector('mydomain.com', 'r', [ASK, 'openid']);
      const { access } = await tokensOf(service, await agree(service));
      expect((await introspect(api, access)).body).toMatchObject({ active: true });
      await register(api, ['openid']);
      await inactive(introspect(api, access));
      await register(api, [ASK]);
      expect((await introspect(api, access)).body).toMatchObject({ active: true });
    });
  });

  test.each<[string, (it: Credentials, token: string) => ReturnType<typeof form>]>([
    ['nobody', (_it, token) => form({ token })],
    ['a wrong secret', (it, token) => form({ token, ...posted(it), client_secret: 'guess' })],
    ['an unknown client', (_it, token) => form({ token, client_id: 'nobody', client_secret: 'x' })],
    ['a bearer token', (_it, token) => form({ token }, auth(token))],
    ['a client without its secret', (it, token) => form({ token, client_id: it.id })],
  ])('%s is 401, whatever the token is (§2.3)', async (_case, sent) => {
    const { access, client } = { ...(await agreed()) };
    for (const token of [access, 'garbage'])
      expect(await service.send('POST /oauth/introspect', sent(client, token))).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="latchkey"' },
        body: { error: 'invalid_client' },
      });
  });

  test('a public client proves nothing, so it is told nothing', async () => {
    const it = await agree(service, { client: await publicClient(service) });
    const { access } = await tokensOf(service, it);
    expect(await introspect(it.client, access)).toMatchObject({ status: 401 });
  });

  test('without a token: invalid_request; in the URI: 405', async () => {
    expect(await introspect(DEMO, '')).toMatchObject({
      status: 400,
      body: { error: 'invalid_request' },
    });
    expect(await service.send('GET /oauth/introspect?token=x')).toMatchObject({
      status: 405,
      headers: { allow: 'POST' },
    });
  });

  test('by HTTP Basic too, and never by a guess at the store: 503 when it does not answer', async () => {
    const { client, access } = await agreed();
    const sent = form({ token: access }, basic(`${client.id}:${client.secret}`));
    expect((await service.send('POST /oauth/introspect', sent)).body).toMatchObject({
      active: true,
    });
    service.dynamodb.inject(({ action }) => (action === 'BatchGetItem' ? broken : undefined));
    expect(await service.send('POST /oauth/introspect', sent)).toMatchObject({ status: 503 });
  });
});

async function agreed(given: Parameters<typeof agree>[1] = {}) {
  const agreement = await agree(service, given);
  return { ...agreement, ...(await tokensOf(service, agreement)) };
}

const revoke = (client: Credentials, token: string, more: Record<string, string> = {}) =>
  service.send('POST /oauth/revoke', form({ ...posted(client), token, ...more }));

describe('revocation of what a user granted (RFC 7009)', () => {
  test.each(['access', 'refresh'] as const)('by its %s token ends both at once', async (kind) => {
    const it = await agreed();
    expect(await call(it.access)).toBe(200);
    expect(await revoke(it.client, it[kind])).toMatchObject({ status: 200, body: {} });
    expect(await call(it.access)).toBe(401);
    expect(await refreshWith(service, it.client, it.refresh)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  test.each(['access_token', 'refresh_token', 'x'])(
    'whatever the hint says: %s (§2.1)',
    async (hint) => {
      const it = await agreed();
      await revoke(it.client, it.refresh, { token_type_hint: hint });
      expect(await call(it.access)).toBe(401);
    },
  );

  test('by a public client, which has its id alone', async () => {
    const it = await agreed({ client: await publicClient(service) });
    expect(await revoke(it.client, it.refresh)).toMatchObject({ status: 200 });
    expect(await call(it.access)).toBe(401);
  });

  test('by a refresh token that was exchanged since', async () => {
    const it = await agreed({ client: await publicClient(service) });
    await refreshWith(service, it.client, it.refresh);
    advance(60);
    expect(await revoke(it.client, it.refresh)).toMatchObject({ status: 200 });
    expect(await call(it.access)).toBe(401);
  });

  test('leaves the browser, and what it granted to others, alone', async () => {
    const browser = await openBrowser(service);
    const [one, other] = [await agreed({ browser }), await agreed({ browser })];
    await revoke(one.client, one.refresh);
    expect([await call(one.access), await call(other.access)]).toEqual([401, 200]);
  });

  test('of a token of another client: refused to a confidential one, silent to a public one', async () => {
    const it = await agreed();
    for (const token of [it.access, it.refresh]) {
      expect(await revoke(await webClient(service), token)).toMatchObject({
        status: 400,
        body: { error: 'invalid_request' },
      });
      expect(await revoke(await publicClient(service), token)).toMatchObject({
        status: 200,
        body: {},
      });
    }
    expect(await call(it.access)).toBe(200);
  });

  test('of a guess at a refresh token ends nothing', async () => {
    const it = await agreed({ client: await publicClient(service) });
    const guess = [...it.refresh.split('.').slice(0, -2), 'x'.repeat(43), 'y'.repeat(43)].join('.');
    expect(await revoke(it.client, guess)).toMatchObject({ status: 200 });
    expect(await call(it.access)).toBe(200);
  });

  test('twice, and of an ID token or a code, is 200 and ends nothing more (§2.2)', async () => {
    const it = await agreed();
    for (const token of [it.id, it.code]) {
      expect(await revoke(it.client, token)).toMatchObject({ status: 200 });
      expect(await call(it.access)).toBe(200);
    }
    for (const _ of [1, 2])
      expect(await revoke(it.client, it.refresh)).toMatchObject({ status: 200 });
  });

  test('in the URI: 405', async () => {
    expect(await service.send('GET /oauth/revoke?token=x')).toMatchObject({
      status: 405,
      headers: { allow: 'POST' },
    });
  });
});
