/**
 * The login page: a code by mail in place of a password, and a password that has to be another one first.
 * Real handlers and store; the code is made as the function that sends mails makes it.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { update } from '../../lib/aws/table.ts';
import { randomKey } from '../../lib/crypto.ts';
import { createDomain, domainKey } from '../../lib/store/directory/domains.ts';
import { addUser, storePassword } from '../support/actors/people.ts';
import { sessionOf as sessionOfDialect } from '../support/actors/sessions.ts';
import { actionsDuring } from '../support/running/proxy.ts';
import { MAIL_QUEUE } from '../support/running/queues.ts';
import { type Answer, advance, type Service, startService } from '../support/running/service.ts';
import { eventsIn } from '../support/running/trail.ts';
import { answerOf, type Browser, openBrowser, pageOf } from '../support/web/browser.ts';
import { codeFor as codeOfLast, mailOrders, userNamed } from '../support/web/recovery.ts';
import { addWebClient, codeOf, requestOf, sessionOf } from '../support/web/sign-in.ts';

const HOME = 'codes.example';

let service: Service;
let browser: Browser;
let count = 0;

beforeAll(async () => {
  service = await startService({ MAIL_QUEUE });
  for (const name of [HOME, 'plain.example'])
    await createDomain(service.tables.directory, { name, disabled: false, generation: 1 });
  const set = { expression: 'emailCodes = :yes', values: { ':yes': true } };
  await update(service.tables.directory, domainKey(HOME), set);
  await addWebClient(service, { id: 'code-app', domain: HOME, consent: 'never' });
  await addWebClient(service, { id: 'plain-app', domain: 'plain.example', consent: 'never' });
});
beforeEach(() => {
  advance(1000);
  browser = openBrowser(service);
  service.queue.requests.length = 0;
});
afterAll(() => service.stop());

/** Whose address was shown to be theirs, unless somebody has only said so. */
async function somebody({ isShown = true } = {}): Promise<string> {
  count += 1;
  const email = `coded-${count}@example.com`;
  const { id } = await addUser(service, { username: email, email, domain: HOME });
  const verified = { email: { at: 1, means: 'link', address: email } };
  const set = { expression: 'verified = :it', values: { ':it': isShown ? verified : {} } };
  await update(service.tables.directory, { pk: id, sk: 'subject' }, set);
  return email;
}

const loginAt = (client = 'code-app') => browser.authorize(requestOf(client));
const askFor = async (username: string, page?: Answer) =>
  browser.submit(page ?? (await loginAt()), { username, action: 'mail-code' });
const type = (page: Answer, code: string) => browser.submit(page, { code, action: 'code' });

