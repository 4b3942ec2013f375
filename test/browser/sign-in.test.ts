/** The sign-in forms and what they leave in the browser: cookies, sessions, attempts. */

import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { get } from '../../lib/aws/table.ts';
import { parseBrowserCookies } from '../../lib/browser/cookie.ts';
import { readCookies, setCookie } from '../../lib/http/cookies.ts';
import { hashPassword } from '../../lib/sign-in/password.ts';
import { beginAttempt, countedOf } from '../../lib/sign-in/throttle.ts';
import { replacePasswordHash } from '../../lib/store/directory/password-hash.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { readUser, type User } from '../../lib/store/directory/users.ts';
import { readAttempts } from '../../lib/store/sessions/attempts.ts';
import { sessionKey } from '../../lib/store/sessions/sessions.ts';
import { instant } from '../../lib/time.ts';
import { form } from '../support/actors/clients.ts';
import { addUser } from '../support/actors/people.ts';
import { setDisabled } from '../support/actors/switch.ts';
import {
  advance,
  bearer,
  coldStart,
  ISSUER,
  type Service,
  startService,
} from '../support/running/service.ts';
import {
  answerOf,
  type Browser,
  type Fields,
  formOf,
  openBrowser,
  pageOf,
} from '../support/web/browser.ts';
import {
  addWebClient,
  changeClient,
  codeOf,
  cookieOf,
  cookiesOf,
  requestOf,
  sessionOf,
} from '../support/web/sign-in.ts';

let service: Service;
let browser: Browser;
const WEB = 'web-app';
const OWN = 'own-app';
const SESSION = '__Host-latchkey';
const FORM = '__Host-latchkey-form';
const DEVICE = '__Host-latchkey-device';

beforeAll(async () => {
  service = await startService();
  await addWebClient(service, { id: WEB });
  await addWebClient(service, { id: OWN, consent: 'never' });
});
afterAll(() => service.stop());
beforeEach(() => {
  browser = openBrowser(service);
  // Each test starts in a window of its own: what others have mistyped does not count.
  advance(900);
});

const visit = (more: Fields = {}, client = OWN) => browser.authorize(requestOf(client, more));
const signIn = async (username?: string) => browser.login(await visit(), username);
const again = (page: Awaited<ReturnType<typeof visit>>, change: Fields) =>
  browser.submit(page, { username: '200@mydomain.com', password: 'secret', ...change });

