/**
 * An address that many share, one of whom invents names; and whose address it is: behind a proxy, in a
 * network of IPv6. At every door.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countFailure } from '../../lib/sign-in/count-failures.ts';
import { countedOf } from '../../lib/sign-in/throttle.ts';
import { readAttempts } from '../../lib/store/sessions/attempts.ts';
import { instant } from '../../lib/time.ts';
import { sendJson } from '../support/actors/accounts.ts';
import { addUser as addAnyUser } from '../support/actors/people.ts';
import { type Answer, advance, type Service, startService } from '../support/running/service.ts';
import { openBrowser } from '../support/web/browser.ts';
import { addWebClient, requestOf } from '../support/web/sign-in.ts';

const SECRET = 'a-secret-of-the-proxy-and-of-this-test-alone';
const OFFICE = '192.0.2.1';
let service: Service;
beforeAll(async () => {
  service = await startService({ TRUSTED_PROXY: 'hops=1', PROXY_SECRET: SECRET });
  await addWebClient(service, { id: 'own-app', consent: 'never' });
});
afterAll(() => service.stop());
// In a window of its own, which does not end within a test.
beforeEach(() => advance(900 - (seconds() % 900)));
afterEach(() => service.dynamodb.heal());

const seconds = () => Math.floor(Date.now() / 1000);
const addUser = async () => (await addAnyUser(service, { activated: true })).username;
type Headers = Record<string, string>;
type Door = (username: string, password: string, ip?: string, headers?: Headers) => Promise<Answer>;
const at =
  (route: string): Door =>
  (username, password, ip = OFFICE, headers = {}) => {
    const sent = sendJson({ username, password });
    return service.send(route, { ...sent, headers: { ...sent.headers, ...headers }, ip });
  };
const webitel = at('POST /login');
const page: Door = async (username, password, ip = OFFICE, headers = {}) => {
  const browser = openBrowser({
    send: (call, sent) =>
      service.send(call, { ...sent, headers: { ...sent?.headers, ...headers }, ip }),
  });
  return browser.login(await browser.authorize(requestOf('own-app')), username, password);
};
/** As many guesses at names of nobody, without the hashes. */
const invent = (count: number, ip = OFFICE, prefix = 'nobody') =>
  Promise.all(
    Array.from({ length: count }, (_, n) =>
      countFailure(
        service.tables.sessions,
        { username: `${prefix}-${n}`, ip, isSomebody: false },
        instant(seconds()),
      ),
    ),
  );
const counted = async (username: string, ip = OFFICE): Promise<number[]> => {
  const whats = countedOf({ username, ip });
  const found = await readAttempts(service.tables.sessions, whats, instant(seconds()));
  return found.map(({ count }) => count);
};
const waiting = ({ status, headers }: Answer) => [status, headers['retry-after']];

