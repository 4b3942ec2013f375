/**
 * What people do, in a real Chromium against the whole running stack: sign in, agree, refuse, come
 * back, go away. Pictures of every page go to `.artefacts/browser`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { look, startChromium } from '../support/web/chromium.ts';
import { parsePages } from '../support/web/outline.ts';
import { everyPage, PLAIN, type Words } from '../support/web/pages.ts';
import { ALICE, BOB, type Site, startSite } from '../support/web/site.ts';

let chromium: Browser;
let http: Site;
let https: Site;
beforeAll(async () => {
  [chromium, http, https] = await Promise.all([
    startChromium(),
    startSite({ https: false }),
    startSite({ https: true }),
  ]);
}, 180_000);
afterAll(() => Promise.all([chromium?.close(), http?.stop(), https?.stop()]));

/** What the browser found against a policy of the pages. */
const complaints: string[] = [];

/** A browser of its own: no cookies, no history. */
async function open(options: BrowserContextOptions = {}, heard = complaints): Promise<Page> {
  const context = await chromium.newContext({ ignoreHTTPSErrors: true, ...options });
  context.setDefaultTimeout(15_000);
  onTestFinished(() => context.close());
  context.on('console', (message) => {
    if (/policy|mixed|insecure/i.test(message.text())) heard.push(message.text());
  });
  return context.newPage();
}

async function signIn(page: Page, { username, password } = ALICE): Promise<void> {
  await page.fill('#username', username);
  await page.fill('#password', password);
  await page.click('#login-submit');
}

/** @returns What the client got. */
async function arrived(page: Page, { client }: Site): Promise<Record<string, string>> {
  await page.waitForURL(`${client.origin}/callback**`);
  return client.answers.at(-1) ?? {};
}

const OK = { status: 200, body: { token_type: 'Bearer' } };
const focused = (page: Page) => page.evaluate<string>('document.activeElement.id');
const heading = (page: Page) => page.textContent('h1');

async function startApplication({ service, api, application }: Site): Promise<void> {
  const script = join(import.meta.dirname, '../../examples/application/app.mjs');
  const client = { CLIENT_ID: 'example', CLIENT_SECRET: 'example-secret' };
  const places = { ISSUER: service, API: `${api}/cdr`, APP_PORT: new URL(application).port };
  const child = spawn(process.execPath, [script], {
    env: { ...process.env, ...client, ...places },
  });
  onTestFinished(() => void child.kill());
  const [line] = await once(child.stdout, 'data');
  expect(String(line)).toBe(`ready ${application}\n`);
}

describe.each(['http', 'https'])('over %s', (scheme) => {
  test('sign in, agree, be recognised in silence, sign out, be a stranger again', async () => {
    const site = scheme === 'http' ? http : https;
    const page = await open();

    await page.goto(site.authorize('asking'));
    expect(await page.title()).toBe('Sign in · Latchkey');
    if (scheme === 'https') await look(page, 'login');
    await signIn(page);
    await page.waitForSelector('#consent-allow');
    expect(await heading(page)).toBe('Acme Photos wants to use your account');
    if (scheme === 'https') await look(page, 'consent');
    await page.click('#consent-allow');
    const first = await arrived(page, site);
    expect(first).toMatchObject({ state: 'af0ifjsldkj', iss: site.service });
    const tokens = await site.redeem('asking', first['code']);
    expect(tokens).toMatchObject(OK);

    const cookies = await page.context().cookies(site.service);
    const name = scheme === 'https' ? '__Host-latchkey' : 'latchkey';
    expect(cookies.find((cookie) => cookie.name === name)).toMatchObject({
      httpOnly: true,
      secure: scheme === 'https',
      sameSite: 'Lax',
      path: '/',
    });

    await page.goto(site.authorize('asking', { prompt: 'none', state: 'silent' }));
    const second = await arrived(page, site);
    expect(second).toMatchObject({ state: 'silent' });
    expect(await site.redeem('asking', second['code'])).toMatchObject(OK);

    await page.goto(
      `${site.service}/session/end?${new URLSearchParams({
        id_token_hint: tokens.body['id_token'] ?? '',
        post_logout_redirect_uri: `${site.client.origin}/bye`,
        state: 'over',
      })}`,
    );
    if (scheme === 'https') await look(page, 'logout');
    await page.click('#logout-yes');
    await page.waitForURL(`${site.client.origin}/bye?state=over`);

    await page.goto(site.authorize('asking', { prompt: 'none' }));
    expect(await arrived(page, site)).toMatchObject({ error: 'login_required' });
  });
});

