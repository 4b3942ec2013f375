/** Signing a browser out: GET and POST /session/end, and the form in between. */

import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkLogout, type LogoutServices } from '../../../lib/oauth/logout/check.ts';
import { instant } from '../../../lib/time.ts';
import { signIdToken } from '../../../lib/tokens/id-token.ts';
import { form } from '../../support/actors/clients.ts';
import { VERIFIER } from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { denied } from '../../support/running/proxy.ts';
import {
  type Answer,
  advance,
  ISSUER,
  type Service,
  startService,
} from '../../support/running/service.ts';
import {
  type Browser,
  type Fields,
  linkOf,
  openBrowser,
  pageOf,
} from '../../support/web/browser.ts';
import {
  addWebClient,
  changeClient,
  cookieOf,
  requestOf,
  sessionOf,
} from '../../support/web/sign-in.ts';

const BYE = 'https://app.example.com/bye';
const WITH_QUERY = 'https://app.example.com/bye?tenant=7';
const STATE = 'a~b/c d"<>&+%'.repeat(10);

let service: Service;
let browser: Browser;
const OWN = 'own-app';

beforeAll(async () => {
  service = await startService();
  const postLogoutRedirectUris = [BYE, WITH_QUERY];
  await addWebClient(service, { id: OWN, consent: 'never', postLogoutRedirectUris });
  await addWebClient(service, { id: 'other-app', postLogoutRedirectUris: ['https://o.example/'] });
  await changeClient(service, OWN, { authentication: 'none' });
});
afterAll(() => service.stop());
beforeEach(() => {
  browser = openBrowser(service);
});

const end = (parameters: Fields = {}) =>
  browser.go(`GET /session/end?${new URLSearchParams(parameters)}`);
const answerTo = (page: Answer, action: string) => browser.submit(page, { action });

/** @returns The tokens of a grant that the browser's user has given. */
async function signIn(username = '200@mydomain.com') {
  const login = await browser.authorize(requestOf(OWN));
  const answer = pageOf(login) === 'login' ? await browser.login(login, username) : login;
  const code = new URL(String(answer.headers['location'])).searchParams.get('code') ?? '';
  const tokens = await service.send(
    'POST /oauth/token',
    form({
      grant_type: 'authorization_code',
      code,
      client_id: OWN,
      redirect_uri: requestOf(OWN)['redirect_uri'] ?? '',
      code_verifier: VERIFIER,
    }),
  );
  expect(tokens.status, JSON.stringify(tokens.body)).toBe(200);
  return { id: String(tokens.body['id_token']), access: String(tokens.body['access_token']) };
}
let stays: { browser: Browser; tokens: Awaited<ReturnType<typeof signIn>> } | undefined;
/** The same sign-in each time, for what is to leave it as it is. */
async function staySignedIn() {
  stays ??= { browser, tokens: await signIn() };
  browser = stays.browser;
  return stays.tokens;
}
const userinfo = async (token: string) =>
  (await service.send('GET /oauth/userinfo', { headers: { authorization: `Bearer ${token}` } }))
    .status;
/** What `prompt=none` gets. */
async function silently(): Promise<string> {
  const answer = await browser.authorize(requestOf(OWN, { prompt: 'none' }));
  const { searchParams } = new URL(String(answer.headers['location']));
  return searchParams.get('error') ?? (searchParams.has('code') ? 'code' : 'nothing');
}
const isQuestion = ({ text }: Answer) => text.includes('id="logout-yes"');

/** A person comes from a client's page, as a browser says. */
const FROM_ELSEWHERE = {
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
};

