/** POST /oauth/token, authorization_code. Real handler, real store, real keys; nothing patched. */

import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { get } from '../../../lib/aws/table.ts';
import { sha256 } from '../../../lib/crypto.ts';
import { type Client, deleteClient, readClient } from '../../../lib/store/directory/clients.ts';
import { domainKey, raiseDomain } from '../../../lib/store/directory/domains.ts';
import { raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import { endSession, sessionKey } from '../../../lib/store/sessions/sessions.ts';
import { instant } from '../../../lib/time.ts';
import { addDomain } from '../../support/actors/accounts.ts';
import { addClient, basic, form, posted } from '../../support/actors/clients.ts';
import {
  agree,
  CALLBACK,
  CHALLENGE,
  openBrowser,
  publicClient,
  refreshWith,
  sendToken,
  tokensOf,
  VERIFIER,
  webClient,
} from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { httpCall } from '../../support/calls/events.ts';
import { broken } from '../../support/running/proxy.ts';
import {
  type Answer,
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
const sessions = () => service.tables.sessions;
const exchange = (parameters: Record<string, string>) => sendToken(service, parameters);
const call = async (token: string, target = 'GET /cdr') =>
  (await outcome(() => service.authorizer(httpCall(target, bearer({ token, key: '' }))))).status;
const INVALID = {
  status: 400,
  body: { error: 'invalid_grant', error_description: 'The code or token is not valid.' },
};
const actions = () => service.dynamodb.requests.map(({ action }) => action);

describe('a code and its verifier give', () => {
  test('tokens that no cache keeps (RFC 6749 §5.1, OpenID Connect Core §3.1.3.3)', async () => {
    const { exchange: sent } = await agree(service, { scope: 'openid email' });
    const { status, headers, body } = await exchange(sent);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      pragma: 'no-cache',
    });
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      token_type: 'Bearer',
      expires_in: 3600,
      scope: 'openid email',
      refresh_token: expect.stringMatching(/^lkr_[\x21-\x7e]{130,}$/),
      id_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    });
  });

  test('an access token of the user, for the client, that works at the authorizer (RFC 9068 §2.2)', async () => {
    const { client, browser, exchange: sent } = await agree(service);
    const { access } = await tokensOf(service, { exchange: sent });
    expect(decodeProtectedHeader(access)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' });
    expect(decodeJwt(access)).toMatchObject({
      iss: ISSUER,
      aud: ISSUER,
      sub: browser.name.subject,
      client_id: client.id,
      scope: 'openid full_access',
      roles: ['user'],
      sid: expect.stringMatching(new RegExp(`^${browser.name.key}~`)),
    });
    expect(await call(access)).toBe(200);
  });

  test('a session that says from where its client called', async () => {
    const { exchange: given } = await agree(service);
    const { headers, body } = form(given);
    const answer = await service.send('POST /oauth/token', {
      headers: { ...headers, 'user-agent': 'Client/1' },
      ip: '198.51.100.7',
      ...(body !== undefined && { body }),
    });
    const { sub = '', sid } = decodeJwt(String(answer.body['access_token']));
    const name = { subject: sub, key: String(sid) };
    expect(await get(service.tables.sessions, sessionKey(name))).toMatchObject({
      ip: '198.51.100.7',
      userAgent: 'Client/1',
    });
  });

  test('an ID token signed with RS256 by a published key, with just what it must say (OpenID Connect Core §2)', async () => {
    const {
      client,
      browser,
      exchange: sent,
    } = await agree(service, {
      scope: 'openid profile email phone address',
      nonce: 'n-0S6_WzA2Mj',
      showAuthTime: true,
    });
    const { access, id } = await tokensOf(service, { exchange: sent });
    const { body } = await service.get('/.well-known/jwks.json');
    const { payload, protectedHeader } = await jwtVerify(
      id,
      createLocalJWKSet(body as unknown as Parameters<typeof createLocalJWKSet>[0]),
      { issuer: ISSUER, audience: client.id, currentDate: new Date() },
    );
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: expect.any(String) });
    const iat = Math.floor(Date.now() / 1000);
    expect(payload).toEqual({
      iss: ISSUER,
      sub: browser.name.subject,
      aud: client.id,
      sid: decodeJwt(access)['sid'],
      iat,
      exp: iat + 3600,
      auth_time: browser.authTime,
      nonce: 'n-0S6_WzA2Mj',
      acr: 'urn:latchkey:acr:password',
      amr: ['pwd'],
      at_hash: sha256(access).subarray(0, 16).toString('base64url'),
    });
  });

  test('an ID token by the algorithm that the client has chosen', async () => {
    const client = await webClient(service, { idTokenAlgorithm: 'ES256' });
    const { id } = await tokensOf(service, await agree(service, { client }));
    expect(decodeProtectedHeader(id).alg).toBe('ES256');
  });

  test('no nonce and no auth_time that nobody asked for', async () => {
    const { id } = await tokensOf(service, await agree(service));
    expect(decodeJwt(id)).not.toHaveProperty('nonce');
    expect(decodeJwt(id)).not.toHaveProperty('auth_time');
  });

  test('claims of the user in the ID token only by name (OpenID Connect Core §5.5)', async () => {
    const { id: user } = await addUser(service, {
      email: 'claims@example.com',
      profile: { name: 'Ann', nickname: 'an' },
    });
    const { id } = await tokensOf(
      service,
      await agree(service, {
        browser: await openBrowser(service, user),
        claims: { idToken: ['name', 'sub', 'aud', 'unknown'], userinfo: ['nickname'] },
      }),
    );
    expect(decodeJwt(id)).toMatchObject({ name: 'Ann', sub: user });
    for (const name of ['nickname', 'email', 'unknown'])
      expect(decodeJwt(id)).not.toHaveProperty(name);
  });

  describe('C4: to a client that is registered for the claims of its scopes in the ID token', () => {
    const granted = async (scope: string, given = {}) => {
      const { id: user } = await addUser(service, { profile: { name: 'Ann', nickname: 'an' } });
      const client = await webClient(service, { idTokenClaims: 'scope' });
      const browser = await openBrowser(service, user);
      const agreement = await agree(service, { client, browser, scope, ...given });
      return { client, user, tokens: await tokensOf(service, agreement) };
    };
    const userinfo = async (token: string) =>
      (await service.send('GET /oauth/userinfo', { headers: { authorization: `Bearer ${token}` } }))
        .body;

    test('just those that userinfo has', async () => {
      const { user, tokens } = await granted('openid profile email');
      const told = await userinfo(tokens.access);
      expect(told).toMatchObject({ sub: user, name: 'Ann', nickname: 'an' });
      expect(decodeJwt(tokens.id)).toMatchObject(told);
    });

    test('none of a scope that was not granted, and none of its own name', async () => {
      const { tokens } = await granted('openid email cdr:r');
      for (const name of ['name', 'nickname', 'preferred_username', 'cdr:r'])
        expect(decodeJwt(tokens.id)).not.toHaveProperty(name);
    });

    test('with those asked for by name', async () => {
      const { tokens } = await granted('openid', { claims: { idToken: ['name'], userinfo: [] } });
      expect(decodeJwt(tokens.id)).toMatchObject({ name: 'Ann' });
      expect(decodeJwt(tokens.id)).not.toHaveProperty('nickname');
    });

    test('and fewer at a refresh that narrows the scope (RFC 6749 §6)', async () => {
      const { client, tokens } = await granted('openid profile email');
      const wide = await refreshWith(service, client, tokens.refresh);
      expect(decodeJwt(String(wide.body['id_token']))).toMatchObject({ name: 'Ann' });
      const narrow = await refreshWith(service, client, tokens.refresh, { scope: 'openid email' });
      expect(decodeJwt(String(narrow.body['id_token']))).not.toHaveProperty('name');
    });
  });

  test('no ID token without openid, and no refresh token to a client without that grant', async () => {
    const client = await webClient(service, { grants: ['authorization_code'] });
    const { body } = await exchange((await agree(service, { client, scope: 'cdr:r' })).exchange);
    expect(Object.keys(body).sort()).toEqual(['access_token', 'expires_in', 'scope', 'token_type']);
  });

  test('no scope at all where none was granted', async () => {
    const { body } = await exchange((await agree(service, { scope: '' })).exchange);
    expect(body).not.toHaveProperty('scope');
    expect(decodeJwt(String(body['access_token']))).not.toHaveProperty('scope');
  });

  test('the scope its power: what it leaves out is refused at the authorizer', async () => {
    const { access } = await tokensOf(service, await agree(service, { scope: 'openid book:r' }));
    expect(await call(access, 'GET /book')).toBe(200);
    expect(await call(access, 'GET /cdr')).toBe(403);
  });
});

