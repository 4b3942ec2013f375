/** The authorization endpoint and its forms: what a client and its users go through. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { transact } from '../../../lib/aws/transaction.ts';
import { readClient } from '../../../lib/store/directory/clients.ts';
import { domainKey, raiseDomain } from '../../../lib/store/directory/domains.ts';
import { titlesWrite } from '../../../lib/store/directory/resource-titles.ts';
import { raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { deleteConsent, readConsent, saveConsent } from '../../../lib/store/sessions/consents.ts';
import { instant } from '../../../lib/time.ts';
import { form } from '../../support/actors/clients.ts';
import { VERIFIER } from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { makeDomain } from '../../support/actors/roles.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import {
  type Answer,
  advance,
  ISSUER,
  type Service,
  startService,
} from '../../support/running/service.ts';
import {
  answerOf,
  type Browser,
  CALLBACK,
  CHALLENGE,
  type Fields,
  formOf,
  openBrowser,
  pageOf,
} from '../../support/web/browser.ts';
import {
  addWebClient,
  changeClient,
  codeOf,
  requestOf,
  sessionOf,
} from '../../support/web/sign-in.ts';

let service: Service;
let browser: Browser;
/** Asks its users. */
const WEB = 'web-app';
/** Asks nobody. */
const OWN = 'own-app';

beforeAll(async () => {
  service = await startService();
  await addWebClient(service, { id: WEB });
  await addWebClient(service, { id: OWN, consent: 'never' });
});
afterAll(() => service.stop());
beforeEach(() => {
  browser = openBrowser(service);
});

const seconds = () => Date.now() / 1000;
const visit = (more: Record<string, string | undefined> = {}, client = OWN) =>
  browser.authorize(requestOf(client, more));
/** Signs the browser in, at a client that asks for nothing more. */
async function signIn(username = '200@mydomain.com', more: Fields = {}): Promise<Answer> {
  return browser.login(await visit(more), username);
}
const allow = (page: Answer) => browser.submit(page, { action: 'allow' });