describe('the cookies', () => {
  const attributes = 'Path=/; Max-Age=NUMBER; HttpOnly; SameSite=Lax; Secure';
  const shape = (cookie: string | undefined) =>
    cookie?.replace(/=[^;]+/, '').replace(/Max-Age=\d+/, 'Max-Age=NUMBER');

  test('of an https issuer are __Host-, Secure, HttpOnly and SameSite=Lax (RFC 6265bis)', async () => {
    const page = await visit();
    expect(page.cookies.map(shape)).toEqual([`${FORM}; ${attributes}`]);
    const answer = await browser.login(page);
    expect(answer.cookies.map(shape)).toEqual([
      `${SESSION}; ${attributes}`,
      `${DEVICE}; ${attributes}`,
    ]);
    expect(answer.cookies[0]).toContain('Max-Age=86400');
  });

  test('of an http issuer, which is loopback, go without the prefix and Secure', () => {
    const cookie = { value: 'v', maxAge: 1 };
    expect(setCookie('http://127.0.0.1:3000', 'latchkey', cookie)).toBe(
      'latchkey=v; Path=/; Max-Age=1; HttpOnly; SameSite=Lax',
    );
  });

  test('the secret in it is kept as a hash, and no other token is made of it', async () => {
    await signIn();
    const { secret = '', name } = cookieOf(browser) ?? {};
    const item = await sessionOf(service, browser);
    expect(item).toMatchObject({ kind: 'browser', client: 'latchkey', ip: '192.0.2.1' });
    expect(JSON.stringify(item)).not.toContain(secret);
    expect(secret).toMatch(/^[0-9A-Za-z]{43}$/);
    const stolen = { authorization: `Bearer ${name?.subject}.${name?.key}.${secret}` };
    expect((await service.send('GET /user', { headers: stolen })).status).toBe(401);
  });

  test.each<[string, (value: string) => string]>([
    ['another secret', (value) => value.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['no secret', (value) => value.replace(/\.[^.]+$/, '.')],
    ['another session', (value) => value.replace(/\.[0-9a-f]{8}/, '.00000000')],
    ['another user', (value) => value.replace(/^[0-9a-f]{24}/, '0'.repeat(24))],
    ['an item that is no session', () => `domain#mydomain.com.domain.${'A'.repeat(43)}`],
    ['text in front of it', (value) => `x${value}`],
    ['100 KB', (value) => value + 'A'.repeat(100_000)],
    ['nothing in it', () => ''],
  ])('one with %s signs nobody in', async (_case, change) => {
    await signIn();
    browser.jar.set(SESSION, change(browser.jar.get(SESSION) ?? ''));
    expect(pageOf(await visit())).toBe('login');
  });

  test('one that was sent twice is none', async () => {
    await signIn();
    const cookie = `${SESSION}=${browser.jar.get(SESSION)}`;
    const query = new URLSearchParams(requestOf(OWN)).toString();
    for (const cookies of [
      [cookie, `${SESSION}=x`],
      [`${SESSION}=x`, cookie],
    ])
      expect(pageOf(await service.send('GET /oauth/authorize', { query, cookies }))).toBe('login');
  });

  test('one whose name has other white space in front is another one, which a subdomain could set', async () => {
    await signIn();
    const cookie = `${SESSION}=${browser.jar.get(SESSION)}`;
    const query = new URLSearchParams(requestOf(OWN)).toString();
    const ask = async (...cookies: string[]) =>
      pageOf(await service.send('GET /oauth/authorize', { query, cookies }));
    const signedIn = await ask(cookie);
    expect(signedIn).not.toBe('login');
    for (const space of ['\u00a0', '\u2000', '\u2028', '\ufeff', '\v', '\0']) {
      expect(await ask(`${space}${cookie}`)).toBe('login');
      expect(await ask(cookie, `${space}${SESSION}=x`)).toBe(signedIn);
    }
  });

  test("a grant's session is no browser session, whatever a cookie says", async () => {
    const { key } = await service.login('200@mydomain.com');
    await signIn();
    const { secret = '', name } = cookieOf(browser) ?? {};
    browser.jar.set(SESSION, `${name?.subject}.${key}.${secret}`);
    expect(pageOf(await visit())).toBe('login');
  });

  test('whatever is sent as cookies is read without a fault', () =>
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (cookies) => {
        for (const value of readCookies(cookies).values()) parseBrowserCookies(value);
      }),
    ));
});