const codeFor = (name: string) => codeOfLast(service, name);
const otherThan = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const textIn = ({ text }: Answer) => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('a code by mail', () => {
  test('is offered where the domain of the client allows it, and nowhere else', async () => {
    expect((await loginAt()).text).toContain('id="login-code"');
    expect((await loginAt('plain-app')).text).not.toContain('id="login-code"');
  });

  test('lets in once, without a password, and says so to the client', async () => {
    const name = await somebody();
    const page = await askFor(name);
    expect(textIn(page)).toContain('Enter the code');
    expect(mailOrders(service)).toMatchObject([
      { kind: 'asked', purpose: 'email-code', login: name, client: 'code-app' },
    ]);
    const code = await codeFor(name);
    const answer = await type(page, code);
    expect(await codeOf(service, answer)).toMatchObject({ acr: 'urn:latchkey:acr:email-code' });
    expect(await sessionOf(service, browser)).toMatchObject({ how: 'email-code' });
    const again = openBrowser(service);
    again.jar.set('__Host-latchkey-form', browser.jar.get('__Host-latchkey-form') ?? '');
    expect(textIn(await again.submit(page, { code, action: 'code' }))).toContain('not right');
  });

  test('is no sign-in for a client to which only a password will do (OIDC Core §5.5.1.1)', async () => {
    const name = await somebody();
    const code = async () => {
      const page = await askFor(name);
      return type(page, await codeFor(name));
    };
    await code();
    const acr = { essential: true, value: 'urn:latchkey:acr:password' };
    const claims = JSON.stringify({ id_token: { acr } });
    const silent = requestOf('code-app', { claims, prompt: 'none' });
    expect(answerOf(await browser.authorize(silent))).toMatchObject({ error: 'login_required' });
    const page = await browser.authorize(requestOf('code-app', { claims }));
    expect(pageOf(page)).toBe('login');
    expect(await codeOf(service, await browser.login(page, name, 'secret'))).toMatchObject({
      acr: 'urn:latchkey:acr:password',
    });
  });

  test('is for the browser that asked', async () => {
    const name = await somebody();
    await askFor(name);
    const code = await codeFor(name);
    const other = openBrowser(service);
    const page = await other.submit(await other.authorize(requestOf('code-app')), {
      username: name,
      action: 'mail-code',
    });
    expect(textIn(await other.submit(page, { code, action: 'code' }))).toContain('not right');
  });

  test('five wrong ones are all that are looked at, and the answers tell nothing', async () => {
    const name = await somebody();
    let page = await askFor(name);
    const code = await codeFor(name);
    const texts = new Set<string>();
    for (let times = 0; times < 6; times++) {
      advance(2);
      page = await type(page, otherThan(code));
      texts.add(textIn(page));
    }
    expect(texts.size).toBe(1);
    advance(4);
    expect(textIn(await type(page, code))).toContain('not right');
  });

  test('another one gives no fresh tries: they count as wrong passwords do', async () => {
    const name = await somebody();
    const wrong = async () => {
      let page = await askFor(name);
      const code = await codeFor(name);
      for (let times = 0; times < 3; times++) page = await type(page, otherThan(code));
      return { page, code };
    };
    await wrong();
    const { page, code } = await wrong();
    expect(textIn(page)).toContain('too many attempts');
    expect(textIn(await browser.login(await loginAt(), name))).toContain('too many attempts');
    advance(2);
    expect(await codeOf(service, await type(await askFor(name), code))).toMatchObject({
      acr: 'urn:latchkey:acr:email-code',
    });
    // What was right counts for nothing.
    advance(1);
    browser = openBrowser(service);
    const next = await browser.login(await loginAt(), name, 'wrong');
    expect(textIn(next)).not.toContain('too many attempts');
  });

  test('a wrong one is an event, as a wrong password is', async () => {
    const name = await somebody();
    const { id } = await userNamed(service, name);
    const page = await askFor(name);
    await type(page, otherThan(await codeFor(name)));
    const told = await eventsIn(service.tables.events);
    expect(told.filter(({ target }) => target === id)).toMatchObject([
      { type: 'session.refused', detail: { why: 'wrong_code', how: 'email-code', count: 1 } },
    ]);
  });

  test('one that is typed beside another name is none', async () => {
    const [mine, theirs] = [await somebody(), await somebody()];
    const page = await askFor(mine);
    const code = await codeFor(mine);
    const answer = await browser.submit(page, { username: theirs, code, action: 'code' });
    expect(textIn(answer)).toContain('not right');
  });

  test('is asked for alike, by word and requests, whoever has that name', async () => {
    const known = await somebody();
    const seen = [];
    for (const username of [known, 'nobody@example.com', '200@mydomain.com']) {
      const page = await loginAt();
      let answer: Answer | undefined;
      const dynamodb = await actionsDuring(service.dynamodb, async () => {
        answer = await askFor(username, page);
      });
      const text = textIn(answer as Answer).replaceAll(username, 'LOGIN');
      seen.push(JSON.stringify({ dynamodb, text, status: answer?.status }));
    }
    expect(new Set(seen).size).toBe(1);
  });

  test('a wrong one takes the same requests where none was ever made', async () => {
    const name = await somebody();
    const page = await askFor(name);
    const unmade = await actionsDuring(service.dynamodb, () => type(page, '123456'));
    const code = await codeFor(name);
    const made = await actionsDuring(service.dynamodb, () => type(page, otherThan(code)));
    expect(made).toEqual(unmade);
  });

  test('a wrong one takes the same requests and answer for a name of nobody', async () => {
    const seen = [];
    for (const username of [await somebody(), `${randomKey()}@example.com`]) {
      const page = await askFor(username);
      let answer: Answer | undefined;
      const dynamodb = await actionsDuring(service.dynamodb, async () => {
        answer = await type(page, '123456');
      });
      const text = textIn(answer as Answer).replaceAll(username, 'LOGIN');
      seen.push({ dynamodb, text, status: answer?.status });
    }
    expect(seen[0]).toEqual(seen[1]);
  });

  test('the queue has nothing by which the cookie of the browser could be told', async () => {
    await askFor(await somebody());
    const cookie = browser.jar.get('__Host-latchkey-form') ?? 'none';
    expect(JSON.stringify(mailOrders(service))).not.toContain(cookie);
  });
});