describe('the authorization code flow', () => {
  test('login, consent, and a code with state and iss (RFC 6749 §4.1.2, RFC 9207 §2)', async () => {
    const login = await visit({ scope: 'openid profile' }, WEB);
    expect([login.status, pageOf(login)]).toEqual([200, 'login']);
    const consent = await browser.login(login);
    expect([consent.status, pageOf(consent)]).toEqual([200, 'consent']);
    const answer = await allow(consent);
    expect(answer.status).toBe(303);
    const { code = '', ...rest } = answerOf(answer);
    expect(rest).toEqual({
      to: 'https://app.example.com/callback',
      tenant: '7',
      state: 'opaque',
      iss: ISSUER,
    });
    expect(await codeOf(service, answer)).toMatchObject({
      client: WEB,
      redirectUri: CALLBACK,
      scope: 'openid profile',
      nonce: 'n-0S6_WzA2Mj',
      challenge: CHALLENGE,
      authTime: seconds(),
      showAuthTime: false,
      validUntil: seconds() + 60,
    });
    expect(code).toMatch(/^[0-9A-Za-z]{43}$/);
  });

  test('codes differ, and have 256 bits (RFC 6749 §10.10)', async () => {
    await signIn();
    const codes = await Promise.all(Array.from({ length: 20 }, () => visit()));
    expect(new Set(codes.map((answer) => answerOf(answer)['code'])).size).toBe(20);
  });

  test('the query of the registered redirect URI stays as it is (RFC 6749 §3.1.2)', async () => {
    expect((await signIn()).headers['location']).toMatch(
      /^https:\/\/app\.example\.com\/callback\?tenant=7&code=[^&]+&state=opaque&iss=[^&]+$/,
    );
  });

  test('no state and no nonce in, none out (OpenID Connect Core §3.1.2.1)', async () => {
    const answer = await signIn('200@mydomain.com', {});
    expect(answerOf(answer)).toHaveProperty('state');
    const bare = await visit({ state: undefined, nonce: undefined });
    expect(answerOf(bare)).not.toHaveProperty('state');
    expect(await codeOf(service, bare)).not.toHaveProperty('nonce');
  });

  test("no scope is the client's own words, none of which says anything of the user (RFC 6749 §3.3)", async () => {
    const scopes = ['reports', 'openid', 'offline_access', 'more'];
    const id = await addWebClient(service, { id: 'own-words', consent: 'never', scopes });
    const page = await visit({ scope: undefined, prompt: 'consent' }, id);
    const code = await codeOf(service, await allow(await browser.login(page)));
    expect(code.scope).toBe('reports more');
    expect((await codeOf(service, await visit({ scope: undefined }))).scope).toBe('');
  });

  test.each([
    ['parameters in another order', Object.fromEntries(Object.entries(requestOf(OWN)).reverse())],
    ['scopes in another order', { scope: 'email openid' }],
    ['an unknown parameter (RFC 6749 §3.1)', { extra: 'foobar' }],
    ['an empty one, which counts as omitted (RFC 6749 §3.1)', { prompt: '', max_age: '' }],
    ['display=page', { display: 'page' }],
    ['display=popup', { display: 'popup' }],
    ['an unknown display', { display: 'hologram' }],
    ['ui_locales that nobody speaks here', { ui_locales: 'se' }],
    ['claims_locales', { claims_locales: 'se' }],
    ['acr_values (OpenID Connect Core §3.1.2.1)', { acr_values: 'urn:latchkey:acr:password 2' }],
    ['a login_hint of nobody', { login_hint: 'buffy@auth.example.com' }],
    ['essential claims', { claims: '{"userinfo":{"name":{"essential":true}}}' }],
    ['a nonce of 384 characters', { nonce: 'n'.repeat(384) }],
  ])('succeeds with %s', async (_case, more) => {
    const code = await codeOf(service, await signIn('200@mydomain.com', more as Fields));
    if ('nonce' in more) expect(code.nonce).toBe((more as Fields)['nonce']);
  });

  test('acr says how the user signed in, and claims asked for by name are kept', async () => {
    const claims = '{"userinfo":{"name":null},"id_token":{"email":{"essential":true}}}';
    expect(await codeOf(service, await signIn('200@mydomain.com', { claims }))).toMatchObject({
      acr: 'urn:latchkey:acr:password',
      claims: { userinfo: ['name'], idToken: ['email'] },
    });
  });

  test('a login_hint fills in the username, escaped (OpenID Connect Core §3.1.2.1)', async () => {
    const page = await visit({ login_hint: '"><script>alert(1)</script>' });
    expect(page.text).toContain('value="&quot;&gt;&lt;script&gt;');
    expect(page.text).not.toContain('<script>alert');
  });

  test('the pages speak the language of ui_locales, then of Accept-Language', async () => {
    expect((await visit({ ui_locales: 'cs' })).headers['content-language']).toBe('cs');
    const czech = openBrowser(service, { 'accept-language': 'cs-CZ,cs;q=0.9' });
    const page = await czech.authorize(requestOf(OWN));
    expect(page.headers['content-language']).toBe('cs');
    const english = await czech.authorize(requestOf(OWN, { ui_locales: 'en' }));
    expect(english.headers['content-language']).toBe('en');
  });
});

describe('a request by POST (OpenID Connect Core §3.1.2.1)', () => {
  test('works as one by GET does', async () => {
    const login = await browser.go('POST /oauth/authorize', form(requestOf(OWN)));
    expect(pageOf(login)).toBe('login');
    expect(await codeOf(service, await browser.login(login))).toMatchObject({ client: OWN });
  });

  test.each(['application/json', 'multipart/form-data', 'text/plain', ''])(
    'is refused as %s, on a page (400)',
    async (type) => {
      const sent = { headers: { 'content-type': type }, body: '{"client_id":"own-app"}' };
      const answer = await browser.go('POST /oauth/authorize', sent);
      expect([answer.status, pageOf(answer)]).toEqual([400, 'error']);
    },
  );

  test('from another site is asked again as a GET, since the cookie is kept back then', async () => {
    await signIn();
    const { jar } = browser;
    const elsewhere = openBrowser(service, {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    });
    const answer = await elsewhere.go('POST /oauth/authorize', form(requestOf(OWN)));
    expect(answer.status).toBe(303);
    const { pathname, search, origin } = new URL(answer.headers['location'] ?? '');
    expect(origin).toBe(ISSUER);
    for (const [name, value] of jar) elsewhere.jar.set(name, value);
    await codeOf(service, await elsewhere.go(`GET ${pathname}${search}`));
  });
});