describe.each<[string, Door, number, number]>([
  ['Webitel', webitel, 200, 401],
  ['Appmixer', at('POST /user/auth'), 200, 401],
  ['Faveo', at('POST /api/v1/authenticate'), 200, 401],
  ['the pages', page, 303, 400],
])('%s', (_name, door, ok, wrong) => {
  test('A7: 104 names of nobody keep no right password out at the same address', async () => {
    const users = [await addUser(), await addUser(), await addUser()];
    await invent(104);
    for (const username of users) expect((await door(username, 'secret')).status).toBe(ok);
  });

  test('A7: after them an unknown name and a wrong password hear the same', async () => {
    const username = await addUser();
    await invent(105);
    const answers = [await door(username, 'guess'), await door('nobody-at-all', 'guess')];
    expect(answers.map(waiting)).toEqual([
      [429, '30'],
      [429, '30'],
    ]);
    const [real, invented] = answers.map(({ text }) => text.replaceAll(/value="[^"]*"/g, ''));
    expect(real).toBe(invented);
  });

  test('A7: a wrong password counts even while it hears that it was too early', async () => {
    const username = await addUser();
    await invent(105);
    for (let n = 0; n < 5; n++) expect((await door(username, 'guess')).status).toBe(429);
    expect(await counted(username)).toEqual([5, 5, 5, 105]);
    expect(waiting(await door(username, 'secret'))).toEqual([429, '1']);
  });

  test('A7: a name of nobody raises no counter of a real one', async () => {
    const username = await addUser();
    await door('nobody-here', 'guess');
    expect(await counted(username)).toEqual([0, 0, 0, 1]);
    expect((await door(username, 'guess')).status).toBe(wrong);
    expect(await counted(username)).toEqual([1, 1, 1, 1]);
  });

  test('A7: 30 names of nobody at once, while the owner signs in', async () => {
    const username = await addUser();
    await invent(98);
    const flood = Array.from({ length: 30 }, (_, n) => door(`flood-${n}`, 'guess'));
    const answers = await Promise.all([door(username, 'secret'), ...flood]);
    // On a busy machine a read may fail: that one was not looked at.
    expect([ok, 503]).toContain(answers[0]?.status);
    expect((await door(username, 'secret')).status).toBe(ok);
    expect((await counted(username)).slice(0, 3)).toEqual([0, 0, 0]);
  });
});

describe('whose address it is', () => {
  const PROXY = '198.51.100.1';
  const through = (viewer: string, secret = SECRET) => ({
    'x-latchkey-proxy': secret,
    'x-forwarded-for': `203.0.113.66, ${viewer}, ${PROXY}`,
  });

  test.each([['Webitel', webitel, 200] as const, ['the pages', page, 303] as const])(
    'A7: behind a proxy each caller has attempts of their own: %s',
    async (_name, door, ok) => {
      const username = await addUser();
      for (let n = 0; n < 6; n++) await door(username, 'guess', PROXY, through('192.0.2.10'));
      expect((await door(username, 'secret', PROXY, through('192.0.2.10'))).status).toBe(429);
      expect((await door(username, 'secret', PROXY, through('192.0.2.11'))).status).toBe(ok);
    },
  );

  test.each([
    ['no proof', {}],
    ['another secret', through('192.0.2.99', `${SECRET}x`)],
    ['an empty one', through('192.0.2.99', '')],
    ['the secret twice', through('192.0.2.99', `${SECRET},${SECRET}`)],
  ])('A7: with %s no header counts, so nobody chooses an address', async (_case, headers) => {
    const username = await addUser();
    for (let n = 0; n < 5; n++) await webitel(username, 'guess', PROXY, headers);
    expect((await webitel(username, 'secret', PROXY, headers)).status).toBe(429);
    expect((await counted(username, PROXY))[0]).toBe(5);
  });

  test('A7: addresses of one /64 are one, of two are two', async () => {
    const username = await addUser();
    const device = (n: number) => `2001:db8:0:1:${n.toString(16)}::${n}`;
    for (let n = 1; n < 6; n++) await webitel(username, 'guess', device(n));
    expect((await webitel(username, 'secret', device(77))).status).toBe(429);
    expect((await webitel(username, 'secret', '2001:db8:0:2::1')).status).toBe(200);
  });

  test('A7: an IPv4 address is the same one inside IPv6', async () => {
    const username = await addUser();
    for (let n = 0; n < 5; n++) await webitel(username, 'guess', '::ffff:192.0.2.44');
    expect((await webitel(username, 'secret', '192.0.2.44')).status).toBe(429);
  });

  test('A7: who has signed in from a /64 is known in all of it, and in no other', async () => {
    const username = await addUser();
    expect((await webitel(username, 'secret', '2001:db8::a')).status).toBe(200);
    for (let n = 0; n < 100; n++)
      await countFailure(
        service.tables.sessions,
        { username, ip: `203.0.113.${n}` },
        instant(seconds()),
      );
    expect((await webitel(username, 'secret', '2001:db8:0:1::b')).status).toBe(429);
    expect((await webitel(username, 'secret', '2001:db8::ffff:1')).status).toBe(200);
  });
});