describe('with a hint, a URI and a state', () => {
  test('the user is asked, then led back with the state alone (RP-Initiated Logout §2, §3)', async () => {
    const { id, access } = await signIn();
    const page = await end({ id_token_hint: id, post_logout_redirect_uri: BYE, state: STATE });
    expect(page.status).toBe(200);
    expect(isQuestion(page)).toBe(true);
    expect(await silently()).toBe('code');
    expect(await userinfo(access)).toBe(200);

    const answer = await answerTo(page, 'yes');
    expect(answer.status).toBe(303);
    const location = new URL(String(answer.headers['location']));
    expect(location.origin + location.pathname).toBe(BYE);
    expect([...location.searchParams]).toEqual([['state', STATE]]);
    expect(browser.jar.has('__Host-latchkey')).toBe(false);
    expect(await silently()).toBe('login_required');
    expect(await userinfo(access)).toBe(401);
  });

  test('the page leads only to the client, holds no token, and is kept by no cache', async () => {
    const { id } = await signIn();
    const page = await end({ id_token_hint: id, post_logout_redirect_uri: BYE });
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.headers['content-security-policy']).not.toContain('form-action');
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.text).not.toContain(id);
    expect(page.text).not.toContain(String(cookieOf(browser)?.secret));
  });

  test('no state in, no state out; a registered query stays as it is', async () => {
    const { id } = await signIn();
    const page = await end({ id_token_hint: id, post_logout_redirect_uri: BYE });
    expect((await answerTo(page, 'yes')).headers['location']).toBe(BYE);
    const { id: again } = await signIn();
    const parameters = { post_logout_redirect_uri: WITH_QUERY, state: 'x' };
    const led = await answerTo(await end({ id_token_hint: again, ...parameters }), 'yes');
    expect(led.headers['location']).toBe(`${WITH_QUERY}&state=x`);
  });

  test('a hint that has expired counts', async () => {
    const { id } = await signIn();
    advance(4000);
    const page = await end({ id_token_hint: id, post_logout_redirect_uri: BYE });
    expect(isQuestion(page)).toBe(true);
    advance(-4000);
  });

  test('client_id says the same as a hint', async () => {
    await signIn();
    const page = await end({ client_id: OWN, post_logout_redirect_uri: BYE, state: 's' });
    expect((await answerTo(page, 'yes')).headers['location']).toBe(`${BYE}?state=s`);
  });

  test('A13: whoever is not signed in finds a link back, and is not led there (RFC 9700 §4.11.2)', async () => {
    const { id } = await signIn();
    browser = openBrowser(service);
    const back = { post_logout_redirect_uri: BYE, state: 's' };
    for (const who of [{ id_token_hint: id }, { client_id: OWN }]) {
      const answer = await end({ ...who, ...back });
      expect([answer.status, answer.headers['location']]).toEqual([200, undefined]);
      expect(answer.text).toContain('You are signed out');
      expect(linkOf(answer, 'return')).toBe(`${BYE}?state=s`);
      expect(answer.text).not.toMatch(/<script|http-equiv/);
    }
  });
});

describe('F12: a program on the own machine listens on any port (RFC 8252 §7.3)', () => {
  const LOCAL = ['http://127.0.0.1:9999/bye', 'http://[::1]/bye?a=1', 'http://localhost:1/'];
  const at = (uri: string) =>
    openBrowser(service).go(
      `GET /session/end?${new URLSearchParams({ client_id: 'local-app', post_logout_redirect_uri: uri, state: 's' })}`,
    );
  beforeAll(() =>
    addWebClient(service, {
      id: 'local-app',
      postLogoutRedirectUris: [...LOCAL, 'https://127.0.0.1:9999/tls'],
    }),
  );

  test.each([
    'http://127.0.0.1:9999/bye',
    'http://127.0.0.1:8080/bye',
    'http://127.0.0.1/bye',
    'http://[::1]:65535/bye?a=1',
    'http://localhost:3000/',
  ])('to %s', async (uri) => {
    const page = await at(uri);
    const joint = uri.includes('?') ? '&' : '?';
    expect([page.status, linkOf(page, 'return')]).toEqual([200, `${uri}${joint}state=s`]);
  });

  test.each([
    'http://127.0.0.1:0/bye',
    'http://127.0.0.1:65536/bye',
    'http://127.0.0.1:/bye',
    'http://127.0.0.1:8080/bye/',
    'http://127.0.0.1:8080/bye?x',
    'http://127.0.0.1:8080@evil.example/bye',
    'http://127.0.0.1.evil.example:8080/bye',
    'http://127.0.0.2:8080/bye',
    'http://localhost:8080/bye',
    'http://[::1]:8080/bye',
    'https://127.0.0.1:8080/bye',
    'https://127.0.0.1:8080/tls',
    'http://127.0.0.1:8080\\@evil.example/bye',
  ])('not to %s', async (uri) => {
    const answer = await at(uri);
    expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
  });
});