describe('response_mode=form_post (OAuth 2.0 Form Post Response Mode §2)', () => {
  test('the code is posted, and nothing is in the URL', async () => {
    const answer = await signIn('200@mydomain.com', { response_mode: 'form_post' });
    expect([answer.status, answer.headers['location']]).toEqual([200, undefined]);
    expect(formOf(answer).action).toBe(CALLBACK);
    expect(Object.keys(formOf(answer).hidden).sort()).toEqual(['code', 'iss', 'state']);
    expect(answer.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-frame-options': 'DENY',
    });
  });

  test('errors are posted too, with state and iss', async () => {
    const answer = await visit({ response_mode: 'form_post', prompt: 'none' });
    expect(formOf(answer)).toEqual({
      action: CALLBACK,
      hidden: {
        error: 'login_required',
        error_description: expect.any(String),
        state: 'opaque',
        iss: ISSUER,
      },
    });
  });

  test('every value is escaped, and comes out as it went in', async () => {
    const state = `"><script>alert('x')</script>&amp; ř\r\n\\`;
    const answer = await visit({ response_mode: 'form_post', prompt: 'none', state });
    expect(answer.text).not.toContain('<script>alert');
    expect(formOf(answer).hidden['state']).toBe(state);
  });
});

describe('state comes back as it was sent (RFC 6749 §4.1.2)', () => {
  test.each([
    ['128 characters', 'S'.repeat(128)],
    ['quotes, CR, LF and tags', '"\'\r\nSet-Cookie: a=b\r\n<b>\\%0d%0a'],
    ['characters beyond ASCII', 'žluťoučký 🐎 é'],
    ['4 KB', 'x'.repeat(4096)],
  ])('%s, with an error and with a code, through all the forms', async (_case, state) => {
    const silent = await visit({ state, prompt: 'none' });
    expect(answerOf(silent)).toMatchObject({ error: 'login_required', state });
    expect(silent.headers['location']).toMatch(/^[\x21-\x7e]+$/);
    const consent = await browser.login(await visit({ state, prompt: 'consent' }, WEB));
    expect(answerOf(await allow(consent))).toMatchObject({ code: expect.any(String), state });
  });

  test('10 KB fit a form; a redirect they would not fit, which the client is told', async () => {
    const state = 'x'.repeat(10_240);
    const sent = form(requestOf(OWN, { state, response_mode: 'form_post' }));
    const answer = await browser.login(await browser.go('POST /oauth/authorize', sent));
    expect(formOf(answer).hidden).toMatchObject({ code: expect.any(String), state });
    const refused = await browser.go('POST /oauth/authorize', form(requestOf(OWN, { state })));
    expect(answerOf(refused)).toEqual({
      to: 'https://app.example.com/callback',
      tenant: '7',
      error: 'invalid_request',
      error_description: 'The state is too long.',
      iss: ISSUER,
    });
  });
});

describe('prompt=none (OpenID Connect Core §3.1.2.1, §3.1.2.6)', () => {
  test('nobody signed in: login_required, and no page', async () => {
    const state = 's'.repeat(128);
    const answer = await visit({ prompt: 'none', state });
    expect(answer.status).toBe(303);
    expect(answerOf(answer)).toMatchObject({ error: 'login_required', state, iss: ISSUER });
  });

  test('signed in: a code with the same sub and auth_time, and no page', async () => {
    const first = await codeOf(service, await signIn());
    advance(100);
    const second = await codeOf(service, await visit({ prompt: 'none' }));
    expect(second).toMatchObject({ subject: first.subject, authTime: first.authTime });
  });

  test('the user has not agreed yet: consent_required', async () => {
    const { username } = await addUser(service);
    await signIn(username);
    expect(answerOf(await visit({ prompt: 'none' }, WEB))).toMatchObject({
      error: 'consent_required',
    });
  });
});