describe('a sign-in', () => {
  test('of the same user goes on with the session, under a new secret (OWASP)', async () => {
    await signIn();
    const before = cookieOf(browser);
    const old = openBrowser(service);
    old.jar.set(SESSION, browser.jar.get(SESSION) ?? '');
    advance(10);
    await browser.login(await visit({ prompt: 'login' }));
    const after = cookieOf(browser);
    expect(after?.name).toEqual(before?.name);
    expect(after?.secret).not.toBe(before?.secret);
    expect(await sessionOf(service, browser)).toMatchObject({ authTime: Date.now() / 1000 });
    expect(pageOf(await old.authorize(requestOf(OWN)))).toBe('login');
  });

  test('of a sixth user ends the session that was not used for longest, and what was granted within it', async () => {
    await signIn();
    const before = cookieOf(browser);
    for (let others = 1; others <= 5; others++) {
      expect(before && (await get(service.tables.sessions, sessionKey(before.name)))).toBeDefined();
      const { username } = await addUser(service);
      await browser.login(await visit({ prompt: 'login' }), username);
      expect(cookiesOf(browser)).toHaveLength(Math.min(others + 1, 5));
    }
    expect(cookiesOf(browser).map(({ name }) => name)).not.toContainEqual(before?.name);
    const ended = before && (await get(service.tables.sessions, sessionKey(before.name)));
    expect(ended).toBeUndefined();
    // And the clients of the first are told, by way of the queue (Back-Channel Logout 1.0).
    await service.readEvents();
    const sent = service.queue.requests.filter(({ body }) =>
      String(body['QueueUrl']).endsWith('/logouts'),
    );
    expect(JSON.stringify(sent)).toContain(String(before?.name.subject));
  });

  test('with a wrong password: the page again, with the name and no password', async () => {
    const page = await browser.login(await visit(), '200@mydomain.com', 'wrong password');
    expect([page.status, pageOf(page)]).toEqual([400, 'login']);
    expect(page.text).toContain('The username or the password is not right.');
    expect(page.text).toContain('value="200@mydomain.com"');
    expect(page.text).not.toContain('wrong password');
    // As somebody whom it does not know yet: not as if it were known who that is.
    expect(page.text).toContain('<h1>Sign in</h1>');
    await codeOf(service, await browser.login(page));
  });

  test('an unknown user, a wrong password and a disabled user read the same', async () => {
    const { id, username } = await addUser(service);
    await setDisabled(service.tables.directory, subjectKey(id), true);
    const answers = [
      await browser.login(await visit(), username),
      await browser.login(await visit(), '200@mydomain.com', 'wrong'),
      await browser.login(await visit(), 'nobody', 'wrong'),
      await browser.login(await visit(), '\0\r\n"<script>', 'wrong'),
    ];
    const texts = answers.map(({ text }) => text.replaceAll(/value="[^"]*"/g, ''));
    expect(new Set(texts).size).toBe(1);
    expect(answers.at(-1)?.text).not.toContain('"<script>');
  });

  test.each([
    ['name', { username: '' }],
    ['password', { password: '' }],
  ])('without a %s: the page again, and nothing is looked up', async (_case, change) => {
    const page = await again(await visit(), change);
    expect([page.status, pageOf(page)]).toEqual([400, 'login']);
    expect(page.text).toContain('Enter your username and your password.');
  });

  test.each([
    ['a name of 60 KB', { username: 'x'.repeat(60_000) }],
    ['a password of 50 KB', { password: 'x'.repeat(50_000) }],
    ['a name beyond ASCII', { username: 'žluťoučký 🐎' }],
    ['lone surrogates', { username: '\ud800', password: '\udfff' }],
  ])('with %s is refused like any other', async (_case, change) => {
    expect((await again(await visit(), change)).status).toBe(400);
  });

  test('makes a hash of lower cost anew, and the password still works', async () => {
    const { id, username } = await addUser(service);
    const cheap = await hashPassword('secret', { memory: 1024, passes: 1, parallelism: 1 });
    const { directory } = service.tables;
    await replacePasswordHash(directory, (await readUser(directory, id)) as User, cheap);
    expect((await signIn(username)).status).toBe(303);
    const { passwordHash } = (await readUser(directory, id)) ?? {};
    expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    browser = openBrowser(service);
    expect((await signIn(username)).status).toBe(303);
  });

  test('works by any name of the user, in any spelling', async () => {
    const answer = await browser.login(await visit(), ' ABC@Example.COM ', 'abc321');
    await codeOf(service, answer);
  });
});

describe('the forms are ours, fresh, and of this browser (CSRF)', () => {
  const expectExpired = (answer: Awaited<ReturnType<typeof visit>>) => {
    expect([answer.status, pageOf(answer)]).toEqual([400, 'expired']);
    expect(answer.cookies).toEqual([]);
    expect(answer.text).toMatch(/href="\/oauth\/(authorize|login)\?/);
  };

  test.each([
    ['no token', { token: '' }],
    ['another token', { token: 'A'.repeat(43) }],
    ['a token beyond ASCII', { token: 'ž'.repeat(20) }],
    ['no time', { issued_at: '' }],
    ['another time', { issued_at: '1' }],
    ['a time to come', { issued_at: '9999999999' }],
    ['a time that is none', { issued_at: '1e9' }],
    ['another request', { request: 'client_id=web-app' }],
  ])('the login form with %s has expired', async (_case, change) =>
    expectExpired(await again(await visit(), change)),
  );

  test('the login form without its cookie, or with the one of another browser', async () => {
    const page = await visit();
    browser.jar.delete(FORM);
    expectExpired(await again(page, {}));
    const other = openBrowser(service);
    await other.authorize(requestOf(OWN));
    browser.jar.set(FORM, other.jar.get(FORM) ?? '');
    expectExpired(await again(page, {}));
    browser.jar.set(FORM, '');
    expectExpired(await again(page, {}));
  });

  test('an hour late; the page leads back to where it began', async () => {
    const page = await visit();
    advance(3599);
    await codeOf(service, await again(page, {}));
    advance(1);
    const expired = await again(page, {});
    expectExpired(expired);
    const [, href = ''] = /href="(\/oauth\/authorize\?[^"]*)"/.exec(expired.text) ?? [];
    await codeOf(service, await browser.go(`GET ${href.replaceAll('&amp;', '&')}`));
  });

  test('the consent and account forms are of this session: not of the one before', async () => {
    await signIn();
    const consent = await visit({}, WEB);
    const account = await visit({ prompt: 'select_account' });
    await browser.login(await visit({ prompt: 'login' }));
    expectExpired(await browser.submit(consent, { action: 'allow' }));
    expectExpired(await browser.submit(account, { action: 'continue' }));
    browser.jar.delete(SESSION);
    expectExpired(await browser.submit(consent, { action: 'allow' }));
  });

  test('a form is of one purpose: what is asked after a login is not skipped', async () => {
    await signIn();
    const account = await visit({ prompt: 'select_account' }, WEB);
    const { hidden } = formOf(account);
    const stolen = { ...hidden, action: 'allow' };
    expectExpired(await browser.go('POST /oauth/consent', form(stolen)));
    const consent = formOf(await visit({ prompt: 'consent' }, WEB)).hidden;
    expectExpired(await browser.go('POST /oauth/choose', form({ ...consent, action: 'continue' })));
    expectExpired(await browser.go('POST /oauth/login', form({ ...consent, action: 'cancel' })));
  });

  test('fields sent twice, or as anything but a form: a page', async () => {
    const { hidden } = formOf(await visit());
    const body = `${new URLSearchParams(hidden)}&username=a&username=b&password=c`;
    const urlencoded = { 'content-type': 'application/x-www-form-urlencoded' };
    const twice = await browser.go('POST /oauth/login', { headers: urlencoded, body });
    expect([twice.status, pageOf(twice)]).toEqual([400, 'error']);
    const json = { headers: { 'content-type': 'application/json' }, body: JSON.stringify(hidden) };
    for (const path of ['login', 'choose', 'consent']) {
      const answer = await browser.go(`POST /oauth/${path}`, json);
      expect([answer.status, pageOf(answer)]).toEqual([400, 'error']);
    }
  });

  test('the request in a form is checked anew: a client that ended meanwhile gets nothing', async () => {
    const id = await addWebClient(service, { id: 'short-lived', consent: 'never' });
    const page = await visit({}, id);
    await changeClient(service, id, { redirectUris: ['https://elsewhere.example/'] });
    const answer = await browser.login(page);
    expect([answer.status, pageOf(answer)]).toEqual([400, 'error']);
    expect(browser.jar.has(SESSION)).toBe(false);
  });
});