describe('without a place to return to', () => {
  test.each<[string, Fields]>([
    ['no parameter', {}],
    ['only a state', { state: STATE }],
    ['only a client', { client_id: OWN }],
    ['an unknown parameter', { logout_hint: 'x', foo: 'bar' }],
  ])('%s: the user is asked and told that it is done', async (_case, parameters) => {
    await signIn();
    const answer = await answerTo(await end(parameters), 'yes');
    expect([answer.status, answer.headers['location']]).toEqual([200, undefined]);
    expect(answer.text).toContain('You are signed out');
    expect(await silently()).toBe('login_required');
  });

  test('a hint alone', async () => {
    const { id } = await signIn();
    const answer = await answerTo(await end({ id_token_hint: id }), 'yes');
    expect(answer.text).toContain('You are signed out');
  });

  test('whoever is not signed in still ends on a page, in their language', async () => {
    const answer = await end({ ui_locales: 'cs' });
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('Jste odhlášeni');
  });
});

describe('never a redirect, and nobody signed out, for', () => {
  const cases: [string, (id: string) => Promise<Fields> | Fields][] = [
    [
      'an unregistered URI',
      (id) => ({ id_token_hint: id, post_logout_redirect_uri: 'https://evil.example/' }),
    ],
    ['a query added', (id) => ({ id_token_hint: id, post_logout_redirect_uri: `${BYE}?foo=bar` })],
    ['a path below', (id) => ({ id_token_hint: id, post_logout_redirect_uri: `${BYE}/x` })],
    ['a path beside', (id) => ({ id_token_hint: id, post_logout_redirect_uri: `${BYE}bye` })],
    [
      'dots',
      (id) => ({ id_token_hint: id, post_logout_redirect_uri: 'https://app.example.com/x/../bye' }),
    ],
    ['a fragment', (id) => ({ id_token_hint: id, post_logout_redirect_uri: `${BYE}#x` })],
    [
      'a default port',
      (id) => ({ id_token_hint: id, post_logout_redirect_uri: 'https://app.example.com:443/bye' }),
    ],
    [
      'upper case',
      (id) => ({ id_token_hint: id, post_logout_redirect_uri: 'https://APP.example.com/bye' }),
    ],
    [
      'another host behind a user',
      (id) => ({
        id_token_hint: id,
        post_logout_redirect_uri: 'https://app.example.com@evil.example/bye',
      }),
    ],
    ['a script', (id) => ({ id_token_hint: id, post_logout_redirect_uri: 'javascript:alert(1)' })],
    [
      "another client's URI",
      (id) => ({ id_token_hint: id, post_logout_redirect_uri: 'https://o.example/' }),
    ],
    [
      'a redirect URI of the sign-in',
      (id) => ({
        id_token_hint: id,
        post_logout_redirect_uri: requestOf(OWN)['redirect_uri'] ?? '',
      }),
    ],
    ['a URI without hint and client', () => ({ post_logout_redirect_uri: BYE })],
    ['an unknown client', () => ({ client_id: 'nobody', post_logout_redirect_uri: BYE })],
    ['an unknown client without URI', () => ({ client_id: 'nobody' })],
    [
      'a hint of another client than client_id',
      (id) => ({ id_token_hint: id, client_id: 'other-app' }),
    ],
    ['an access token as hint', () => ({ id_token_hint: '', access: 'yes' })],
    [
      'a hint with alg none',
      (id) => ({ id_token_hint: unsigned(id), post_logout_redirect_uri: BYE }),
    ],
    [
      'a hint that was changed',
      (id) => ({ id_token_hint: changed(id), post_logout_redirect_uri: BYE }),
    ],
    [
      'a hint of another issuer',
      async () => ({ id_token_hint: await foreign(), post_logout_redirect_uri: BYE }),
    ],
    ['a hint that is no token', () => ({ id_token_hint: 'x'.repeat(9000) })],
  ];
  test.each(cases)('%s', async (_case, parametersFor) => {
    const { id, access } = await staySignedIn();
    const { access: wanted, ...parameters } = await parametersFor(id);
    const answer = await end(wanted ? { ...parameters, id_token_hint: access } : parameters);
    expect(answer.status).toBe(400);
    expect(answer.headers['location']).toBeUndefined();
    expect(pageOf(answer)).toBe('error');
    expect(await silently()).toBe('code');
  });

  test.each(['state', 'post_logout_redirect_uri', 'client_id', 'id_token_hint'])(
    '%s sent twice',
    async (name) => {
      await staySignedIn();
      const parameters: [string, string][] = [
        ['client_id', OWN],
        ['post_logout_redirect_uri', BYE],
        ['state', 's'],
      ];
      const twice = new URLSearchParams([...parameters, [name, 'x'], [name, 'x']]);
      const answer = await browser.go(`GET /session/end?${twice}`);
      expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
    },
  );

  test('a client that is switched off', async () => {
    await addWebClient(service, { id: 'off-app', postLogoutRedirectUris: [BYE] });
    await changeClient(service, 'off-app', { disabled: true });
    const answer = await end({ client_id: 'off-app', post_logout_redirect_uri: BYE });
    expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
  });

  test('whatever else is asked for: only the registered ones, to the letter', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.webUrl(),
          fc
            .constantFrom(BYE, WITH_QUERY)
            .chain((uri) => fc.string({ minLength: 1 }).map((end) => uri + end)),
          fc.string(),
        ),
        async (uri) => {
          fc.pre(![BYE, WITH_QUERY, ''].includes(uri));
          const answer = await end({ client_id: OWN, post_logout_redirect_uri: uri });
          expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
        },
      ),
      { numRuns: 40 },
    ));
});