describe('how the client proves who it is', () => {
  test('by HTTP Basic', async () => {
    const { client, exchange: sent } = await agree(service);
    const { client_id: _, client_secret: __, ...rest } = sent;
    const answer = await service.send(
      'POST /oauth/token',
      form(rest, basic(`${client.id}:${client.secret}`)),
    );
    expect(answer.status).toBe(200);
  });

  test('a public client by its id alone, and the verifier', async () => {
    const { exchange: sent } = await agree(service, { client: await publicClient(service) });
    expect(Object.hasOwn(sent, 'client_secret') && sent['client_secret']).toBe('');
    expect((await exchange(sent)).status).toBe(200);
  });

  test.each<[string, (id: string) => Record<string, string>]>([
    ['a secret', (id) => ({ client_id: id, client_secret: 'guess' })],
    ['nothing at all', () => ({ client_id: '' })],
  ])('a public client that sends %s is refused, and the code stays', async (_case, change) => {
    const { client, exchange: sent } = await agree(service, {
      client: await publicClient(service),
    });
    const answer = await exchange({ ...sent, ...change(client.id) });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect((await exchange(sent)).status).toBe(200);
  });

  test.each<[string, Record<string, string>]>([
    ['without its secret', { client_secret: '' }],
    ['with a wrong one', { client_secret: 'guess' }],
  ])('a confidential client %s is refused, and the code stays', async (_case, change) => {
    const { exchange: sent } = await agree(service);
    const answer = await exchange({ ...sent, ...change });
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    expect((await exchange(sent)).status).toBe(200);
  });

  test('one whose domain is switched off is refused', async () => {
    await addDomain(directory(), 'off.example');
    const client = await webClient(service, { domain: 'off.example', domains: ['*'] });
    const { exchange: sent } = await agree(service, { client });
    await setDisabled(directory(), domainKey('off.example'), true);
    expect(await exchange(sent)).toMatchObject({ status: 401, body: { error: 'invalid_client' } });
    await setDisabled(directory(), domainKey('off.example'), false);
    expect((await exchange(sent)).status).toBe(200);
  });
});