describe('twice, back, and in two tabs', () => {
  test('a login form sent twice gives two codes, one after the other and at once', async () => {
    const page = await visit();
    await codeOf(service, await browser.login(page));
    await codeOf(service, await browser.login(page));
    const answers = await Promise.all([browser.login(page), browser.login(page)]);
    for (const answer of answers) await codeOf(service, answer);
    // Whichever cookie came last, it is one that is worth something.
    for (const { cookies } of answers) {
      const cookie = cookies.find((one) => one.startsWith(`${SESSION}=`));
      browser.jar.set(SESSION, /=([^;]+)/.exec(cookie ?? '')?.[1] ?? '');
      await codeOf(service, await visit({ prompt: 'none' }));
    }
  });

  test('a consent form sent twice at once agrees once and gives two codes', async () => {
    const { username } = await addUser(service);
    const page = await browser.login(await visit({}, WEB), username);
    const send = () => browser.submit(page, { action: 'allow' });
    const codes = (await Promise.all([send(), send()])).map((answer) => answerOf(answer)['code']);
    expect(new Set(codes).size).toBe(2);
  });

  test('two tabs: the form of the first still works when the second has been opened', async () => {
    const first = await visit();
    const second = await visit({ state: 'second' });
    await codeOf(service, await browser.login(first));
    expect(answerOf(await browser.login(second))).toMatchObject({ state: 'second' });
  });

  test('back after the login: the same request again goes on without asking', async () => {
    await signIn();
    await codeOf(service, await visit());
  });
});