describe('the login page', () => {
  test('a wrong password is said aloud, keeps the name, and the right one goes on', async () => {
    const page = await open();
    await page.goto(https.authorize('trusted'));
    await signIn(page, { ...ALICE, password: 'wrong' });
    await page.waitForSelector('[role=alert]');
    expect(await page.title()).toBe('Error: Sign in · Latchkey');
    expect(await page.inputValue('#username')).toBe(ALICE.username);
    expect(await page.inputValue('#password')).toBe('');
    expect(await focused(page)).toBe('password');
    const alert = await page.getByRole('alert').textContent();
    expect(alert).toBe('The username or the password is not right.');
    await expect
      .poll(() => page.locator('#password').getAttribute('aria-describedby'))
      .toBe(await page.getByRole('alert').getAttribute('id'));
    await look(page, 'login-wrong');
    await page.fill('#password', ALICE.password);
    await page.press('#password', 'Enter');
    const { code } = await arrived(page, https);
    expect(await https.redeem('trusted', code)).toMatchObject(OK);
  });

  test('is used by keyboard alone, in the order of reading, and one sees where one is', async () => {
    const page = await open();
    await page.goto(https.authorize('trusted'));
    const order = [await focused(page)];
    for (let step = 0; step < 4; step++) {
      await page.keyboard.press('Tab');
      order.push(await focused(page));
      const style = 'getComputedStyle(document.activeElement)';
      expect(await page.evaluate(`${style}.outlineStyle + ${style}.outlineWidth`)).toBe('solid3px');
    }
    expect(order).toEqual([
      'username',
      'password',
      'show-password',
      'login-submit',
      'login-cancel',
    ]);
    await page.focus('#username');
    await page.keyboard.type(BOB.username);
    await page.keyboard.press('Tab');
    await page.keyboard.type(BOB.password);
    await page.keyboard.press('Enter');
    expect(await arrived(page, https)).toHaveProperty('code');
  });

  test('cancelled, without a name or a password: the client hears it', async () => {
    const page = await open();
    await page.goto(https.authorize('trusted'));
    await page.click('#login-cancel');
    expect(await arrived(page, https)).toMatchObject({
      error: 'access_denied',
      state: 'af0ifjsldkj',
    });
  });

  test('sent twice by an impatient hand: signed in, once', async () => {
    const page = await open();
    await page.goto(https.authorize('trusted'));
    await page.fill('#username', ALICE.username);
    await page.fill('#password', ALICE.password);
    await page.dblclick('#login-submit');
    const { code } = await arrived(page, https);
    expect(await https.redeem('trusted', code)).toMatchObject(OK);
    await page.goto(https.authorize('trusted', { prompt: 'none' }));
    expect(await arrived(page, https)).toHaveProperty('code');
  });

  test('open in two tabs, and sent in both: both go on', async () => {
    const one = await open();
    const other = await one.context().newPage();
    for (const page of [one, other]) await page.goto(https.authorize('trusted'));
    for (const page of [one, other]) {
      await signIn(page);
      const { code } = await arrived(page, https);
      expect(await https.redeem('trusted', code)).toMatchObject(OK);
    }
  });

  test('of another time: expired, and nothing is lost by starting again', async () => {
    const page = await open();
    await page.goto(https.authorize('trusted', { state: 'kept' }));
    await page.context().clearCookies();
    await signIn(page);
    await page.waitForSelector('#restart');
    expect(await heading(page)).toBe('This page has expired');
    await look(page, 'expired');
    await page.click('#restart');
    await signIn(page);
    expect(await arrived(page, https)).toMatchObject({ state: 'kept', code: expect.any(String) });
  });

  test('the back button leads no signed-in user to a dead form', async () => {
    const page = await open();
    await page.goto(https.authorize('trusted'));
    await signIn(page);
    const before = await arrived(page, https);
    await page.goBack().catch(() => {});
    await expect.poll(() => https.client.answers.at(-1)?.['code']).not.toBe(before['code']);
    const { code } = await arrived(page, https);
    expect(await https.redeem('trusted', code)).toMatchObject(OK);
  });

  test('in Czech, as the browser prefers it, unless the client knows better', async () => {
    const page = await open({ locale: 'cs-CZ' });
    await page.goto(https.authorize('asking', { prompt: 'consent' }));
    expect(await page.getAttribute('html', 'lang')).toBe('cs');
    expect(await page.title()).toBe('Přihlášení · Latchkey');
    await signIn(page, { ...BOB, password: 'spatne' });
    await page.waitForSelector('[role=alert]');
    await look(page, 'login-wrong-cs');
    await signIn(page, BOB);
    await page.waitForSelector('#consent-allow');
    await look(page, 'consent-cs');
    await page.goto(https.authorize('asking', { prompt: 'login', ui_locales: 'se en' }));
    expect(await heading(page)).toBe('Confirm it’s you');
    await look(page, 'login-again');
  });
});