describe('is refused and leaves the code usable', () => {
  const other = 'other-verifier-other-verifier-other-verifier-1';
  test.each<[string, Record<string, string>, object]>([
    ['a wrong verifier (RFC 7636 §4.6)', { code_verifier: other }, INVALID],
    ['no verifier (RFC 9700 §2.1.1)', { code_verifier: '' }, INVALID],
    ['the challenge as verifier', { code_verifier: CHALLENGE }, INVALID],
    ['another redirect_uri (RFC 6749 §4.1.3)', { redirect_uri: `${CALLBACK}/x` }, INVALID],
    ['no redirect_uri', { redirect_uri: '' }, INVALID],
    ['a code we never issued', { code: 'guess' }, INVALID],
    [
      'a short verifier',
      { code_verifier: 'x'.repeat(42) },
      { status: 400, body: { error: 'invalid_request' } },
    ],
    [
      'a long one',
      { code_verifier: 'x'.repeat(129) },
      { status: 400, body: { error: 'invalid_request' } },
    ],
    [
      'one of other letters',
      { code_verifier: 'ä'.repeat(43) },
      { status: 400, body: { error: 'invalid_request' } },
    ],
    ['no code', { code: '' }, { status: 400, body: { error: 'invalid_request' } }],
  ])('%s', async (_case, change, refusal) => {
    const { exchange: sent } = await agree(service);
    expect(await exchange({ ...sent, ...change })).toMatchObject(refusal);
    expect((await exchange(sent)).status).toBe(200);
  });

  test('another client, well authenticated', async () => {
    const { exchange: sent } = await agree(service);
    expect(await exchange({ ...sent, ...posted(await webClient(service)) })).toMatchObject(INVALID);
    expect((await exchange(sent)).status).toBe(200);
  });

  test('a client without this grant', async () => {
    const { exchange: sent } = await agree(service, { client: await addClient(service) });
    expect(await exchange(sent)).toMatchObject({
      status: 400,
      body: { error: 'unauthorized_client' },
    });
  });

  test('a code sent twice in one request (RFC 6749 §3.2)', async () => {
    const { exchange: sent, code } = await agree(service);
    const { headers, body } = form(sent);
    const answer = await service.send('POST /oauth/token', {
      headers: headers ?? {},
      body: `${body}&code=${code}`,
    });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect((await exchange(sent)).status).toBe(200);
  });
});