describe('guessing gets slow, and nobody is locked out', () => {
  const guess = async (username: string, password = 'guess') =>
    (await browser.login(await visit({ prompt: 'login' }), username, password)).status;
  const times = (count: number, of: () => Promise<number>) =>
    Array.from({ length: count }).reduce<Promise<number[]>>(
      async (before) => [...(await before), await of()],
      Promise.resolve([]),
    );

  test('five are free, then each waits twice as long as the one before', async () => {
    const { username } = await addUser(service);
    expect(await times(6, () => guess(username))).toEqual([400, 400, 400, 400, 400, 429]);
    advance(1);
    expect(await times(2, () => guess(username))).toEqual([400, 429]);
    advance(1);
    expect(await guess(username, 'secret')).toBe(429);
    advance(1);
    expect(await guess(username, 'secret')).toBe(303);
  });

  test('the page says so, and keeps the name', async () => {
    const { username } = await addUser(service);
    await times(5, () => guess(username));
    const page = await browser.login(await visit(), username);
    expect(page.text).toContain('There were too many attempts. Try again in 1 second.');
    expect(page.headers['retry-after']).toBe('1');
    expect(page.text).toContain(`value="${username}"`);
  });

  test('many at once are counted one by one: no more than five get through', async () => {
    const { username } = await addUser(service);
    const page = await visit();
    const all = Array.from({ length: 12 }, () => browser.login(page, username, 'guess'));
    const statuses = (await Promise.all(all)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 400).length).toBeLessThanOrEqual(5);
    expect(statuses.filter((status) => status !== 400 && status !== 429 && status !== 303)).toEqual(
      [],
    );
  });

  test('another account from the same place goes on, under any spelling of the name it does not', async () => {
    const { username } = await addUser(service);
    await times(5, () => guess(username));
    expect(await guess(` ${username.toUpperCase()} `)).toBe(429);
    expect(await guess('200@mydomain.com', 'secret')).toBe(303);
  });

  test('right ones do not count, and neither does what was mistyped a quarter of an hour ago', async () => {
    const { username } = await addUser(service);
    expect(await times(6, () => guess(username, 'secret'))).toEqual(Array(6).fill(303));
    await times(5, () => guess(username));
    advance(900);
    expect(await guess(username)).toBe(400);
  });

  const seconds = () => Date.now() / 1000;
  const attempt = async (username: string, ip: string) => {
    const { sessions } = service.tables;
    const [tried, now] = [{ username, ip }, instant(seconds())];
    const seen = await readAttempts(sessions, countedOf(tried), now);
    return beginAttempt(sessions, tried, { isSomebody: true, seen }, now, async () => false);
  };

  test.each<[string, number, (n: number) => [string, string]]>([
    ['one account from many addresses', 50, (n) => ['victim', `198.51.100.${n}`]],
    ['many accounts from one address', 100, (n) => [`victim-${n}`, '203.0.113.9']],
  ])('%s: free for %i, then never more than 30 s to wait', async (_case, free, who) => {
    const first = await Promise.all(Array.from({ length: free }, (_, n) => attempt(...who(n))));
    expect(first.filter((begun) => 'early' in begun)).toEqual([]);
    const next = async (n: number) => !('early' in (await attempt(...who(n))));
    expect(await next(free)).toBe(false);
    for (let n = 0; n < 6; n++) {
      advance(2 ** n - 1);
      expect(await next(free + n)).toBe(n === 5);
      if (n < 5) advance(1);
      if (n < 5) expect(await next(free + n)).toBe(true);
    }
  });

  test('what is counted holds no name and no address', async () => {
    const { username } = await addUser(service);
    service.dynamodb.requests.length = 0;
    await guess(username);
    const { name } = service.tables.sessions;
    // The name itself is asked for in the directory, in the same request.
    const ofSessions = service.dynamodb.requests.map(
      ({ body }) => (body['RequestItems'] as Record<string, unknown> | undefined)?.[name] ?? body,
    );
    const keys = JSON.stringify(
      ofSessions.filter((body) => JSON.stringify(body).includes('attempts#')),
    );
    expect(keys).toContain('attempts#');
    expect(keys).not.toContain(username);
    expect(keys).not.toContain('192.0.2.1');
  });

  test('a login costs one hash and few requests', async () => {
    await signIn();
    const page = await visit({ prompt: 'login' });
    service.dynamodb.requests.length = 0;
    await codeOf(service, await browser.login(page));
    const actions = service.dynamodb.requests.map(({ action }) => action);
    expect(actions.slice(0, 8)).toEqual([
      // The client and the browser, and their domains.
      'BatchGetItem',
      'BatchGetItem',
      // The name, and that nobody has to wait; then it counts: at once.
      'BatchGetItem',
      'UpdateItem',
      'UpdateItem',
      'UpdateItem',
      // The user, their domain and roles.
      'GetItem',
      'BatchGetItem',
    ]);
    // In which browsers the user has signed in before: this one is noted for today.
    expect(actions[8]).toBe('GetItem');
    // The session, and that the attempt was none: at once; then the code.
    const writes = ['TransactWriteItems', ...Array(3).fill('UpdateItem')];
    expect(actions.slice(9, 13).sort()).toEqual(writes);
    expect(actions.slice(13)).toEqual(['PutItem']);
  });
});

