/** How long a sign-in is good, as its domain says: an edit takes effect on the next call. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  agree,
  openBrowser as browserOf,
  refreshWith,
  tokensOf,
  webClient,
} from '../support/actors/grants.ts';
import { addUser } from '../support/actors/people.ts';
import { sessionOf } from '../support/actors/sessions.ts';
import { type Admin, type Caller, startAdmin } from '../support/running/admin.ts';
import { actionsDuring } from '../support/running/proxy.ts';
import { advance } from '../support/running/service.ts';
import { type Browser, openBrowser, pageOf } from '../support/web/browser.ts';
import { addWebClient, requestOf } from '../support/web/sign-in.ts';

const HOUR = 3600;
const DOMAIN = 'lasting.example';
let service: Admin;
const root = (): Promise<Caller> => service.by('100@mydomain.com');

beforeAll(async () => {
  service = await startAdmin();
  await service.admin(await root(), 'POST /domains', { body: { name: DOMAIN } });
  await addWebClient(service, { id: 'own-app', consent: 'never', domain: DOMAIN });
});
afterAll(() => service.stop());
const say = async (settings: Record<string, unknown>) => {
  const headers = { 'if-match': '*' };
  return service.admin(await root(), `PATCH /domains/${DOMAIN}`, { body: settings, headers });
};
beforeEach(() => advance(900));
afterEach(() => say({ sessionIdle: null, sessionAbsolute: null }));

const addOne = () => addUser(service, { domain: DOMAIN, activated: true, roles: ['admin'] });
const call = async (token: string) =>
  (await service.send('GET /user', { headers: { authorization: `Bearer ${token}` } })).status;
const visit = (browser: Browser) => browser.authorize(requestOf('own-app'));
async function signedIn(): Promise<Browser> {
  const { username } = await addOne();
  const browser = openBrowser(service);
  expect((await browser.login(await visit(browser), username)).status).toBe(303);
  return browser;
}
/** Whether a client gets its code without anybody being asked. */
const isIn = async (browser: Browser) => (await visit(browser)).status === 303;

describe('the settings', () => {
  test.each([
    [{ sessionAbsolute: 299 }],
    [{ sessionAbsolute: 3_155_760_001 }],
    [{ sessionIdle: 0 }],
    [{ sessionIdle: 300.5 }],
    [{ sessionIdle: '3600' }],
    [{ sessionIdle: -1 }],
  ])('are not %j', async (settings) => expect((await say(settings)).status).toBe(400));

  test('are as good as none unless they are said, and taken back by null', async () => {
    const none = { sessionIdle: 3_155_760_000, sessionAbsolute: 3_155_760_000 };
    expect((await say({ sessionIdle: 300, sessionAbsolute: 600 })).body).toMatchObject({
      sessionIdle: 300,
      sessionAbsolute: 600,
    });
    expect((await say({ sessionIdle: null, sessionAbsolute: null })).body).toMatchObject(none);
  });
});

describe('absolute: a sign-in is good for so long', () => {
  test('to the second, whatever its own end is', async () => {
    const { username } = await addOne();
    const { token } = await sessionOf(service, username);
    await say({ sessionAbsolute: HOUR });
    advance(HOUR - 1);
    expect(await call(token)).toBe(200);
    advance(1);
    expect(await call(token)).toBe(401);
  });

  test('lowered, it ends what is older at the next call; raised again, that lives', async () => {
    const { username } = await addOne();
    const { token } = await sessionOf(service, username);
    advance(HOUR);
    expect(await call(token)).toBe(200);
    await say({ sessionAbsolute: HOUR });
    expect(await call(token)).toBe(401);
    await say({ sessionAbsolute: HOUR + 60 });
    expect(await call(token)).toBe(200);
  });

  test('costs a call no request', async () => {
    const { username } = await addOne();
    const { token } = await sessionOf(service, username);
    const asked = () => actionsDuring(service.dynamodb, () => call(token));
    await asked();
    const before = await asked();
    await say({ sessionAbsolute: HOUR });
    // Once an instance has read what is in force since.
    await asked();
    expect(await asked()).toEqual(before);
  });

  test('a browser has to sign in again, and is good for as long anew', async () => {
    const browser = await signedIn();
    await say({ sessionAbsolute: HOUR });
    advance(HOUR - 1);
    expect(await isIn(browser)).toBe(true);
    advance(1);
    expect(pageOf(await visit(browser))).toBe('login');
  });

  test('what a client was granted ends with it, its refresh token too', async () => {
    const { id } = await addOne();
    const client = await webClient(service, { domain: DOMAIN });
    const browser = await browserOf(service, id);
    const { refresh } = await tokensOf(service, await agree(service, { client, browser }));
    await say({ sessionAbsolute: HOUR });
    advance(HOUR - 1);
    const { status, body } = await refreshWith(service, client, refresh);
    expect(status).toBe(200);
    expect(await call(String(body['access_token']))).toBe(200);
    advance(1);
    expect(await call(String(body['access_token']))).toBe(401);
    const again = await refreshWith(service, client, String(body['refresh_token']));
    expect([again.status, again.body['error']]).toEqual([400, 'invalid_grant']);
  });
});

describe('idle: a browser stays signed in for so long without a page of ours', () => {
  test('and for as long again after each', async () => {
    const browser = await signedIn();
    await say({ sessionIdle: HOUR });
    for (let n = 0; n < 3; n++) {
      advance(HOUR - HOUR / 10);
      expect(await isIn(browser)).toBe(true);
    }
    advance(HOUR);
    expect(pageOf(await visit(browser))).toBe('login');
  });

  test('an edit takes effect at the next page', async () => {
    const browser = await signedIn();
    advance(HOUR);
    await say({ sessionIdle: HOUR });
    expect(pageOf(await visit(browser))).toBe('login');
  });

  test('a use is written once in a tenth of the time, and once an hour where none is set', async () => {
    const browser = await signedIn();
    const writes = async () =>
      (await actionsDuring(service.dynamodb, () => visit(browser))).filter(
        (action) => action === 'UpdateItem',
      ).length;
    advance(HOUR - 1);
    expect(await writes()).toBe(0);
    advance(1);
    expect(await writes()).toBe(1);
    expect(await writes()).toBe(0);
    await say({ sessionIdle: 2 * HOUR });
    advance(HOUR / 5 - 1);
    expect(await writes()).toBe(0);
    advance(1);
    expect(await writes()).toBe(1);
  });

  test('a page of one’s own account is one, too', async () => {
    const browser = await signedIn();
    await say({ sessionIdle: HOUR });
    for (let n = 0; n < 2; n++) {
      advance(HOUR - HOUR / 10);
      expect((await browser.go('GET /account')).status).toBe(200);
    }
    advance(HOUR);
    expect((await browser.go('GET /account')).status).toBe(303);
  });

  test('what is no browser has no such end', async () => {
    const { username } = await addOne();
    const { token } = await sessionOf(service, username);
    await say({ sessionIdle: 300 });
    advance(HOUR);
    expect(await call(token)).toBe(200);
  });
});