test('a verifier for a code without a challenge is a downgrade: invalid_request (RFC 9700 §4.8)', async () => {
  const client = await webClient(service, { pkce: 'optional' });
  const { exchange: sent } = await agree(service, { client, challenge: undefined });
  expect(await exchange({ ...sent, code_verifier: VERIFIER })).toMatchObject({
    status: 400,
    body: { error: 'invalid_request' },
  });
  expect((await exchange(sent)).status).toBe(200);
});

describe('a code', () => {
  test('is good for sixty seconds, and on the sixtieth no more', async () => {
    const [late, early] = [await agree(service), await agree(service)];
    advance(59);
    expect((await exchange(early.exchange)).status).toBe(200);
    advance(1);
    expect(await exchange(late.exchange)).toMatchObject(INVALID);
  });

  test.each([1, 30, 600])(
    'used again %i s later ends what it opened (RFC 6749 §4.1.2)',
    async (seconds) => {
      const { client, exchange: sent } = await agree(service);
      const { access, refresh } = await tokensOf(service, { exchange: sent });
      expect(await call(access)).toBe(200);
      advance(seconds);
      expect(await exchange(sent)).toMatchObject(INVALID);
      expect(await call(access)).toBe(401);
      const again = { grant_type: 'refresh_token', refresh_token: refresh, ...posted(client) };
      expect(await exchange(again)).toMatchObject(INVALID);
    },
  );

  test.each<[string, (sent: Record<string, string>) => Promise<Record<string, string>>]>([
    ['a wrong verifier', async (sent) => ({ ...sent, code_verifier: 'x'.repeat(43) })],
    ['no verifier', async (sent) => ({ ...sent, code_verifier: '' })],
    ['another redirect_uri', async (sent) => ({ ...sent, redirect_uri: 'https://evil.example' })],
    ['another client', async (sent) => ({ ...sent, ...posted(await webClient(service)) })],
    ['a wrong secret', async (sent) => ({ ...sent, client_secret: 'guess' })],
  ])('used again with %s ends nothing: else it would be a weapon', async (_case, change) => {
    const { exchange: sent } = await agree(service);
    const { access } = await tokensOf(service, { exchange: sent });
    expect([400, 401]).toContain((await exchange(await change(sent))).status);
    expect(await call(access)).toBe(200);
  });

  test('that eight redeem at once opens one grant at most, and that one is ended', async () => {
    const { exchange: sent } = await agree(service);
    const answers = await Promise.all(Array.from({ length: 8 }, () => exchange(sent)));
    const winners = answers.filter(({ status }) => status === 200);
    expect(winners.length).toBeLessThanOrEqual(1);
    for (const { status, body } of answers.filter((answer) => answer.status !== 200))
      expect([400, 503], JSON.stringify(body)).toContain(status);
    for (const { body } of winners) expect(await call(String(body['access_token']))).toBe(401);
  });

  test('that another redeems between the check and the write is refused, and ends what that one opened', async () => {
    const { client, exchange: sent } = await agree(service);
    let first: Promise<Answer> | undefined;
    service.dynamodb.inject(async ({ action }) => {
      if (action !== 'TransactWriteItems' || first) return;
      first = exchange(sent);
      await first;
    });
    expect(await exchange(sent)).toMatchObject(INVALID);
    const { status, body } = (await first) ?? {};
    expect(status).toBe(200);
    expect(await call(String(body?.['access_token']))).toBe(401);
    expect(await refreshWith(service, client, String(body?.['refresh_token']))).toMatchObject(
      INVALID,
    );
  });

  test('has at least 256 bits, and none of it is stored', async () => {
    const { code } = await agree(service);
    expect(code).toMatch(/^[0-9A-Za-z]{43}$/);
  });
});