describe('a page of our own, opened in a browser', () => {
  const PAGES = ['/user', '/api/v2/whoami', '/api/v1/authenticate/user'];

  const fetched = (site: string, mode: string, dest: string): Fields => ({
    'sec-fetch-site': site,
    'sec-fetch-mode': mode,
    'sec-fetch-dest': dest,
  });

  test.each<[string, Fields]>([
    ['a browser that says so', fetched('none', 'navigate', 'document')],
    ["a program on Node's fetch", { 'sec-fetch-mode': 'cors' }],
  ])('also in %s', async (_case, headers) => {
    const sent = await browser.go('GET /user', { headers });
    expect(sent.headers['location']).toContain('/oauth/login?return_to=');
    await signIn();
    expect((await browser.go('GET /user', { headers })).status).toBe(200);
  });

  test.each(PAGES)('GET %s leads to the login and back, signed in', async (path) => {
    const sent = await browser.go(`GET ${path}`);
    expect(sent.status).toBe(303);
    const { origin, pathname, search } = new URL(sent.headers['location'] ?? '');
    expect(origin + pathname).toBe(`${ISSUER}/oauth/login`);
    const login = await browser.go(`GET ${pathname}${search}`);
    expect([login.status, pageOf(login)]).toEqual([200, 'login']);
    expect(login.text).not.toContain('login-cancel');
    const wrong = await browser.login(login, '200@mydomain.com', 'wrong');
    expect([wrong.status, pageOf(wrong)]).toEqual([400, 'login']);
    const back = await browser.login(wrong);
    expect([back.status, back.headers['location']]).toEqual([303, ISSUER + path]);
    const answer = await browser.go(`GET ${path}`);
    expect(answer.status).toBe(200);
    expect(JSON.stringify(answer.body)).toContain('mydomain.com');
    // Whoever is signed in already is not asked again.
    expect((await browser.go(`GET ${pathname}${search}`)).headers['location']).toBe(ISSUER + path);
  });

  test.each<[string, Fields]>([
    ['does not accept text/html', { accept: 'application/json' }],
    ['accepts anything, as curl does', { accept: '*/*' }],
    ['is a script of a page (Fetch Metadata)', fetched('same-origin', 'cors', 'empty')],
    ['is an image', fetched('same-site', 'no-cors', 'image')],
    ['is a frame', fetched('cross-site', 'navigate', 'iframe')],
    ['has a token that is not valid', { authorization: 'Bearer nonsense' }],
    ['has half a credential', { 'x-access-token': 'nonsense' }],
  ])('a caller that %s gets 401, with a cookie too', async (_case, headers) => {
    const expectRefused = async () => {
      for (const path of PAGES)
        expect((await browser.go(`GET ${path}`, { headers })).status).toBe(401);
    };
    await expectRefused();
    await signIn();
    await expectRefused();
  });

  test('the cookie opens nothing else: no other page, and no change', async () => {
    await signIn();
    const body = JSON.stringify({ oldPassword: 'secret', newPassword: 'another-secret' });
    const json = { headers: { 'content-type': 'application/json' }, body };
    const answers = [
      await browser.go('POST /user/change-password', json),
      await browser.go('GET /users'),
      await browser.go('GET /api/v2/acl/roles'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401]);
  });

  test('a session that has ended leads to the login again', async () => {
    await signIn();
    const { name } = cookieOf(browser) ?? {};
    expect((await browser.go('GET /user')).status).toBe(200);
    advance(86_400);
    expect((await browser.go('GET /user')).status).toBe(303);
    expect(name).toBeDefined();
  });

  test('a token works as before, in a browser too', async () => {
    const credential = await service.login('200@mydomain.com');
    expect((await browser.go('GET /user', { headers: bearer(credential) })).status).toBe(200);
  });

  test.each([
    'https://evil.example/',
    '//evil.example',
    '/user/../evil',
    '/users',
    '/user?x=1',
    '/user#x',
    '\\\\evil.example',
    'javascript:alert(1)',
    '/oauth/authorize',
    '',
  ])('nobody is led back to %s', async (return_to) => {
    const answer = await browser.go(`GET /oauth/login?${new URLSearchParams({ return_to })}`);
    expect([answer.status, pageOf(answer)]).toEqual([400, 'error']);
    expect(answer.headers).not.toHaveProperty('location');
  });

  test('nor to two places, nor anywhere from a form whose request was changed', async () => {
    const twice = await browser.go('GET /oauth/login?return_to=/user&return_to=//evil.example');
    expect(twice.status).toBe(400);
    const login = await browser.go('GET /oauth/login?return_to=/user');
    const request = 'return_to=https%3A%2F%2Fevil.example';
    const answer = await again(login, { request });
    expect(answer.status).toBe(400);
    expect(answer.headers).not.toHaveProperty('location');
    expect(answer.text).not.toContain('evil');
  });
});

test('another deployment takes neither the cookies nor the forms of this one', async () => {
  const page = await visit();
  await signIn();
  process.env['ISSUER'] = 'https://other.example.com';
  const elsewhere = openBrowser(await coldStart());
  process.env['ISSUER'] = ISSUER;
  for (const [name, value] of browser.jar) elsewhere.jar.set(name, value);
  const answer = await elsewhere.submit(page, { username: '200@mydomain.com', password: 'secret' });
  expect(pageOf(answer)).toBe('expired');
});