describe('the questions', () => {
  test('a refusal is told to the client, and asked again the next time', async () => {
    const page = await open();
    const ask = https.authorize('asking', {
      scope: 'openid profile phone cdr:r',
      prompt: 'consent',
    });
    await page.goto(ask);
    await signIn(page);
    await page.click('#consent-deny');
    expect(await arrived(page, https)).toMatchObject({ error: 'access_denied' });
    await page.goto(ask);
    await page.waitForSelector('#consent-allow');
  });

  test('which account: this one, or another', async () => {
    const page = await open();
    const ask = https.authorize('trusted', { prompt: 'select_account' });
    await page.goto(ask);
    await signIn(page);
    await arrived(page, https);
    await page.goto(ask);
    await look(page, 'chooser');
    await page.click('#account-1');
    expect(await arrived(page, https)).toHaveProperty('code');
    await page.goto(ask);
    await page.click('#chooser-switch');
    await signIn(page, BOB);
    const { code } = await arrived(page, https);
    expect(await https.redeem('trusted', code)).toMatchObject(OK);
  });

  test('sign out: no, and then yes, with no client to go back to', async () => {
    const page = await open();
    await page.goto(https.authorize('trusted'));
    await signIn(page);
    await arrived(page, https);
    await page.goto(`${https.service}/session/end`);
    await page.click('#logout-no');
    await look(page, 'stayed');
    await page.goto(https.authorize('trusted', { prompt: 'none' }));
    expect(await arrived(page, https)).toHaveProperty('code');
    await page.goto(`${https.service}/session/end`);
    await page.click('#logout-yes');
    await look(page, 'logged-out');
    await page.goto(https.authorize('trusted', { prompt: 'none' }));
    expect(await arrived(page, https)).toMatchObject({ error: 'login_required' });
  });
});

describe('without JavaScript', () => {
  test('everything works, and a button sends what a script would', async () => {
    const page = await open({ javaScriptEnabled: false });
    await page.goto(
      https.authorize('asking', { response_mode: 'form_post', prompt: 'consent', state: `"'<&>` }),
    );
    await signIn(page, { ...ALICE, password: 'wrong' });
    expect(await page.getByRole('alert').textContent()).toContain('is not right');
    await signIn(page);
    await page.click('#consent-allow');
    await page.click('#form-post-continue');
    const { code, state } = await arrived(page, https);
    expect(state).toBe(`"'<&>`);
    expect(await https.redeem('asking', code)).toMatchObject(OK);
    await page.goto(`${https.service}/session/end`);
    await page.click('#logout-yes');
    expect(await heading(page)).toBe('You are signed out');
  });
});

