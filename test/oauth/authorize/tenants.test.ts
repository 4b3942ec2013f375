/** A4: a tenant's users are a tenant's. Real functions, real store. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readClient, saveClient } from '../../../lib/store/directory/clients.ts';
import { basic, form } from '../../support/actors/clients.ts';
import {
  agree,
  refreshWith,
  sendToken,
  openBrowser as signedIn,
  tokensOf,
  webClient,
} from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { makeDomain, makeUser } from '../../support/actors/roles.ts';
import { httpCall } from '../../support/calls/events.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';
import { outcome } from '../../support/running/service.ts';
import { answerOf, openBrowser, pageOf } from '../../support/web/browser.ts';
import { addWebClient, requestOf } from '../../support/web/sign-in.ts';

let service: Admin;
let root: Caller;
let stranger: { id: string; username: string };
const FAR = 'evil.test';
const WEB = 'tenant-app';

beforeAll(async () => {
  service = await startAdmin();
  root = await service.by('100@mydomain.com');
  await makeDomain(service, FAR);
  await makeUser(service, 'boss@evil.test', ['admin'], FAR);
  stranger = await addUser(service, { domain: FAR, username: 'mallory' });
  await addWebClient(service, { id: WEB, consent: 'never' });
});
afterAll(() => service.stop());

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
const userinfo = async (token: string) =>
  (await service.send('GET /oauth/userinfo', { headers: { authorization: `Bearer ${token}` } }))
    .body;
const may = async (token: string) =>
  (
    await outcome(() =>
      service.authorizer(httpCall('GET /cdr', { authorization: `Bearer ${token}` })),
    )
  ).status;
async function admit(id: string, domains: string[] | undefined) {
  const before = await readClient(service.tables.directory, id);
  if (before) await saveClient(service.tables.directory, { before, after: { ...before, domains } });
}

describe('a user of another tenant', () => {
  test.each([
    ['en', 'This account cannot be used with this application'],
    ['cs', 'S tímto účtem se do této aplikace přihlásit nelze'],
  ])('A4: with the right password is told to use another account (%s)', async (locale, words) => {
    const browser = openBrowser(service);
    const page = await browser.authorize(requestOf(WEB, { ui_locales: locale }));
    const answer = await browser.login(page, stranger.username);
    expect([answer.status, pageOf(answer)]).toEqual([400, 'login']);
    expect(answer.text).toContain(words);
    expect(answer.text).not.toContain(FAR);
    expect(answer.text).not.toContain(stranger.username);
    expect((await browser.login(answer, '200@mydomain.com')).status).toBe(303);
  });

  test('A4: with a wrong password learns no more than anybody', async () => {
    const told = async (username: string) => {
      const browser = openBrowser(service);
      const page = await browser.authorize(requestOf(WEB));
      const { status, text } = await browser.login(page, username, 'wrong');
      return [status, text.includes('not right'), text.includes('cannot be used')];
    };
    expect(await told(stranger.username)).toEqual(await told('200@mydomain.com'));
    expect(await told(stranger.username)).toEqual([400, true, false]);
  });

  test('A4: who is signed in already is asked for a password, or nobody is', async () => {
    const browser = openBrowser(service);
    await browser.login(await browser.authorize(requestOf(WEB)), stranger.username);
    expect(pageOf(await browser.authorize(requestOf(WEB)))).toBe('login');
    const silent = await browser.authorize(requestOf(WEB, { prompt: 'none' }));
    expect(answerOf(silent)).toMatchObject({ error: 'login_required' });
  });

  test('A4: gets no tokens for a code of before', async () => {
    const browser = await signedIn(service, stranger.id);
    const { exchange } = await agree(service, { browser });
    const { status, body } = await sendToken(service, exchange);
    expect([status, body['error']]).toEqual([400, 'invalid_grant']);
  });

  test('A4: is nobody at the next call once the client does not admit the domain any more', async () => {
    const client = await webClient(service, { domains: ['*'] });
    const browser = await signedIn(service, stranger.id);
    const scope = 'openid offline_access';
    const { access, refresh } = await tokensOf(
      service,
      await agree(service, { client, browser, scope }),
    );
    expect((await refreshWith(service, client, refresh)).status).toBe(200);
    await admit(client.id, undefined);
    expect(await may(access)).toBe(401);
    expect(await userinfo(access)).toMatchObject({ error: 'invalid_token' });
    expect((await refreshWith(service, client, refresh)).body).toMatchObject({
      error: 'invalid_grant',
    });
  });
});

describe('the claim `domain`', () => {
  test.each([[['*']], [['mydomain.com', FAR]]])(
    'A4: of a client registered for %j names the tenant, in ID token, userinfo, introspection',
    async (domains) => {
      const client = await webClient(service, { domains });
      for (const [id, domain] of [
        [stranger.id, FAR],
        [(await addUser(service)).id, 'mydomain.com'],
      ] as const) {
        const browser = await signedIn(service, id);
        const { access, id: idToken } = await tokensOf(
          service,
          await agree(service, { client, browser }),
        );
        expect(claimsOf(idToken)).toMatchObject({ domain });
        expect(await userinfo(access)).toMatchObject({ domain });
        const asked = form({ token: access }, basic(`${client.id}:${client.secret}`));
        const { body } = await service.send('POST /oauth/introspect', asked);
        expect(body).toMatchObject({ active: true, domain });
      }
    },
  );
});

describe('to register a client for other domains', () => {
  const make = (who: Caller, id: string, domains: string[]) => {
    const redirectUris = ['https://app.example.com/cb'];
    const body = { id, name: 'Tenants', redirectUris, domains };
    return service.admin(who, 'POST /clients', { body });
  };
  const change = (who: Caller, id: string, body: object) =>
    service.admin(who, `PATCH /clients/${id}`, { body, headers: { 'if-match': '*' } });

  test.each([[['*']], [['mydomain.com']], [[FAR, 'mydomain.com']]])(
    'A4: as %j is root’s alone',
    async (domains) => {
      const boss = await service.by('boss@evil.test');
      const id = `boss-${domains.length}-${domains[0]?.length}`;
      expect((await make(boss, id, domains)).status).toBe(403);
      expect((await make(boss, id, [FAR])).status).toBe(201);
      expect((await change(boss, id, { domains })).status).toBe(403);
      expect((await change(root, id, { domains })).body).toMatchObject({ domains });
      expect((await change(boss, id, { name: 'Else' })).body).toMatchObject({ domains });
      expect((await change(boss, id, { domains: null })).body).not.toHaveProperty('domains');
    },
  );

  test.each<[string, object, object]>([
    [
      'redirectUris',
      { redirectUris: ['https://app.example.com/cb', 'https://evil.test/cb'] },
      { redirectUris: ['https://app.example.com/cb'] },
    ],
    ['allowedOrigins', { allowedOrigins: ['https://evil.test'] }, { allowedOrigins: [] }],
    ['scopes', { scopes: ['cdr:r', 'full_access'] }, { scopes: [] }],
  ])(
    'A4: gives nobody but root a say over its %s, but to take away',
    async (member, more, less) => {
      const boss = await service.by('boss@evil.test');
      const id = `boss-${member.toLowerCase()}`;
      expect((await make(boss, id, [FAR])).status).toBe(201);
      expect((await change(boss, id, { scopes: ['cdr:r'] })).status).toBe(200);
      expect((await change(root, id, { domains: [FAR, 'mydomain.com'] })).status).toBe(200);
      const refused = await change(boss, id, more);
      expect([refused.status, refused.body['rule']]).toEqual([403, 'domain-out-of-reach']);
      const narrowed = await change(boss, id, { ...more, domains: null });
      expect(narrowed.status).toBe(200);
      expect((await change(root, id, { domains: ['*'] })).status).toBe(200);
      expect((await change(boss, id, more)).status).toBe(200);
      expect((await change(boss, id, less)).status).toBe(200);
      expect((await change(boss, id, more)).status).toBe(403);
      expect((await change(root, id, more)).status).toBe(200);
    },
  );

  test('A4: none at all is refused', async () => {
    expect(await make(root, 'nobody', [])).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'domains' }] },
    });
  });
});