describe('a code is worth nothing any more once', () => {
  test.each<[string, (user: string) => Promise<unknown>]>([
    ['the user was disabled', (user) => setDisabled(directory(), subjectKey(user), true)],
    ['the user was signed out', (user) => raiseGeneration(directory(), subjectKey(user))],
    [
      'the user was deleted',
      async (user) =>
        saveUser(directory(), { before: (await readUser(directory(), user)) as never }),
    ],
  ])('%s', async (_case, change) => {
    const { browser, exchange: sent } = await agree(service);
    await change(browser.name.subject);
    expect(await exchange(sent)).toMatchObject(INVALID);
  });

  test.each<[string, (name: string) => Promise<unknown>]>([
    ['disabled', (name) => setDisabled(directory(), domainKey(name), true)],
    ['signed out', (name) => raiseDomain(directory(), name)],
  ])("the user's domain was %s, also where it is not the client's", async (kind, change) => {
    const domain = `${kind.replace(' ', '-')}.example`;
    await addDomain(directory(), domain);
    const { id } = await addUser(service, { domain });
    const browser = await openBrowser(service, id);
    const client = await webClient(service, { domains: ['*'] });
    const { exchange: sent } = await agree(service, { client, browser });
    await change(domain);
    expect(await exchange(sent)).toMatchObject(INVALID);
  });

  test.each(['openid', 'openid offline_access'])(
    'the browser was signed out, with the scope %s',
    async (scope) => {
      const { browser, exchange: sent } = await agree(service, { scope });
      await endSession(sessions(), browser.name, instant(Math.floor(Date.now() / 1000)));
      expect(await exchange(sent)).toMatchObject(INVALID);
    },
  );

  test('the client was signed out, or is another one of the same id', async () => {
    const { client, exchange: sent } = await agree(service);
    await raiseGeneration(directory(), subjectKey(client.id));
    expect(await exchange(sent)).toMatchObject(INVALID);
  });
});

describe('the sign-out of the browser, one delete,', () => {
  const signOut = (name: { subject: string; key: string }) =>
    endSession(sessions(), name, instant(Math.floor(Date.now() / 1000)));

  test('ends the grant with it', async () => {
    const { browser, exchange: sent } = await agree(service);
    const { access } = await tokensOf(service, { exchange: sent });
    await signOut(browser.name);
    expect(await call(access)).toBe(401);
  });

  test('leaves a grant for offline access alone (OpenID Connect Core §11)', async () => {
    const scope = 'openid offline_access cdr:r';
    const { browser, exchange: sent } = await agree(service, { scope });
    const { access } = await tokensOf(service, { exchange: sent });
    await signOut(browser.name);
    expect(await call(access)).toBe(200);
  });
});

describe('the client is cut off at once, with the tokens that it has, when it is', () => {
  const own = async (id: string) => (await readClient(directory(), id)) as Client;
  const remove = async ({ id }: { id: string }) => deleteClient(directory(), await own(id));

  test.each<[string, (client: { id: string }) => Promise<unknown>]>([
    ['disabled', ({ id }) => setDisabled(directory(), subjectKey(id), true)],
    ['signed out', ({ id }) => raiseGeneration(directory(), subjectKey(id))],
    ['deleted', remove],
    [
      'another one of the same id',
      async (client) => {
        await remove(client);
        advance(1);
        await webClient(service, client);
      },
    ],
  ])('%s', async (_case, change) => {
    const agreed = await agree(service);
    const { access } = await tokensOf(service, agreed);
    const asker = await webClient(service, { roles: ['root'], scopes: ['oauth/introspect:r'] });
    const userinfo = async () =>
      (await service.send('GET /oauth/userinfo', { headers: bearer({ token: access, key: '' }) }))
        .status;
    const active = async () => {
      const asked = form({ token: access, ...posted(asker) });
      return (await service.send('POST /oauth/introspect', asked)).body['active'];
    };
    expect([await call(access), await userinfo(), await active()]).toEqual([200, 200, true]);
    await change({ id: agreed.client.id });
    expect([await call(access), await userinfo(), await active()]).toEqual([401, 401, false]);
  });

  test('which costs a call no further request', async () => {
    const { access } = await tokensOf(service, await agree(service));
    await call(access);
    service.dynamodb.requests.length = 0;
    expect(await call(access)).toBe(200);
    expect(actions()).toEqual(['BatchGetItem']);
  });
});

describe('costs', () => {
  test('two reads and one transaction', async () => {
    await tokensOf(service, await agree(service));
    const { exchange: sent } = await agree(service);
    service.dynamodb.requests.length = 0;
    await tokensOf(service, { exchange: sent });
    expect(actions()).toEqual(['BatchGetItem', 'BatchGetItem', 'TransactWriteItems']);
  });

  test('nothing where the store does not answer: 503, and the code is usable', async () => {
    const { exchange: sent } = await agree(service);
    service.dynamodb.inject(({ action }) => (action === 'TransactWriteItems' ? broken : undefined));
    expect(await exchange(sent)).toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
    service.dynamodb.heal();
    expect((await exchange(sent)).status).toBe(200);
  });
});
