/** Several accounts in one browser: who a request goes on with, who is asked, and who is signed out. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type BrowserCookie,
  formatBrowserCookies,
  MAX_ACCOUNTS,
  parseBrowserCookies,
} from '../../lib/browser/cookie.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { form } from '../support/actors/clients.ts';
import { addUser } from '../support/actors/people.ts';
import { setDisabled } from '../support/actors/switch.ts';
import { type Answer, type Service, startService } from '../support/running/service.ts';
import {
  answerOf,
  type Browser,
  type Fields,
  formOf,
  openBrowser,
  pageOf,
} from '../support/web/browser.ts';
import { addWebClient, codeOf, cookiesOf, requestOf, sessionOf } from '../support/web/sign-in.ts';

const ASKS = 'asks-app';
const OWN = 'own-app';
const BYE = 'https://app.example.com/bye';
const COOKIE = '__Host-latchkey';

let service: Service;
let browser: Browser;
type Person = { id: string; username: string };
let first: Person;
let second: Person;

beforeAll(async () => {
  service = await startService();
  await addWebClient(service, { id: ASKS });
  await addWebClient(service, { id: OWN, consent: 'never', postLogoutRedirectUris: [BYE] });
});
afterAll(() => service.stop());
beforeEach(async () => {
  browser = openBrowser(service);
  first = await signedIn();
  second = await signedIn();
});

const visit = (more: Fields = {}, client = OWN) => browser.authorize(requestOf(client, more));
async function signedIn(): Promise<Person> {
  const { id, username } = await addUser(service);
  await browser.login(await visit({ prompt: 'login' }), username);
  return { id, username };
}
const subjects = () => cookiesOf(browser).map(({ name }) => name.subject);
const subjectOf = async (answer: Answer) => (await codeOf(service, answer)).subject;

describe('the cookie', () => {
  const one = (digit: string): BrowserCookie => ({
    name: { subject: digit.repeat(24), key: '00000000-0000-4000-8000-000000000000' },
    secret: 'S'.repeat(43),
  });
  const all = ['a', 'b', 'c', 'd', 'e', 'f'].map(one);

  test('names each account, the one used last first', () => {
    const five = all.slice(0, MAX_ACCOUNTS);
    expect(parseBrowserCookies(formatBrowserCookies(five))).toEqual(five);
    expect(subjects()).toEqual([second.id, first.id]);
  });
  test('of one account is what it was before there were several', () =>
    expect(formatBrowserCookies([one('a')])).toMatch(/^a{24}\.[0-9a-f-]{36}\.S{43}$/));
  test.each([
    ['a sixth', formatBrowserCookies(all), 5],
    ['the same account again', formatBrowserCookies([one('a'), one('b'), one('a')]), 2],
    ['what is none', `${formatBrowserCookies([one('a')])}~x~`, 1],
    ['nothing', '', 0],
    ['only separators', '~'.repeat(4000), 0],
  ])('%s is left out', (_case, value, count) =>
    expect(parseBrowserCookies(value)).toHaveLength(count),
  );
});

describe('a client that says nothing', () => {
  test('has the user choose: nobody is taken for granted', async () => {
    const page = await visit();
    expect(pageOf(page)).toBe('account');
    expect(page.text).toContain(first.username);
    expect(page.text).toContain(second.username);
  });

  test('gets the one who was chosen, who stands first from then on', async () => {
    expect(await subjectOf(await browser.submit(await visit(), { account: first.id }))).toBe(
      first.id,
    );
    expect(subjects()).toEqual([first.id, second.id]);
  });

  test('with prompt=none gets account_selection_required (Core §3.1.2.6)', async () =>
    expect(answerOf(await visit({ prompt: 'none' }))).toMatchObject({
      error: 'account_selection_required',
      state: 'opaque',
    }));

  test('asks nothing of who is the only one that it admits', async () => {
    await setDisabled(service.tables.directory, subjectKey(second.id), true);
    expect(await subjectOf(await visit({ prompt: 'none' }))).toBe(first.id);
  });

  test('has whoever was chosen sign in again where the sign-in is too old', async () => {
    const page = await visit({ max_age: '0' });
    expect(pageOf(page)).toBe('account');
    const login = await browser.submit(page, { account: first.id });
    expect(pageOf(login)).toBe('login');
    expect(login.text).toContain(`value="${first.username}"`);
    expect(await subjectOf(await browser.login(login, first.username))).toBe(first.id);
  });

  test.each(['', 'f'.repeat(24), '../x'])('of an account "%s" gets no code', async (account) => {
    const page = await visit();
    const answer = await browser.submit(page, { account, action: 'continue' });
    if (account === '') expect(await subjectOf(answer)).toBe(second.id);
    else expect(pageOf(answer)).toBe('login');
  });

  test('leads to the login for an account that is not there, and to the first again after it', async () => {
    const login = await browser.submit(await visit(), { action: 'switch' });
    const third = await addUser(service);
    expect(await subjectOf(await browser.login(login, third.username))).toBe(third.id);
    expect(subjects()).toEqual([third.id, second.id, first.id]);
  });
});

describe('a client that knows whom it wants', () => {
  test.each(['username', 'id'] as const)('by login_hint, the %s: no choice', async (hint) => {
    for (const person of [first, second]) {
      const answer = await visit({ login_hint: person[hint], prompt: 'none' });
      expect(await subjectOf(answer)).toBe(person.id);
    }
  });

  test('by a name in other letters: the same', async () =>
    expect(await subjectOf(await visit({ login_hint: ` ${first.username.toUpperCase()}` }))).toBe(
      first.id,
    ));

  test('by the sub claim: that one, and no other will do (Core §5.5.1)', async () => {
    const claims = (value: string) => JSON.stringify({ id_token: { sub: { value } } });
    const answer = await visit({ claims: claims(first.id), prompt: 'none' });
    expect(await subjectOf(answer)).toBe(first.id);
    expect(answerOf(await visit({ claims: claims('f'.repeat(24)), prompt: 'none' }))).toMatchObject(
      { error: 'login_required' },
    );
  });

  test('by login_hint: what another account has agreed to does not count for it', async () => {
    const asked = ({ username }: Person) => visit({ login_hint: username }, ASKS);
    const consent = await asked(second);
    expect(pageOf(consent)).toBe('consent');
    expect(await subjectOf(await browser.submit(consent, { action: 'allow' }))).toBe(second.id);
    expect(subjects()[0]).toBe(second.id);
    expect(pageOf(await asked(first))).toBe('consent');
    expect(await subjectOf(await asked(second))).toBe(second.id);
  });

  test('by a name that nobody there has: the user chooses', async () =>
    expect(pageOf(await visit({ login_hint: 'nobody' }))).toBe('account'));

  test('and still has them choose where it asks for that', async () =>
    expect(pageOf(await visit({ login_hint: first.username, prompt: 'select_account' }))).toBe(
      'account',
    ));
});

describe('a form', () => {
  test('of one account is answered by that one, whoever was used last since', async () => {
    const page = await browser.submit(await visit({}, ASKS), { account: first.id });
    expect(pageOf(page)).toBe('consent');
    await browser.login(await visit({ prompt: 'login' }), second.username);
    expect(subjects()[0]).toBe(second.id);
    expect(await subjectOf(await browser.submit(page, { action: 'allow' }))).toBe(first.id);
  });

  test('of an account that is not in this browser is none', async () => {
    const page = await browser.submit(await visit({}, ASKS), { account: first.id });
    const cookies = cookiesOf(browser).filter(({ name }) => name.subject !== first.id);
    browser.jar.set(COOKIE, formatBrowserCookies(cookies));
    expect(pageOf(await browser.submit(page, { action: 'allow' }))).toBe('expired');
  });

  test('cannot be made by whoever knows the secret of another account', async () => {
    const stranger = openBrowser(service);
    const third = await addUser(service);
    const page = await stranger.login(await stranger.authorize(requestOf(ASKS)), third.username);
    expect(pageOf(await browser.post(page, { action: 'allow' }))).toBe('expired');
  });
});

describe('a sign-out', () => {
  const end = (more: Fields = {}) => browser.go(`GET /session/end?${new URLSearchParams(more)}`);
  const answer = (page: Answer, fields: Fields) => browser.post(page, fields);

  test('asks whom, and the others stay', async () => {
    const page = await end();
    for (const { username } of [first, second]) expect(page.text).toContain(username);
    expect(page.text).not.toContain('id="logout-yes"');
    expect((await answer(page, { account: first.id })).text).toContain('You are signed out');
    expect(subjects()).toEqual([second.id]);
    expect(await subjectOf(await visit({ prompt: 'none' }))).toBe(second.id);
  });

  test('of all leaves nobody, and no cookie', async () => {
    const before = { ...browser, jar: new Map(browser.jar) };
    await answer(await end(), { action: 'all' });
    expect(browser.jar.has(COOKIE)).toBe(false);
    expect(await sessionOf(service, before)).toBeUndefined();
    const old = openBrowser(service);
    old.jar.set(COOKIE, before.jar.get(COOKIE) ?? '');
    expect(answerOf(await old.authorize(requestOf(OWN, { prompt: 'none' })))).toMatchObject({
      error: 'login_required',
    });
  });

  test('by logout_hint is of that one (RP-Initiated Logout §2)', async () => {
    const page = await end({
      logout_hint: first.username,
      client_id: OWN,
      post_logout_redirect_uri: BYE,
    });
    expect(page.text).toContain('id="logout-yes"');
    expect(page.text).not.toContain(second.username);
    expect((await answer(page, { action: 'yes' })).headers['location']).toBe(BYE);
    expect(subjects()).toEqual([second.id]);
  });

  test('by the hint of somebody who is not there asks whom', async () => {
    const page = await end({ logout_hint: 'nobody' });
    for (const { username } of [first, second]) expect(page.text).toContain(username);
  });

  test.each([{ action: 'no' }, { account: 'f'.repeat(24) }, { action: 'maybe' }])(
    'by %j ends nothing',
    async (fields) => {
      await answer(await end(), fields as Fields);
      expect(subjects()).toEqual([second.id, first.id]);
      expect(pageOf(await visit())).toBe('account');
    },
  );

  test('of the one used last leaves the next one first', async () => {
    await answer(await end(), { account: second.id });
    expect(subjects()).toEqual([first.id]);
  });
});

describe('a page of our own', () => {
  const PAGE = '/user';
  const login = (more: Fields = {}) =>
    browser.go(`GET /oauth/login?${new URLSearchParams({ return_to: PAGE, ...more })}`);

  test('is of the account used last', async () => {
    expect((await login()).headers['location']).toMatch(/\/user$/);
    expect((await browser.go(`GET ${PAGE}`)).text).toContain(second.username);
  });

  test('can be gone to with another (prompt=select_account)', async () => {
    const page = await login({ prompt: 'select_account' });
    expect(pageOf(page)).toBe('account');
    expect((await browser.post(page, { account: first.id })).headers['location']).toMatch(
      /\/user$/,
    );
    expect((await browser.go(`GET ${PAGE}`)).text).toContain(first.username);
  });

  test('or with one that is not signed in', async () => {
    const page = await browser.post(await login({ prompt: 'select_account' }), {
      action: 'switch',
    });
    expect(pageOf(page)).toBe('login');
    const third = await addUser(service);
    await browser.login(page, third.username);
    expect(subjects()).toEqual([third.id, second.id, first.id]);
  });

  test('has whoever is left chosen, once the one used last is signed out elsewhere', async () => {
    await setDisabled(service.tables.directory, subjectKey(second.id), true);
    const page = await login();
    expect(pageOf(page)).toBe('account');
    expect(page.text).not.toContain(second.username);
  });
});

test('whoever signs in twice is one account, under a new secret', async () => {
  const before = cookiesOf(browser);
  await browser.login(await visit({ prompt: 'login' }), first.username);
  expect(subjects()).toEqual([first.id, second.id]);
  const [again] = cookiesOf(browser);
  const [, old] = before;
  expect(again?.name).toEqual(old?.name);
  expect(again?.secret).not.toBe(old?.secret);
});

test('a request of several accounts is two reads, and one more for the brand of the page', async () => {
  service.dynamodb.requests.length = 0;
  await visit();
  const reads = service.dynamodb.requests.map(({ action }) => action);
  expect(reads).toEqual(['BatchGetItem', 'BatchGetItem', 'BatchGetItem']);
});

test('no form leads anywhere that it did not come from', async () => {
  const { action } = formOf(await visit());
  expect(action).toBe('/oauth/choose');
  expect((await browser.go('POST /oauth/choose', form({}))).status).toBe(400);
});