describe('the form', () => {
  test('no: the user stays signed in, and goes back', async () => {
    const { id } = await signIn();
    const page = await end({ id_token_hint: id, post_logout_redirect_uri: BYE, state: 's' });
    expect((await answerTo(page, 'no')).headers['location']).toBe(`${BYE}?state=s`);
    expect(await silently()).toBe('code');
    const alone = await answerTo(await end(), 'no');
    expect(alone.text).toContain('You are still signed in');
  });

  test.each(['maybe', ''])('another answer, "%s", is none', async (action) => {
    await staySignedIn();
    expect((await answerTo(await end(), action)).status).toBe(400);
    expect(await silently()).toBe('code');
  });

  test('posted twice ends where it would have ended', async () => {
    const { id } = await signIn();
    const page = await end({ id_token_hint: id, post_logout_redirect_uri: BYE });
    const jar = new Map(browser.jar);
    const first = await answerTo(page, 'yes');
    for (const [name, value] of jar) browser.jar.set(name, value);
    const second = await answerTo(page, 'yes');
    expect([first, second].map(({ headers }) => headers['location'])).toEqual([BYE, BYE]);
    // Without the cookie nobody knows any more whose form it was.
    const third = await answerTo(page, 'yes');
    expect([third.status, pageOf(third)]).toEqual([400, 'expired']);
  });

  test('an hour late is expired, and starts again', async () => {
    await signIn();
    const page = await end({ client_id: OWN, post_logout_redirect_uri: BYE, state: 'a b' });
    advance(3600);
    const answer = await answerTo(page, 'yes');
    expect([answer.status, pageOf(answer)]).toEqual([400, 'expired']);
    const [, link = ''] = /id="restart" href="([^"]+)"/.exec(answer.text) ?? [];
    expect(isQuestion(await browser.go(`GET ${link.replaceAll('&amp;', '&')}`))).toBe(true);
    advance(-3600);
  });

  test.each<[string, Fields]>([
    ['without a token', { token: '' }],
    ['with a token of another form', { token: 'A'.repeat(43) }],
    ['with another time', { issued_at: '1' }],
    ['for another request', { request: `client_id=${OWN}` }],
  ])('%s signs nobody out (CSRF)', async (_case, fields) => {
    await staySignedIn();
    const answer = await browser.submit(await end(), { action: 'yes', ...fields });
    expect([answer.status, pageOf(answer)]).toEqual([400, 'expired']);
    expect(await silently()).toBe('code');
  });

  test('of another browser signs nobody out', async () => {
    await signIn();
    const page = await end();
    const victim = browser;
    browser = openBrowser(service);
    await signIn();
    expect(pageOf(await answerTo(page, 'yes'))).toBe('expired');
    expect(await sessionOf(service, victim)).toBeDefined();
    expect(await silently()).toBe('code');
  });

  test('of the consent page is none of the logout page', async () => {
    await staySignedIn();
    await addWebClient(service, { id: 'asking-app' });
    const consent = await browser.authorize(requestOf('asking-app', { scope: 'openid email' }));
    expect(pageOf(consent)).toBe('consent');
    const { hidden } = (await import('../../support/web/browser.ts')).formOf(consent);
    const answer = await browser.go(
      'POST /session/end/confirm',
      form({ ...hidden, action: 'yes' }),
    );
    expect([answer.status, answer.headers['location']]).toEqual([400, undefined]);
    expect(await silently()).toBe('code');
  });

  test('a cookie with a wrong secret signs nobody out', async () => {
    await staySignedIn();
    const { name } = cookieOf(browser) ?? { name: { subject: '', key: '' } };
    const mallory = openBrowser(service);
    const secret = 'x'.repeat(43);
    mallory.jar.set('__Host-latchkey', `${name.subject}.${name.key}.${secret}`);
    const { formToken } = await import('../../../lib/browser/form-token.ts');
    const issuedAt = Math.floor(Date.now() / 1000);
    const context = { issuer: ISSUER, key: secret, purpose: 'logout', request: '' } as const;
    const fields = {
      request: '',
      token: formToken(context, instant(issuedAt)),
      issued_at: String(issuedAt),
    };
    const answer = await mallory.go(
      'POST /session/end/confirm',
      form({ ...fields, action: 'yes' }),
    );
    expect(answer.status).toBe(200);
    expect(await silently()).toBe('code');
  });

  test('only a form, and only by POST', async () => {
    const json = { headers: { 'content-type': 'application/json' }, body: '{"action":"yes"}' };
    expect((await browser.go('POST /session/end/confirm', json)).status).toBe(400);
    expect((await browser.go('POST /session/end', json)).status).toBe(400);
    expect((await browser.go('GET /session/end/confirm')).status).toBe(405);
  });
});