describe('a sign-in that the client wants anew', () => {
  test('prompt=login: the page, then a later auth_time (OpenID Connect Core §3.1.2.1)', async () => {
    const first = await codeOf(service, await signIn());
    advance(5);
    const page = await visit({ prompt: 'login' });
    expect(pageOf(page)).toBe('login');
    expect(page.text).toContain('value="200@mydomain.com"');
    const second = await codeOf(service, await browser.login(page));
    expect(second).toMatchObject({ subject: first.subject, authTime: first.authTime + 5 });
    expect([first.showAuthTime, second.showAuthTime]).toEqual([false, true]);
  });

  test('max_age=1 after two seconds: again (OpenID Connect Core §3.1.2.1)', async () => {
    const first = await codeOf(service, await signIn());
    advance(2);
    const second = await codeOf(service, await browser.login(await visit({ max_age: '1' })));
    expect(second).toMatchObject({ authTime: first.authTime + 2, showAuthTime: true });
    advance(2);
    expect(answerOf(await visit({ max_age: '1', prompt: 'none' }))).toMatchObject({
      error: 'login_required',
    });
  });

  test('max_age=10000: not again, with the same auth_time in the ID token', async () => {
    const first = await codeOf(service, await signIn('200@mydomain.com', { max_age: '15000' }));
    advance(2);
    const second = await codeOf(service, await visit({ max_age: '10000' }));
    expect(second).toMatchObject({ authTime: first.authTime, showAuthTime: true });
    expect(first.showAuthTime).toBe(true);
  });

  test('max_age=0 is prompt=login', async () => {
    await signIn();
    expect(pageOf(await visit({ max_age: '0' }))).toBe('login');
    expect(answerOf(await visit({ max_age: '0', prompt: 'none' }))).toMatchObject({
      error: 'login_required',
    });
  });

  test("a client's own default_max_age and require_auth_time (Dynamic Registration §2)", async () => {
    const strict = await addWebClient(service, { id: 'strict', consent: 'never' });
    await changeClient(service, strict, { defaultMaxAge: 60 });
    const timed = await addWebClient(service, { id: 'timed', consent: 'never' });
    await changeClient(service, timed, { requireAuthTime: true });
    await signIn();
    expect(await codeOf(service, await visit({}, timed))).toMatchObject({ showAuthTime: true });
    expect(await codeOf(service, await visit({}, strict))).toMatchObject({ showAuthTime: true });
    advance(61);
    expect(pageOf(await visit({}, strict))).toBe('login');
    expect(pageOf(await visit({ max_age: '100' }, strict))).toBe('none');
  });

  test('with consent after it, however long the user thinks about it', async () => {
    const page = await browser.login(await visit({ prompt: 'login consent', max_age: '1' }, WEB));
    expect(pageOf(page)).toBe('consent');
    advance(60);
    expect(await codeOf(service, await allow(page))).toMatchObject({ authTime: seconds() - 60 });
  });
});

describe('prompt=select_account (OpenID Connect Core §3.1.2.1)', () => {
  test('nobody signed in: the login page', async () =>
    expect(pageOf(await visit({ prompt: 'select_account' }))).toBe('login'));

  test('signed in: the choice, and on with the same account', async () => {
    const first = await codeOf(service, await signIn());
    const page = await visit({ prompt: 'select_account' });
    expect(pageOf(page)).toBe('account');
    const answer = await browser.submit(page, { action: 'continue' });
    expect(await codeOf(service, answer)).toMatchObject({ subject: first.subject });
  });

  test('or with another one, beside whom the first stays signed in', async () => {
    const first = await codeOf(service, await signIn());
    const before = { ...browser, jar: new Map(browser.jar) };
    const login = await browser.submit(await visit({ prompt: 'select_account' }), {
      action: 'switch',
    });
    expect(pageOf(login)).toBe('login');
    const { id, username } = await addUser(service);
    const second = await codeOf(service, await browser.login(login, username));
    expect(second.subject).toBe(id);
    expect(first.subject).not.toBe(id);
    expect(await sessionOf(service, before)).toBeDefined();
  });

  test('does not stand for a sign-in that is asked for as well', async () => {
    await signIn();
    expect(pageOf(await visit({ prompt: 'select_account login' }))).toBe('login');
    const page = await visit({ prompt: 'select_account', max_age: '10' });
    advance(11);
    expect(pageOf(await browser.submit(page, { action: 'continue' }))).toBe('login');
  });
});