describe('the way back to the client', () => {
  test('by form post goes by itself (OAuth 2.0 Form Post Response Mode §2)', async () => {
    const page = await open();
    await page.goto(https.authorize('trusted', { response_mode: 'form_post' }));
    await signIn(page);
    const { code, iss } = await arrived(page, https);
    expect(iss).toBe(https.service);
    expect(await https.redeem('trusted', code)).toMatchObject(OK);

    const hold = `${https.client.origin}/callback`;
    await page.route(hold, (route) => route.fulfill({ status: 204 }));
    const silent = https.authorize('trusted', { response_mode: 'form_post', prompt: 'none' });
    await page.goto(silent, { waitUntil: 'commit' });
    await page.waitForSelector('#form-post-continue');
    await look(page, 'form-post');
  });

  test('goes on to another host of the client, which no policy of ours may cut', async () => {
    const page = await open();
    const { origin } = https.client;
    await page.goto(https.authorize('trusted', { redirect_uri: `${origin}/hop` }));
    await signIn(page);
    await page.waitForURL(`${origin.replace('127.0.0.1', 'localhost')}/home`);
  });

  test.each(['trusted', 'asking'] as const)(
    'F3: goes on to an app by its own scheme, from a callback over http: %s',
    async (id) => {
      const heard: string[] = [];
      const page = await open({}, heard);
      const failed: string[] = [];
      page.on('requestfailed', (request) => failed.push(request.failure()?.errorText ?? ''));
      const before = http.client.answers.length;
      // What the user allowed before is not asked again.
      const asked = id === 'asking' ? { prompt: 'consent' } : {};
      const redirect = { redirect_uri: `${http.client.origin}/to-app`, state: id, ...asked };
      await page.goto(http.authorize(id, redirect));
      await signIn(page);
      if (id === 'asking') await page.click('#consent-allow');
      await expect.poll(() => http.client.answers.length).toBe(before + 1);
      expect(http.client.answers.at(-1)).toMatchObject({ state: id });
      // Nothing here has that scheme: it is the system that says so, and no policy.
      await page.waitForTimeout(1000);
      expect(failed.filter((text) => /csp|blocked/i.test(text))).toEqual([]);
      expect(heard).toEqual([]);
    },
  );

  test('ends at a page where nobody may be sent on (RFC 6749 §4.1.2.1)', async () => {
    const page = await open();
    const redirect = { redirect_uri: `${https.client.origin}/callback/../evil` };
    const answer = await page.goto(https.authorize('trusted', redirect));
    expect(answer?.status()).toBe(400);
    expect(await heading(page)).toBe('This link does not work');
    await look(page, 'error');
  });
});

test('a page of our own asks who it is, and comes back with the answer', async () => {
  const page = await open();
  await page.goto(`${https.service}/user`);
  expect(await page.textContent('main')).toContain('Latchkey');
  expect(await page.locator('#login-cancel').count()).toBe(0);
  await look(page, 'login-own');
  await signIn(page);
  await page.waitForURL(`${https.service}/user`);
  expect(await page.textContent('body')).toContain(ALICE.username);
});

describe('other sites', () => {
  test('cannot frame a page (§11 row 25)', async () => {
    const refused: string[] = [];
    const page = await open({}, refused);
    await page.goto(`${https.client.origin}/frame?${https.authorize('trusted')}`);
    await expect.poll(() => refused.join()).toContain("frame-ancestors 'none'");
    const inside = page.frames().map((frame) => frame.locator('#login-submit').count());
    expect(await Promise.all(inside)).toEqual([0, 0]);
  });

  test('cannot read one either (§11 row 25)', async () => {
    const page = await open({}, []);
    await page.goto(`${https.client.origin}/bye`);
    const fetched = `fetch(${JSON.stringify(https.authorize('trusted'))}, { credentials: 'include' })
      .then(() => 'read', () => 'refused')`;
    expect(await page.evaluate(fetched)).toBe('refused');
  });
});

test('the example application: sign in, call an API, refresh, sign out, and the API is closed', async () => {
  const { application } = http;
  await startApplication(http);
  const page = await open();
  const shown = () => page.textContent('body');

  await page.goto(`${application}/`);
  await page.click('text=Sign in');
  await signIn(page);
  await page.click('#consent-allow');
  await page.waitForURL(`${application}/`);
  expect(await shown()).toContain('Signed in as abc@example.com');
  await page.click('text=Refresh');
  await page.waitForURL(`${application}/`);
  await page.click('text=Call the API');
  expect(await shown()).toMatch(/^200 .*"username":"abc@example.com"/);
  await page.goto(`${application}/logout`);
  await page.click('#logout-yes');
  await page.waitForURL(`${application}/bye**`);
  await page.goto(`${application}/`);
  expect(await shown()).toBe('Sign in');
  await page.goto(`${application}/callback?code=x&state=y`);
  expect(await shown()).toContain('Sign in again');
});

