/** P8: a login form that is refused is answered so that a reload sends no password again. */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Answer,
  advance,
  ISSUER,
  type Service,
  startService,
} from '../support/running/service.ts';
import {
  answerOf,
  type Browser,
  type Fields,
  openBrowser,
  pageOf,
} from '../support/web/browser.ts';
import { addWebClient, codeOf, requestOf } from '../support/web/sign-in.ts';

const APP = 'tried-app';
const NAME = '200@mydomain.com';
const TRIED = '__Host-latchkey-tried';
const WRONG = 'The username or the password is not right.';

let service: Service;
let browser: Browser;
beforeAll(async () => {
  service = await startService();
  await addWebClient(service, { id: APP, consent: 'never' });
});
afterAll(() => service.stop());
beforeEach(() => {
  browser = openBrowser(service);
  advance(900);
});

const visit = (more: Fields = {}) => browser.authorize(requestOf(APP, more));
const mistype = (page: Answer, fields: Fields = {}) =>
  browser.post(page, { username: NAME, password: 'hush hush', ...fields });
const placeIn = ({ headers }: Answer): string => {
  expect(headers['location']?.startsWith(`${ISSUER}/oauth/login?`)).toBe(true);
  return `GET ${headers['location']?.slice(ISSUER.length)}`;
};

describe('P8: a wrong password', () => {
  test('is answered with 303, and neither it nor the name is in the URL or in a cookie as text', async () => {
    const answer = await mistype(await visit());
    expect([answer.status, answer.text]).toEqual([303, '']);
    const { pathname, searchParams } = new URL(answer.headers['location'] ?? '');
    expect(pathname).toBe('/oauth/login');
    expect(Object.fromEntries(searchParams)).toEqual(requestOf(APP));
    expect(JSON.stringify(answer)).not.toMatch(/hush|200@mydomain/);
    for (const cookie of answer.cookies)
      expect(Buffer.from(cookie.split(/[=.]/)[1] ?? '', 'base64url').toString()).not.toContain(
        'hush',
      );
    expect(answer.cookies[0]).toMatch(/; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax; Secure$/);
  });

  test('the page then says so, however often it is loaded, and its form works', async () => {
    const place = placeIn(await mistype(await visit()));
    const first = await browser.go(place);
    const again = await browser.go(place);
    for (const { text, headers } of [first, again]) {
      expect(text).toContain(WRONG);
      expect(text).toContain(`value="${NAME}"`);
      expect(headers['cache-control']).toBe('no-store');
    }
    await codeOf(service, await browser.login(again));
    expect(browser.jar.has(TRIED)).toBe(false);
  });

  test('the account that was to be another one is still asked for', async () => {
    await browser.login(await visit());
    const chooser = await visit({ prompt: 'select_account' });
    const login = await browser.submit(chooser, { action: 'switch' });
    const page = await browser.go(placeIn(await mistype(login)));
    expect([pageOf(page), page.text.includes(WRONG)]).toEqual(['login', true]);
  });

  test('at a page of our own, too', async () => {
    const login = await browser.go('GET /oauth/login?return_to=/user');
    const place = placeIn(await mistype(login));
    expect(place).toBe('GET /oauth/login?return_to=%2Fuser');
    const page = await browser.go(place);
    expect(page.text).toContain(WRONG);
    expect((await browser.login(page)).headers['location']).toBe(`${ISSUER}/user`);
    expect(browser.jar.has(TRIED)).toBe(false);
  });

  test.each([
    ['nothing typed', { username: '', password: '' }, 'Enter your username and your password.'],
    ['no password', { password: '' }, 'Enter your username and your password.'],
  ])('%s is told the same way', async (_case, fields, text) => {
    const answer = await mistype(await visit(), fields);
    expect(answer.status).toBe(303);
    expect((await browser.go(placeIn(answer))).text).toContain(text);
  });

  test('too many of them: how long to wait, less at each look, and then nothing', async () => {
    let page = await visit();
    for (let tries = 0; tries < 20 && page.status !== 429; tries++)
      page = await browser.submit(page, { username: 'nobody@mydomain.com', password: 'x' });
    expect(page.status).toBe(429);
    const place = `GET /oauth/login?${new URLSearchParams(requestOf(APP))}`;
    const wait = Number(page.headers['retry-after']);
    expect(wait).toBeGreaterThan(0);
    if (wait > 1) {
      advance(1);
      expect((await browser.go(place)).headers['retry-after']).toBe(String(wait - 1));
    }
    advance(wait);
    const later = await browser.go(place);
    expect([later.status, pageOf(later)]).toEqual([200, 'login']);
    expect(later.text).not.toContain('too many attempts');
  });

  test('a request too long for a URL: the page at once, with its message', async () => {
    const state = 'x'.repeat(900);
    const long = { state, ui_locales: Array.from({ length: 2200 }, () => 'cs').join(' ') };
    const { hidden } = { hidden: requestOf(APP, long) };
    const page = await browser.go('POST /oauth/authorize', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(hidden).toString(),
    });
    expect(pageOf(page)).toBe('login');
    const answer = await mistype(page);
    expect([answer.status, pageOf(answer)]).toEqual([400, 'login']);
  });
});