describe('consent (OpenID Connect Core §3.1.2.4)', () => {
  let username: string;
  beforeEach(async () => {
    ({ username } = await addUser(service));
    await signIn(username);
  });
  afterEach(() => changeClient(service, WEB, { scopes: ['full_access'] }));
  const agree = async (scope: string, more: Fields = {}) =>
    codeOf(service, await allow(await visit({ scope, ...more }, WEB)));

  test('deny: access_denied with state and iss, and it is asked again', async () => {
    const page = await visit({}, WEB);
    expect(answerOf(await browser.submit(page, { action: 'deny' }))).toMatchObject({
      error: 'access_denied',
      state: 'opaque',
      iss: ISSUER,
    });
    expect(pageOf(await visit({}, WEB))).toBe('consent');
  });

  test.each(['', 'ALLOW', 'yes'])('an answer of "%s" is no agreement', async (action) => {
    const answer = await browser.submit(await visit({}, WEB), { action });
    expect(answerOf(answer)).toMatchObject({ error: 'access_denied' });
  });

  test('is remembered, for less as well, in another browser too', async () => {
    await agree('openid profile email');
    await codeOf(service, await visit({ scope: 'openid email', prompt: 'none' }, WEB));
    browser = openBrowser(service);
    await codeOf(service, await browser.login(await visit({}, WEB), username));
  });

  test('is each user’s own, where several are signed in', async () => {
    await agree('openid profile');
    const switching = { action: 'switch' };
    const login = await browser.submit(await visit({ prompt: 'select_account' }), switching);
    const other = await addUser(service);
    await browser.login(login, other.username);
    const silently = (login_hint: string) =>
      visit({ scope: 'openid', prompt: 'none', login_hint }, WEB);
    await codeOf(service, await silently(username));
    expect(answerOf(await silently(other.username))).toMatchObject({ error: 'consent_required' });
  });

  test.each([
    ['consent', { action: 'allow' }],
    ['consent', { action: 'deny' }],
    ['account', { action: 'continue' }],
    ['account', { action: 'switch' }],
    ['login', { action: 'cancel' }],
    ['login', { username: 'nobody', password: 'guess' }],
  ])(
    'of what the client may not ask for by now is none, at an open %s page by %j',
    async (kind, sent) => {
      if (kind === 'login') browser = openBrowser(service);
      const prompt = kind === 'account' ? 'select_account' : undefined;
      const page = await visit({ scope: 'openid profile', prompt }, WEB);
      expect(pageOf(page)).toBe(kind);
      await changeClient(service, WEB, { scopes: ['openid'] });
      expect(answerOf(await browser.submit(page, sent))).toMatchObject({
        ...{ error: 'invalid_scope', state: 'opaque', iss: ISSUER },
      });
    },
  );

  test('is asked for what is more: another scope, or a claim of another scope', async () => {
    await agree('openid profile');
    const more = { scope: 'openid profile phone' };
    expect(pageOf(await visit(more, WEB))).toBe('consent');
    const named = { scope: 'openid', claims: '{"userinfo":{"email":null}}' };
    const page = await visit(named, WEB);
    expect(pageOf(page)).toBe('consent');
    expect(page.text).toContain('See your e-mail address');
    await agree('openid profile phone');
    await codeOf(service, await visit({ scope: 'openid profile', prompt: 'none' }, WEB));
  });

  test('R2: for identity is none for power, which is asked for by name', async () => {
    await changeClient(service, WEB, { scopes: ['cdr/files:*', 'book:c', 'full_access'] });
    expect(await agree('openid')).toMatchObject({ scope: 'openid' });
    const page = await visit({ scope: 'openid' }, WEB);
    expect(pageOf(page)).toBe('none');
    for (const scope of ['openid cdr/files:d', 'openid book:c', 'openid full_access'])
      expect(pageOf(await visit({ scope }, WEB))).toBe('consent');
  });

  test('for power covers less of it, and no more', async () => {
    await changeClient(service, WEB, { scopes: ['cdr/files:*', 'book:c', 'full_access'] });
    await agree('openid cdr/files:ru');
    for (const scope of ['openid cdr/files:r', 'openid cdr/files:uo', 'openid'])
      await codeOf(service, await visit({ scope, prompt: 'none' }, WEB));
    for (const scope of ['cdr/files:d', 'openid cdr/files:r book:c', 'full_access'])
      expect(pageOf(await visit({ scope }, WEB))).toBe('consent');
    await agree('openid full_access');
    await codeOf(service, await visit({ scope: 'openid book:c', prompt: 'none' }, WEB));
  });

  test('calls resources by their titles', async () => {
    await changeClient(service, WEB, { scopes: ['cdr/files:*'] });
    const { directory } = service.tables;
    await transact([titlesWrite(directory, { 'cdr/files': 'Recordings <b>' })]);
    const { text } = await visit({ scope: 'openid cdr/files:r', prompt: 'consent' }, WEB);
    await transact([titlesWrite(directory, {})]);
    expect(text).toContain('Read <strong><bdi>Recordings &lt;b&gt;</bdi></strong>');
  });

  test('names what it lets be done in sentences', async () => {
    await changeClient(service, WEB, { scopes: ['cdr/files:*', 'full_access'] });
    const { text } = await visit({ scope: 'openid cdr/files:rd', prompt: 'consent' }, WEB);
    expect(text).toContain('Read and delete <strong><bdi>cdr/files</bdi></strong>');
    const all = await visit({ scope: 'openid full_access', prompt: 'consent' }, WEB);
    expect(all.text).toContain('Do everything in your name');
    expect(text).not.toContain('Do everything in your name');
  });

  test.each(['cdr:r', 'cdr/files:u', 'full_access', 'admin/users:r'])(
    'R2: is not asked for %s, which the client is not registered for: invalid_scope',
    async (scope) => {
      await changeClient(service, WEB, { scopes: ['cdr/files:r'] });
      const answer = await visit({ scope: `openid ${scope}` }, WEB);
      expect(answerOf(answer)).toMatchObject({ error: 'invalid_scope' });
    },
  );

  test('is asked for what is registered where nothing is asked for, but never for full access', async () => {
    const scopes = ['openid', 'cdr/files:r', 'full_access', 'reports'];
    await changeClient(service, WEB, { scopes });
    const { scope } = await codeOf(service, await allow(await visit({ scope: undefined }, WEB)));
    expect(scope).toBe('cdr/files:r reports');
  });

  test('is what a code stands on: just given, remembered, added to, or given anew', async () => {
    const { subject, consent: given } = await agree('openid');
    expect(given?.agreement).toEqual(expect.any(String));
    const remembered = await codeOf(service, await visit({ scope: 'openid' }, WEB));
    const more = await agree('openid email');
    expect([remembered.consent, more.consent]).toEqual([given, given]);
    const name = { subject, client: WEB };
    // Withdrawn while they look at the page: what they allow there is another agreement.
    const page = await visit({ scope: 'openid profile' }, WEB);
    await deleteConsent(service.tables.sessions, name);
    const anew = await codeOf(service, await allow(page));
    expect(anew.consent?.agreement).not.toBe(given?.agreement);
    const { scopes } = (await readConsent(service.tables.sessions, name, instant(seconds()))) ?? {};
    expect(scopes).toEqual(['openid', 'profile']);
  });

  test('prompt=consent asks always', async () => {
    await agree('openid');
    expect(pageOf(await visit({ prompt: 'consent' }, WEB))).toBe('consent');
    expect(pageOf(await visit({ prompt: 'consent' }, OWN))).toBe('consent');
  });

  test('holds for a year, and for the client that it was given to', async () => {
    await agree('openid');
    const { createdAt } = (await readClient(service.tables.directory, WEB)) ?? {};
    await changeClient(service, WEB, { createdAt: seconds() + 1 });
    expect(pageOf(await visit({}, WEB))).toBe('consent');
    await changeClient(service, WEB, { createdAt });
    await codeOf(service, await visit({}, WEB));
    advance(31_536_000);
    const again = await browser.login(await visit({}, WEB), username);
    expect(pageOf(again)).toBe('consent');
  });

  const JWK = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' };
  test.each<[string, object]>([
    ['another redirect URI', { redirectUris: [CALLBACK, 'https://evil.example/callback'] }],
    ['another secret', { secrets: [{ hash: 'another' }] }],
    ['another secret beside the one before', { secrets: [{ hash: 'another' }, { hash: 'old' }] }],
    ['no secret', { authentication: 'none', secrets: [] }],
    ['keys', { jwks: { keys: [JWK] } }],
    ['other keys', { jwks: { keys: [{ ...JWK, x: 'z' }] } }],
    ['keys elsewhere', { jwksUri: 'https://evil.example/jwks' }],
    ['scripts of another origin', { allowedOrigins: ['https://evil.example'] }],
  ])(
    'is not remembered for a client that has since got %s (RFC 9700 §4.16)',
    async (_is, change) => {
      const id = await addWebClient(service, { id: `taken-over-${Math.random()}` });
      await codeOf(service, await allow(await visit({}, id)));
      await codeOf(service, await visit({ prompt: 'none' }, id));
      await changeClient(service, id, change);
      expect(pageOf(await visit({}, id))).toBe('consent');
      const silent = answerOf(await visit({ prompt: 'none' }, id));
      expect(silent).toMatchObject({ error: 'consent_required' });
      await codeOf(service, await allow(await visit({}, id)));
      await codeOf(service, await visit({ prompt: 'none' }, id));
    },
  );

  test('nor for one whose key has become another', async () => {
    const keys = { authentication: 'private_key_jwt' as const, jwks: { keys: [JWK] } };
    const id = await addWebClient(service, { id: 'another-key', ...keys });
    await codeOf(service, await allow(await visit({}, id)));
    await codeOf(service, await visit({ prompt: 'none' }, id));
    await changeClient(service, id, { jwks: { keys: [{ ...JWK, x: 'z' }] } });
    expect(pageOf(await visit({}, id))).toBe('consent');
  });

  test('is remembered whatever else changes of the client, and in whatever order keys are kept', async () => {
    const keys = { authentication: 'private_key_jwt' as const, jwks: { keys: [JWK] } };
    const id = await addWebClient(service, { id: 'renamed', ...keys });
    await codeOf(service, await allow(await visit({}, id)));
    const jwks = { keys: [Object.fromEntries(Object.entries(JWK).reverse())] };
    const postLogoutRedirectUris = ['https://app.example.com/bye'];
    const more = {
      username: 'Other',
      updatedAt: 1,
      scopes: ['more'],
      postLogoutRedirectUris,
      jwks,
    };
    await changeClient(service, id, more);
    await codeOf(service, await visit({ prompt: 'none' }, id));
  });

  test('is nothing that a code of a client stands on which asks nobody', async () => {
    const { subject } = await codeOf(service, await visit());
    const name = { subject, client: OWN };
    const [grantedAt, expiresAt] = [instant(seconds() - 1), instant(seconds() + 600)];
    const after = { scopes: ['openid'], agreement: 'of before', grantedAt, expiresAt };
    await saveConsent(service.tables.sessions, name, { after });
    expect((await codeOf(service, await visit({}, OWN))).consent).toBeUndefined();
    await deleteConsent(service.tables.sessions, name);
  });

  test('that does not say what the client was is none', async () => {
    const { subject } = await agree('openid');
    const name = { subject, client: WEB };
    const consent = await readConsent(service.tables.sessions, name, instant(seconds()));
    if (!consent) throw new Error('no consent');
    const { identity: _, ...old } = consent;
    await saveConsent(service.tables.sessions, name, { before: consent, after: old });
    expect(pageOf(await visit({}, WEB))).toBe('consent');
  });

  test('is not asked by a client of the own domain that is to ask nobody, but by any other', async () => {
    await codeOf(service, await visit({}, OWN));
    await makeDomain(service, 'elsewhere.com');
    const domains = ['mydomain.com'];
    const foreign = { id: 'foreign', domain: 'elsewhere.com', domains, consent: 'never' } as const;
    expect(pageOf(await visit({}, await addWebClient(service, foreign)))).toBe('consent');
  });

  test('cancel on the login page: access_denied, and no password is wanted', async () => {
    browser = openBrowser(service);
    const answer = await browser.submit(await visit(), { action: 'cancel' });
    expect(answerOf(answer)).toMatchObject({ error: 'access_denied', state: 'opaque' });
  });

  test('offline_access that is not registered counts only with prompt=consent (Core §11)', async () => {
    const scope = 'openid offline_access';
    expect(await agree(scope)).toMatchObject({ scope: 'openid' });
    expect(await agree(scope, { prompt: 'consent' })).toMatchObject({ scope });
    await changeClient(service, WEB, { grants: ['authorization_code'] });
    expect(await agree(scope, { prompt: 'consent' })).toMatchObject({ scope: 'openid' });
    await changeClient(service, WEB, { grants: ['authorization_code', 'refresh_token'] });
  });

  describe('C1: offline_access that the client registered (Core §11, other conditions)', () => {
    const scope = 'openid offline_access';
    const scopes = ['openid', 'offline_access'];

    test('is on the page without prompt=consent, and granted once the user allows it', async () => {
      const id = await addWebClient(service, { id: 'offline-app', scopes });
      const page = await visit({ scope }, id);
      expect(pageOf(page)).toBe('consent');
      expect(page.text).toContain('Keep this access while you are away');
      expect(await codeOf(service, await allow(page))).toMatchObject({ scope });
      expect(await codeOf(service, await visit({ scope, prompt: 'none' }, id))).toMatchObject({
        scope,
      });
    });

    test('is asked of who allowed less before, and not granted in silence', async () => {
      const id = await addWebClient(service, { id: 'more-app', scopes });
      await codeOf(service, await allow(await visit({ scope: 'openid' }, id)));
      expect(answerOf(await visit({ scope, prompt: 'none' }, id))).toMatchObject({
        error: 'consent_required',
      });
      const page = await visit({ scope }, id);
      expect(pageOf(page)).toBe('consent');
      const refused = await browser.submit(page, { action: 'deny' });
      expect(answerOf(refused)).toMatchObject({ error: 'access_denied' });
    });

    test('comes without a page for a client of the own that asks nobody, not for one elsewhere', async () => {
      const own = { id: 'offline-own', consent: 'never', scopes } as const;
      const id = await addWebClient(service, { ...own, scopes });
      expect(await codeOf(service, await visit({ scope }, id))).toMatchObject({ scope });
      await makeDomain(service, 'away.com');
      const domains = ['mydomain.com'];
      const foreign = { ...own, id: 'offline-foreign', domain: 'away.com', domains, scopes };
      expect(pageOf(await visit({ scope }, await addWebClient(service, foreign)))).toBe('consent');
    });

    test('is dropped for who may not refresh, or does not ask for it', async () => {
      const grants: ['authorization_code'] = ['authorization_code'];
      const id = await addWebClient(service, { id: 'once-app', scopes, grants });
      for (const more of [{}, { prompt: 'consent' }])
        expect(
          await codeOf(service, await allow(await visit({ scope, ...more }, id))),
        ).toMatchObject({ scope: 'openid' });
      const asks = await addWebClient(service, { id: 'modest-app', scopes });
      expect(
        await codeOf(service, await allow(await visit({ scope: 'openid' }, asks))),
      ).toMatchObject({ scope: 'openid' });
    });

    test('is refused to a client whose list leaves it out', async () => {
      const id = await addWebClient(service, { id: 'listed-app', scopes: ['openid'] });
      expect(answerOf(await visit({ scope }, id))).toMatchObject({ error: 'invalid_scope' });
    });

    test("the token answer's scope says which it is, and a refresh may name it (RFC 6749 §5.1, §6)", async () => {
      const given = { id: 'told-app', scopes, authentication: 'none' } as const;
      const id = await addWebClient(service, { ...given, scopes });
      const answer = await allow(await visit({ scope }, id));
      const exchange = {
        grant_type: 'authorization_code',
        code: answerOf(answer)['code'] ?? '',
        client_id: id,
        redirect_uri: CALLBACK,
        code_verifier: VERIFIER,
      };
      const tokens = await service.send('POST /oauth/token', form(exchange));
      expect(tokens.body['scope']).toBe(scope);
      const refresh_token = String(tokens.body['refresh_token']);
      const refresh = { grant_type: 'refresh_token', client_id: id, refresh_token, scope };
      expect((await service.send('POST /oauth/token', form(refresh))).body['scope']).toBe(scope);
    });
  });
});

