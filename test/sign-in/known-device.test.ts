/**
 * A name that is flooded with wrong passwords from everywhere: its owner gets in in a browser in which they
 * have signed in before, and nobody else does by what such a browser holds.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { get } from '../../lib/aws/table.ts';
import { transact } from '../../lib/aws/transaction.ts';
import { countFailure } from '../../lib/sign-in/count-failures.ts';
import { raiseGeneration } from '../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { DEVICE_LIFETIME, deviceWrite, readDevices } from '../../lib/store/sessions/devices.ts';
import { instant } from '../../lib/time.ts';
import { addUser as addAnyUser } from '../support/actors/people.ts';
import { actionsDuring } from '../support/running/proxy.ts';
import { type Answer, advance, type Service, startService } from '../support/running/service.ts';
import { eventsIn } from '../support/running/trail.ts';
import { type Browser, openBrowser } from '../support/web/browser.ts';
import { addWebClient, requestOf } from '../support/web/sign-in.ts';

const HOME = '192.0.2.1';
const CAFE = '198.51.100.200';
const BOTS = Array.from({ length: 40 }, (_, n) => `203.0.113.${n}`);
const DEVICE = '__Host-latchkey-device';
const SESSION = '__Host-latchkey';

let service: Service;
beforeAll(async () => {
  service = await startService();
  await addWebClient(service, { id: 'own-app', consent: 'never' });
});
afterAll(() => service.stop());
// At the beginning of a window of its own: it does not end within a test.
beforeEach(() => advance(900 - (seconds() % 900)));

const seconds = () => Math.floor(Date.now() / 1000);
const addUser = () => addAnyUser(service, { activated: true });
const browserAt = (ip: string) =>
  openBrowser({ send: (call, sent) => service.send(call, { ...sent, ip }) });
const signIn = async (browser: Browser, username: string, password = 'secret'): Promise<Answer> =>
  browser.login(await browser.authorize(requestOf('own-app')), username, password);
/** The account's free attempts are used up, and those of the owner's own address. */
const flood = (username: string) =>
  Promise.all(
    [...BOTS, ...BOTS, ...Array(6).fill(CAFE)].map((ip) =>
      countFailure(service.tables.sessions, { username, ip }, instant(seconds())),
    ),
  );
/** A browser in which the user has signed in, and is not signed in any more. */
async function ownBrowser(username: string, ip = CAFE): Promise<Browser> {
  const browser = browserAt(ip);
  expect((await signIn(browser, username)).status).toBe(303);
  browser.jar.delete(SESSION);
  return browser;
}
const signOutEverywhere = (id: string) => raiseGeneration(service.tables.directory, subjectKey(id));
/** Whether each sign-in of the user was told of as one in a new browser. */
const toldOf = async (id: string) =>
  (await eventsIn(service.tables.events))
    .filter(({ type, target }) => type === 'session.opened' && target === id)
    .map(({ detail }) => detail?.['newDevice']);
/** What came of an attempt, as the browser keeps it for the page that comes next. */
const triedIn = ({ cookies }: Answer): string => {
  const [, text = ''] = /^__Host-latchkey-tried=([\w-]+)\./.exec(cookies[0] ?? '') ?? [];
  return JSON.parse(Buffer.from(text, 'base64url').toString()).status;
};

describe('the cookie', () => {
  test('is there after a sign-in and not before, for long, out of reach of scripts', async () => {
    const { username } = await addUser();
    const browser = browserAt(HOME);
    const page = await browser.authorize(requestOf('own-app'));
    expect(page.cookies.join()).not.toContain(DEVICE);
    expect((await browser.login(page, username, 'wrong')).cookies.join()).not.toContain(DEVICE);
    const answer = await signIn(browser, username);
    const cookie = answer.cookies.find((one) => one.startsWith(DEVICE));
    expect(cookie).toMatch(/^__Host-latchkey-device=[0-9A-Za-z]{43}; Path=\/; Max-Age=15552000; /);
    expect(cookie).toMatch(/; HttpOnly; SameSite=Lax; Secure$/);
  });

  test('is kept as a hash, and is the same for all who sign in there', async () => {
    const [one, other] = [await addUser(), await addUser()];
    const browser = await ownBrowser(one.username);
    const secret = browser.jar.get(DEVICE) ?? '';
    await signIn(browser, other.username);
    expect(browser.jar.get(DEVICE)).toBe(secret);
    const item = await get(service.tables.sessions, { pk: `devices#${one.id}`, sk: 'devices' });
    expect(item?.['devices']).toHaveLength(1);
    expect(JSON.stringify(item)).not.toContain(secret);
  });
});