describe('by POST', () => {
  const posting = (fields: Fields, headers: Fields = {}) =>
    browser.go('POST /session/end', form(fields, headers));

  test('the same page', async () => {
    const { id } = await signIn();
    const page = await posting({ id_token_hint: id, post_logout_redirect_uri: BYE, state: 's' });
    expect((await answerTo(page, 'yes')).headers['location']).toBe(`${BYE}?state=s`);
  });

  test("from a client's page, whose form carries no cookie of ours: by GET, and without the hint", async () => {
    const { id } = await signIn();
    const logout_hint = cookieOf(browser)?.name.subject;
    const fields = { id_token_hint: id, post_logout_redirect_uri: BYE, state: 's' };
    const answer = await posting(fields, FROM_ELSEWHERE);
    expect(answer.status).toBe(303);
    const { pathname, searchParams } = new URL(String(answer.headers['location']));
    expect([pathname, Object.fromEntries(searchParams)]).toEqual([
      '/session/end',
      { client_id: OWN, post_logout_redirect_uri: BYE, state: 's', logout_hint },
    ]);
  });

  test.each<[string, Fields, Fields]>([
    ['too long for that', { ui_locales: 'x'.repeat(7000) }, FROM_ELSEWHERE],
    ['from a browser that does not say where it comes from', {}, {}],
  ])('from another site, %s: takes no cookie away (CSRF)', async (_case, sent, headers) => {
    const { cookies } = await service.send('POST /session/end', form(sent, headers));
    expect(cookies).toEqual([]);
  });

  test('a state that fits no redirect is a page', async () => {
    const sent = { client_id: OWN, post_logout_redirect_uri: BYE, state: 'x'.repeat(20_000) };
    const answer = await service.send('POST /session/end', form(sent));
    expect([answer.status, pageOf(answer)]).toEqual([400, 'error']);
  });
});