describe('a browser session is judged anew each time', () => {
  const directory = () => service.tables.directory;
  const expectSignedOut = async () => {
    expect(pageOf(await visit())).toBe('login');
    expect(answerOf(await visit({ prompt: 'none' }))).toMatchObject({ error: 'login_required' });
  };

  test('a disabled user is not signed in, and cannot sign in', async () => {
    const { id, username } = await addUser(service);
    await signIn(username);
    await setDisabled(directory(), subjectKey(id), true);
    await expectSignedOut();
    expect((await signIn(username)).status).toBe(400);
    await setDisabled(directory(), subjectKey(id), false);
    expect(pageOf(await visit())).toBe('login');
  });

  test('"sign out everywhere" ends it at once', async () => {
    const { id, username } = await addUser(service);
    await signIn(username);
    await raiseGeneration(directory(), subjectKey(id));
    await expectSignedOut();
  });

  test('so does the sign-out, and the end, of the domain', async () => {
    await makeDomain(service, 'short.com');
    const { username } = await addUser(service, { domain: 'short.com' });
    await changeClient(service, OWN, { domains: ['*'] });
    await signIn(username);
    await raiseDomain(directory(), 'short.com');
    await expectSignedOut();
    expect(pageOf(await signIn(username))).toBe('consent');
    await setDisabled(directory(), domainKey('short.com'), true);
    await expectSignedOut();
    await changeClient(service, OWN, { domains: undefined });
  });

  test('a form that was open meanwhile gets nobody in', async () => {
    const { id, username } = await addUser(service);
    await signIn(username);
    const consent = await visit({}, WEB);
    await raiseGeneration(directory(), subjectKey(id));
    expect(pageOf(await allow(consent))).toBe('login');
  });

  test('it ends by itself after BROWSER_SESSION_LIFETIME', async () => {
    await signIn();
    advance(86_399);
    await codeOf(service, await visit());
    advance(1);
    await expectSignedOut();
  });
});