describe('while a name is flooded', () => {
  test('its owner gets in in a browser of theirs, at an address where all have to wait', async () => {
    const { username } = await addUser();
    const browser = await ownBrowser(username);
    await flood(username);
    expect((await signIn(browserAt(CAFE), username)).status).toBe(429);
    expect((await signIn(browser, username)).status).toBe(303);
  });

  test.each<[string, (jar: Map<string, string>) => void]>([
    ['none', (jar) => jar.delete(DEVICE)],
    ['a made-up one', (jar) => jar.set(DEVICE, 'A'.repeat(43))],
    ['its hash', (jar) => jar.set(DEVICE, `${jar.get(DEVICE)}`.toLowerCase().replace(/.$/, '0'))],
    ['one with a letter more', (jar) => jar.set(DEVICE, `${jar.get(DEVICE)}A`)],
    ['an empty one', (jar) => jar.set(DEVICE, '')],
  ])('with %s nobody does', async (_case, change) => {
    const { username } = await addUser();
    const browser = await ownBrowser(username);
    change(browser.jar);
    await flood(username);
    expect((await signIn(browser, username)).status).toBe(429);
  });

  test('nor in the browser of another user', async () => {
    const [owner, other] = [await addUser(), await addUser()];
    const browser = await ownBrowser(other.username);
    await flood(owner.username);
    expect((await signIn(browser, owner.username)).status).toBe(429);
  });

  test('nor in one of before a sign-out everywhere, a change of the password among them', async () => {
    const { id, username } = await addUser();
    const browser = await ownBrowser(username);
    await signOutEverywhere(id);
    await flood(username);
    expect((await signIn(browser, username)).status).toBe(429);
    advance(900);
    expect((await signIn(browser, username)).status).toBe(303);
    browser.jar.delete(SESSION);
    await flood(username);
    expect((await signIn(browser, username)).status).toBe(303);
  });

  test('a browser of the owner has five free attempts, and then waits as long as any', async () => {
    const { username } = await addUser();
    const browser = await ownBrowser(username);
    await flood(username);
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push((await signIn(browser, username, 'guess')).status);
    expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
    expect((await signIn(browser, username)).status).toBe(429);
    advance(2);
    expect((await signIn(browser, username)).status).toBe(303);
  });

  test('of 50 attempts at once in it five are looked at', async () => {
    const { username } = await addUser();
    const browser = await ownBrowser(username);
    await flood(username);
    const page = await browser.authorize(requestOf('own-app'));
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => browser.post(page, { username, password: 'guess' })),
    );
    const statuses = answers.map(triedIn);
    expect(statuses.filter((status) => status === 'wrong').length).toBeLessThanOrEqual(5);
    expect(statuses.filter((status) => status === 'locked').length).toBeGreaterThanOrEqual(45);
  });

  test('what is asked tells nobody whether there is such a user', async () => {
    const { username } = await addUser();
    const seen: string[][] = [];
    for (const name of [username, `no-${username}`]) {
      await flood(name);
      const browser = browserAt(CAFE);
      browser.jar.set(DEVICE, 'A'.repeat(43));
      const page = await browser.authorize(requestOf('own-app'));
      seen.push(
        await actionsDuring(service.dynamodb, () =>
          browser.post(page, { username: name, password: 'x' }),
        ),
      );
    }
    expect(seen[0]).toEqual(seen[1]);
  });
});

describe('a browser', () => {
  test('that is new to its user is told of as such, and only then', async () => {
    const { id, username } = await addUser();
    const browser = await ownBrowser(username);
    await ownBrowser(username, HOME);
    await signIn(browser, username);
    await signOutEverywhere(id);
    browser.jar.delete(SESSION);
    await signIn(browser, username);
    expect(await toldOf(id)).toEqual([true, true, false, false]);
  });

  test('is forgotten after half a year without a sign-in, or when ten others came after it', async () => {
    const { id, username } = await addUser();
    await ownBrowser(username);
    const { sessions } = service.tables;
    const now = instant(seconds());
    expect((await readDevices(sessions, id, now)).devices).toHaveLength(1);
    const later = instant(now + DEVICE_LIFETIME);
    expect((await readDevices(sessions, id, later)).devices).toHaveLength(0);
    for (let n = 0; n < 12; n++) {
      const device = { hash: String(n), generation: 1, at: now };
      await transact([deviceWrite(sessions, id, await readDevices(sessions, id, now), device)]);
    }
    const { devices } = await readDevices(sessions, id, now);
    expect(devices.map(({ hash }) => hash)).toEqual([
      '11',
      '10',
      '9',
      '8',
      '7',
      '6',
      '5',
      '4',
      '3',
      '2',
    ]);
  });

  test('of two that are noted at once one is, and both sign-ins are', async () => {
    const { id, username } = await addUser();
    const both = await Promise.all([
      signIn(browserAt(HOME), username),
      signIn(browserAt(CAFE), username),
    ]);
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    const { devices } = await readDevices(service.tables.sessions, id, instant(seconds()));
    expect(devices.length).toBeGreaterThanOrEqual(1);
  });
});