describe('a request that travels on', () => {
  const services = {} as LogoutServices;
  const checked = (sent: Fields) => checkLogout(services, new URLSearchParams(sent));
  const state = (length: number) => ({ state: 'x'.repeat(length - 'state='.length) });

  test('fits a link of ours', async () => {
    expect((await checked(state(5000))).request.toString()).toHaveLength(5000);
    const other = { ...state(5000), other: 'ignored' };
    expect((await checked(other)).request.toString()).toHaveLength(5000);
    await expect(checked(state(5001))).rejects.toMatchObject({
      ...{ status: 400, message: 'The logout request is too long.' },
      said: { code: 'invalid_request', rule: 'logout-request-too-long' },
    });
  });

  test.each<[string, Fields, string]>([
    ['a client that can be none', { client_id: 'a b' }, 'client-not-known'],
    [
      'a place of no client',
      { post_logout_redirect_uri: BYE },
      'post-logout-redirect-uri-unregistered',
    ],
    ['a hint that is no token', { id_token_hint: 'x' }, 'id-token-hint-invalid'],
  ])('is refused by its rule: %s', async (_case, sent, rule) =>
    expect(checked(sent)).rejects.toMatchObject({
      ...{ status: 400, message: expect.stringMatching(/^The .*\.$/) },
      said: { code: 'invalid_request', rule },
    }),
  );

  test('has what means something, as it was sent', async () => {
    const sent = { logout_hint: 'ada', other: 'x', ui_locales: 'cs', state: 's' };
    const { request, ...rest } = await checked(sent);
    expect(Object.fromEntries(request)).toEqual({
      logout_hint: 'ada',
      ui_locales: 'cs',
      state: 's',
    });
    expect(rest).toEqual({ client: undefined, returnTo: undefined, hint: 'ada' });
  });
});

describe('faults', () => {
  test('a database that refuses is a page without a word of why, and no redirect', async () => {
    await signIn();
    const page = await end({ client_id: OWN, post_logout_redirect_uri: BYE });
    service.dynamodb.inject(({ action }) =>
      ['DeleteItem', 'TransactWriteItems'].includes(action) ? denied : undefined,
    );
    const answer = await answerTo(page, 'yes');
    service.dynamodb.heal();
    expect([answer.status, pageOf(answer)]).toEqual([500, 'error']);
    expect(answer.text).not.toMatch(/DynamoDB|AccessDenied/);
    expect(browser.jar.has('__Host-latchkey')).toBe(true);
  });

  test('a user who is disabled, or signed out everywhere, is signed out here', async () => {
    const user = await addUser(service);
    await signIn(user.username);
    service.dynamodb.requests.length = 0;
    const { subjectKey } = await import('../../../lib/store/directory/subjects.ts');
    await setDisabled(service.tables.directory, subjectKey(user.id), true);
    expect((await end()).text).toContain('You are signed out');
  });
});

const unsigned = (token: string) => {
  const [, payload] = token.split('.');
  const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
  return `${header}.${payload}.`;
};
const changed = (token: string) => {
  const [header, payload = '', signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const text = JSON.stringify({ ...claims, sub: 'x' });
  return `${header}.${Buffer.from(text).toString('base64url')}.${signature}`;
};
async function foreign(): Promise<string> {
  const { readVersion } = await import('../../../lib/aws/secret.ts');
  const { parseSigningKeys } = await import('../../../lib/tokens/key-set.ts');
  const text = await readVersion(service.secret, { stage: 'AWSCURRENT' });
  const key = parseSigningKeys(text ?? '').find(({ alg }) => alg === 'RS256');
  if (!key) throw new Error('no key');
  const claims = { sub: 'x', aud: OWN, sid: 'x', iat: 0, exp: 1 };
  return signIdToken(claims, { issuer: 'https://other.example' }, key);
}