test('no input becomes an element or an attribute, by the parser that counts (§9 row 18)', async () => {
  const page = await open();
  await page.goto('about:blank');
  const bodies = (words: Words) => Object.values(everyPage(words)).map(({ body }) => body);
  const parts = fc.constantFrom(
    ...['"', "'", '<', '>', '&', '=', ' ', '/', '`', '\0', '\r\n', '</title>', '</style>', '<!--'],
    ...[
      '</script>',
      '<script>alert(1)</script>',
      '<svg/onload=a>',
      '" onfocus="a',
      '&quot;',
      ']]>',
    ],
  );
  const values = fc.sample(
    fc.array(parts, { minLength: 1 }).map((all) => all.join('')),
    25,
  );
  const wanted = await parsePages(page, bodies(PLAIN));
  for (const value of values) {
    const words = Object.keys(PLAIN).map((word) => [word, value]);
    const parsed = await parsePages(page, bodies(Object.fromEntries(words)));
    expect(parsed.map(({ outline }) => outline)).toEqual(wanted.map(({ outline }) => outline));
    const text = value.replaceAll('\0', '\ufffd').replaceAll('\r\n', '\n');
    expect(parsed.at(-1)?.sent).toEqual([[text, text]]);
  }
});

test('on all these ways the browser has found nothing against a policy', () =>
  expect(complaints).toEqual([]));

describe('P1: outside of the flows', () => {
  test.each([
    ['home', '/', 200],
    ['password', '/.well-known/change-password', 200],
    ['nowhere', '/no/such/page', 404],
  ])('%s is a page that keeps nobody out', async (name, place, status) => {
    for (const locale of ['en-GB', 'cs-CZ']) {
      const page = await open({ locale });
      const answer = await page.goto(`${https.service}${place}`);
      expect(answer?.status()).toBe(status);
      await look(page, locale === 'cs-CZ' ? `${name}-cs` : name);
    }
  });

  test('the links of the start page lead to pages', async () => {
    const page = await open();
    for (const [link, title] of [
      ['#account', 'Sign in · Latchkey'],
      ['#change-password', 'Sign in · Latchkey'],
      ['#sign-out', 'Signed out · Latchkey'],
    ] as const) {
      await page.goto(`${https.service}/`);
      await page.click(link);
      await expect.poll(() => page.title()).toBe(title);
    }
  });
});

test('P9: the card stays where it is from step to step, and cancelling weighs less than signing in', async () => {
  const top = (page: Page) =>
    page.evaluate<number>("document.querySelector('main').getBoundingClientRect().top");
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 390, height: 844 },
  ]) {
    const page = await open({ viewport });
    await page.goto(https.authorize('asking', { prompt: 'consent' }));
    const tops = [await top(page)];
    const ground = (id: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('${id}')).backgroundColor`);
    expect(await ground('#login-cancel')).not.toBe(await ground('#login-submit'));
    await signIn(page, { ...ALICE, password: 'wrong' });
    await page.waitForSelector('[role=alert]');
    tops.push(await top(page));
    await signIn(page);
    await page.waitForSelector('#consent-allow');
    tops.push(await top(page));
    await page.goto(`${https.service}/session/end`);
    tops.push(await top(page));
    expect(new Set(tops).size).toBe(1);
  }
});

test('P8: to load the page of a wrong password again asks nothing and sends nothing', async () => {
  const page = await open();
  await page.goto(https.authorize('trusted'));
  // Of somebody who was not mistaken in the tests above: who was, too often, has to wait.
  await signIn(page, { ...BOB, password: 'wrong' });
  await page.waitForSelector('[role=alert]');
  expect(page.url()).not.toContain('abc');
  const posts: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url());
  });
  await page.reload();
  expect(await page.getByRole('alert').textContent()).toContain('is not right');
  expect(posts).toEqual([]);
  await signIn(page, BOB);
  expect(await arrived(page, https)).toHaveProperty('code');
});