describe('an account that somebody made with the address of somebody else', () => {
  /** What it takes to wait in it. */
  async function trap() {
    const name = await somebody({ isShown: false });
    const { token } = await sessionOfDialect(service, name);
    return { name, headers: { authorization: `Bearer ${token}` } };
  }
  const follow = (location = '') => {
    const { pathname, search } = new URL(location);
    return browser.go(`GET ${pathname}${search}`);
  };

  test('is not entered by the first code, which leads to another password', async () => {
    const { name } = await trap();
    const answer = await type(await askFor(name), await codeFor(name));
    expect(answer.headers['location']).toMatch(/\/account\/new-password\?secret=/);
    expect(browser.jar.has('__Host-latchkey')).toBe(false);
    expect((await userNamed(service, name)).verified?.email).toBeUndefined();
  });

  test('is theirs alone then: the other’s sessions and password are over', async () => {
    const { name, headers } = await trap();
    const at = 'GET /user';
    expect((await service.send(at, { headers })).status).toBe(200);
    const answer = await type(await askFor(name), await codeFor(name));
    const choose = await browser.post(await follow(answer.headers['location']), { action: 'open' });
    const new_password = 'nine green kettles in a row';
    const done = await browser.post(choose, { action: 'save', new_password });
    expect(textIn(done)).toContain('Your password is changed');
    expect((await userNamed(service, name)).verified?.email).toMatchObject({
      address: name,
      means: 'email-code',
    });
    expect((await service.send(at, { headers })).status).toBe(401);
    expect(pageOf(await browser.login(await loginAt(), name))).toBe('login');
    const next = await type(await askFor(name), await codeFor(name));
    expect(await codeOf(service, next)).toMatchObject({ acr: 'urn:latchkey:acr:email-code' });
  });

  test('and whoever knows its password alone shows no address by changing it', async () => {
    const name = await somebody({ isShown: false });
    const { id } = await userNamed(service, name);
    const set = { expression: 'mustChangePassword = :yes', values: { ':yes': true } };
    await update(service.tables.directory, { pk: id, sk: 'subject' }, set);
    const answer = await browser.login(await loginAt(), name);
    const choose = await browser.post(await follow(answer.headers['location']), { action: 'open' });
    const save = { action: 'save', new_password: 'nine green kettles in a row' };
    expect(textIn(await browser.post(choose, save))).toContain('Your password is changed');
    expect((await userNamed(service, name)).verified?.email).toBeUndefined();
  });

  test('without a password it is entered, and the address shown to be theirs', async () => {
    const name = await somebody({ isShown: false });
    const { id } = await userNamed(service, name);
    await storePassword(service.tables.directory, id, undefined);
    const answer = await type(await askFor(name), await codeFor(name));
    expect(await codeOf(service, answer)).toMatchObject({ acr: 'urn:latchkey:acr:email-code' });
    expect((await userNamed(service, name)).verified?.email).toMatchObject({
      address: name,
      means: 'email-code',
    });
  });
});

describe('a password that has to be another one', () => {
  const must = async (name: string) => {
    const { id } = await userNamed(service, name);
    const set = { expression: 'mustChangePassword = :yes', values: { ':yes': true } };
    await update(service.tables.directory, { pk: id, sk: 'subject' }, set);
  };

  test('opens nothing: it leads to where it is changed, and back to the client', async () => {
    const name = await somebody();
    await must(name);
    const answer = await browser.login(await loginAt(), name);
    const location = answer.headers['location'] ?? '';
    expect(location).toMatch(/\/account\/new-password\?secret=/);
    expect(browser.jar.has('__Host-latchkey')).toBe(false);
    const place = new URL(location);
    const open = await browser.go(`GET ${place.pathname}${place.search}`);
    const choose = await browser.post(open, { action: 'open' });
    const new_password = 'nine green kettles in a row';
    const done = await browser.post(choose, { action: 'save', new_password });
    expect(done.text.replaceAll('&amp;', '&')).toContain(
      'href="/oauth/authorize?client_id=code-app',
    );
    const next = await browser.login(await loginAt(), name, new_password);
    expect(answerOf(next)).toHaveProperty('code');
  });

  test('a wrong one is told nothing of it', async () => {
    const name = await somebody();
    await must(name);
    const page = await browser.login(await loginAt(), name, 'wrong');
    expect([pageOf(page), textIn(page).includes('is not right')]).toEqual(['login', true]);
  });

  test.each([
    ['POST /login', 401],
    ['POST /user/auth', 401],
    ['POST /api/v1/authenticate', 401],
  ])('%s refuses it in its own shape, and says why', async (call, status) => {
    const name = await somebody();
    await must(name);
    const answer = await service.send(call, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: name, password: 'secret' }),
    });
    expect(answer.status).toBe(status);
    expect(answer.text).toContain('has to be changed');
    const wrong = await service.send(call, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: name, password: 'wrong' }),
    });
    expect(wrong.text).not.toContain('has to be changed');
  });

  test('a code by mail does not go round it', async () => {
    const name = await somebody();
    await must(name);
    const page = await askFor(name);
    const answer = await type(page, await codeFor(name));
    expect(answer.headers['location']).toMatch(/\/account\/new-password\?secret=/);
    expect(browser.jar.has('__Host-latchkey')).toBe(false);
  });
});
