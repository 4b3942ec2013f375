/** A link past a flood of guesses: it makes the browser one of the owner's, once, and signs nobody in. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { countFailure } from '../../lib/sign-in/count-failures.ts';
import { raiseGeneration } from '../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../lib/store/directory/subjects.ts';
import { instant } from '../../lib/time.ts';
import { addUser } from '../support/actors/people.ts';
import { MAIL_QUEUE } from '../support/running/queues.ts';
import { type Answer, advance, type Service, startService } from '../support/running/service.ts';
import { type Browser, openBrowser } from '../support/web/browser.ts';
import { linkTo, mailOrders } from '../support/web/recovery.ts';
import { addWebClient, requestOf } from '../support/web/sign-in.ts';

const HOME = '192.0.2.1';
const BOTS = Array.from({ length: 80 }, (_, n) => `203.0.113.${n}`);
const DEVICE = '__Host-latchkey-device';
const SESSION = '__Host-latchkey';

let service: Service;
let browser: Browser;
let count = 0;
beforeAll(async () => {
  service = await startService({ MAIL_QUEUE });
  await addWebClient(service, { id: 'own-app', consent: 'never' });
});
afterAll(() => service.stop());
beforeEach(() => {
  advance(900 - (seconds() % 900));
  service.queue.requests.length = 0;
  browser = openBrowser(service);
});

const seconds = () => Math.floor(Date.now() / 1000);
async function somebody() {
  count += 1;
  const email = `owner-${count}@example.com`;
  return { email, ...(await addUser(service, { username: email, email, activated: true })) };
}
const flood = (username: string) =>
  Promise.all(
    [...BOTS, ...Array(6).fill(HOME)].map((ip) =>
      countFailure(service.tables.sessions, { username, ip }, instant(seconds())),
    ),
  );
const signIn = async (by = browser, username = '', password = 'secret'): Promise<Answer> =>
  by.login(await by.authorize(requestOf('own-app')), username, password);
const press = async (link: string, by = browser) => {
  const page = await by.go(`GET ${link}`);
  return page.status === 200 ? by.post(page, { action: 'open' }) : page;
};

describe('who has to wait', () => {
  test('is offered a link on the login page, and is sent one', async () => {
    const { email } = await somebody();
    await flood(email);
    const page = await signIn(browser, email);
    expect(page.status).toBe(429);
    const [, href = ''] = /<a id="unlock" href="([^"]*)">/.exec(page.text) ?? [];
    const asked = await browser.go(`GET ${href.replaceAll('&amp;', '&')}`);
    expect((await browser.post(asked, { login: email })).status).toBe(200);
    expect(mailOrders(service)).toMatchObject([{ kind: 'asked', purpose: 'unlock', login: email }]);
  });

  test('who was only wrong is offered none', async () => {
    const { email } = await somebody();
    expect((await signIn(browser, email, 'wrong')).text).not.toContain('id="unlock"');
  });
});

describe('the link', () => {
  test('lets its browser in during the flood, and no other', async () => {
    const { email } = await somebody();
    const link = await linkTo(service, 'unlock', email);
    await flood(email);
    expect((await signIn(browser, email)).status).toBe(429);
    const done = await press(link);
    expect(done.status).toBe(200);
    expect(browser.jar.has(SESSION)).toBe(false);
    expect((await signIn(openBrowser(service), email)).status).toBe(429);
    expect((await signIn(browser, email)).status).toBe(303);
  });

  test('spends nothing by being opened', async () => {
    const { email } = await somebody();
    const link = await linkTo(service, 'unlock', email);
    for (let n = 0; n < 3; n++) {
      const page = await openBrowser(service).go(`GET ${link}`);
      expect([page.status, page.cookies.join().includes(DEVICE)]).toEqual([200, false]);
    }
    expect((await press(link)).status).toBe(200);
  });

  test('works once, also for two at once', async () => {
    const { email } = await somebody();
    const link = await linkTo(service, 'unlock', email);
    const page = await browser.go(`GET ${link}`);
    const both = await Promise.all([1, 2].map(() => browser.post(page, { action: 'open' })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect((await press(link, openBrowser(service))).status).toBe(410);
  });

  test.each<[string, (given: { id: string; link: string }) => string | Promise<string>]>([
    ['that is an hour old', ({ link }) => (advance(3600), link)],
    ['with a letter more', ({ link }) => link.replace(/secret=(\w+)/, 'secret=$1A')],
    ['of no secret', () => '/account/unlock'],
    [
      'of before a sign-out everywhere',
      async ({ id, link }) => {
        await raiseGeneration(service.tables.directory, subjectKey(id));
        return link;
      },
    ],
  ])('%s does not', async (_case, change) => {
    const { id, email } = await somebody();
    const link = await change({ id, link: await linkTo(service, 'unlock', email) });
    expect((await press(link)).status).toBe(410);
    expect(browser.jar.has(DEVICE)).toBe(false);
  });

  test('to another password unlocks nothing, and this one sets none', async () => {
    const { email } = await somebody();
    const other = await linkTo(service, 'reset-password', email);
    expect((await press(other.replace('reset-password', 'unlock'))).status).toBe(410);
    const own = await linkTo(service, 'unlock', email);
    expect((await press(own.replace('unlock', 'reset-password'))).status).toBe(410);
  });
});