describe('P8: what is told is of one browser and one request', () => {
  test.each<[string, (value: string) => string]>([
    ['nothing', () => ''],
    ['another proof', (value) => `${value.slice(0, -2)}AA`],
    ['no proof', (value) => value.split('.')[0] ?? ''],
    ['another message', (value) => `${btoa('{"at":1,"status":"wrong"}')}.${value.split('.')[1]}`],
    ['no JSON', () => 'e30.e30'],
    ['100 KB', (value) => 'A'.repeat(100_000) + value],
  ])('a cookie with %s tells nothing: the login begins anew', async (_case, change) => {
    const place = placeIn(await mistype(await visit()));
    browser.jar.set(TRIED, change(browser.jar.get(TRIED) ?? ''));
    const answer = await browser.go(place);
    expect(answer.status).toBe(303);
    expect(answer.headers['location']).toBe(
      `${ISSUER}/oauth/authorize?${place.slice(place.indexOf('?') + 1)}`,
    );
  });

  test('whatever a subdomain sets as such a cookie is no fault', async () => {
    await visit();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (value) => {
        browser.jar.set(TRIED, value);
        const place = `GET /oauth/login?${new URLSearchParams(requestOf(APP))}`;
        expect((await browser.go(place)).status).toBe(303);
      }),
      { numRuns: 50 },
    );
  });

  test('that of another request, or of another browser, does not count', async () => {
    const place = placeIn(await mistype(await visit()));
    const other = `GET /oauth/login?${new URLSearchParams(requestOf(APP, { state: 'other' }))}`;
    expect((await browser.go(other)).status).toBe(303);
    const stranger = openBrowser(service);
    await stranger.authorize(requestOf(APP));
    stranger.jar.set(TRIED, browser.jar.get(TRIED) ?? '');
    expect((await stranger.go(place)).status).toBe(303);
  });

  test('an hour later it is forgotten', async () => {
    const place = placeIn(await mistype(await visit()));
    advance(3600);
    expect((await browser.go(place)).status).toBe(303);
  });

  test('the request is checked anew: to an address that is not registered nothing leads', async () => {
    const place = placeIn(await mistype(await visit()));
    const elsewhere = place.replace(
      /redirect_uri=[^&]*/,
      'redirect_uri=https%3A%2F%2Fevil.example',
    );
    const answer = await browser.go(elsewhere);
    expect(answer.headers['location'] ?? '').not.toMatch(/^https:\/\/evil/);
    const end = await browser.go(`GET ${(answer.headers['location'] ?? '').slice(ISSUER.length)}`);
    expect([end.status, pageOf(end)]).toEqual([400, 'error']);
  });

  test('cancelling after it answers the client', async () => {
    const page = await browser.go(placeIn(await mistype(await visit())));
    const answer = await browser.submit(page, { action: 'cancel' });
    expect(answerOf(answer)).toMatchObject({ error: 'access_denied' });
  });
});
