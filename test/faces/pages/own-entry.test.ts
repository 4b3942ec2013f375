/**
 * How somebody enters their account without a password, or without a client that sends them: by a code, by a
 * link that they are sent; and what enters it by itself, an API key.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { update } from '../../../lib/aws/table.ts';
import { createDomain, domainKey } from '../../../lib/store/directory/domains.ts';
import { saveUser } from '../../../lib/store/directory/users.ts';
import { saveConsent } from '../../../lib/store/sessions/consents.ts';
import { instant } from '../../../lib/time.ts';
import {
  agree,
  openBrowser as openSession,
  publicClient,
  refreshWith,
  tokensOf,
} from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { makeRole } from '../../support/actors/roles.ts';
import { type Admin, startAdmin } from '../../support/running/admin.ts';
import { actionsDuring } from '../../support/running/proxy.ts';
import { MAIL_QUEUE } from '../../support/running/queues.ts';
import { type Answer, advance, ISSUER } from '../../support/running/service.ts';
import { eventsIn } from '../../support/running/trail.ts';
import { formWith, growStale, press, send, signedIn } from '../../support/web/account.ts';
import { type Browser, openBrowser } from '../../support/web/browser.ts';
import { codeFor, linkTo, mailOrders, userNamed } from '../../support/web/recovery.ts';
import { addWebClient, requestOf } from '../../support/web/sign-in.ts';

const HOME = 'home.example';
const NEW = 'seven quiet lamps by the river';
const AT_ACCOUNT = 'GET /oauth/login?return_to=/account';

let service: Admin;
let browser: Browser;
let count = 0;
beforeAll(async () => {
  service = await startAdmin({ MAIL_QUEUE, DEFAULT_DOMAIN: HOME });
  for (const name of [HOME, 'other.example'])
    await createDomain(service.tables.directory, { name, disabled: false, generation: 1 });
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'] } });
  await addWebClient(service, { id: 'asking-app', domain: HOME });
});
beforeEach(async () => {
  advance(1000);
  browser = openBrowser(service);
  service.queue.requests.length = 0;
  await say(HOME, { signUp: 'closed', emailCodes: true });
});
afterAll(() => service.stop());

const now = () => instant(Math.floor(Date.now() / 1000));
async function say(domain: string, settings: Record<string, unknown>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    const set = { expression: '#n = :v', values: { ':v': value }, names: { '#n': name } };
    await update(service.tables.directory, domainKey(domain), set);
  }
}
async function somebody(more: Parameters<typeof addUser>[1] = {}): Promise<string> {
  count += 1;
  const email = `entering-${count}@example.com`;
  await addUser(service, { username: email, email, domain: HOME, ...more });
  return email;
}
const forget = async (name: string, more: object = {}) => {
  const { passwordHash: _, ...before } = await userNamed(service, name);
  const { directory } = service.tables;
  await saveUser(directory, {
    before: await userNamed(service, name),
    after: { ...before, ...more },
  });
};
/** With no password, at a page of ours, by a code. */
async function byCode(name: string, page = AT_ACCOUNT): Promise<Answer> {
  const asked = await browser.submit(await browser.go(page), {
    username: name,
    action: 'mail-code',
  });
  return browser.post(asked, { code: await codeFor(service, name), action: 'code' });
}
const typesOf = async (name: string) => {
  const { id } = await userNamed(service, name);
  const all = await eventsIn(service.tables.events);
  return all.filter(({ subject }) => subject === `user/${id}`).map(({ type }) => type);
};

describe('the login of a page of our own', () => {
  const signUpLink = async (page = AT_ACCOUNT) =>
    /id="login-sign-up" href="([^"]*)"/.exec((await browser.go(page)).text)?.[1];

  test('offers to sign up where the domain of the deployment is open, and leads back', async () => {
    await say(HOME, { signUp: 'open' });
    const link = await signUpLink();
    expect(link).toBe('/account/sign-up?return_to=%2Faccount');
    const form = await browser.go(`GET ${link}`);
    expect(form.text).toContain('href="/oauth/login?return_to=%2Faccount"');
    expect((await browser.post(form, { address: 'new@example.com' })).status).toBe(200);
    expect(mailOrders(service)).toMatchObject([{ purpose: 'sign-up', domain: HOME }]);
  });

  test.each([
    ['closed', { signUp: 'closed' }],
    ['for those who are invited', { signUp: 'invite' }],
    ['disabled', { signUp: 'open', disabled: true }],
  ])('does not where it is %s', async (_case, settings) => {
    await say(HOME, settings);
    expect(await signUpLink()).toBeUndefined();
    await say(HOME, { disabled: false });
  });

  test('says nothing of that domain at a client of another one', async () => {
    await say(HOME, { signUp: 'open' });
    await addWebClient(service, { id: 'other-app', domain: 'other.example' });
    const at = `GET /oauth/authorize?${new URLSearchParams(requestOf('other-app'))}`;
    expect(await signUpLink(at)).toBeUndefined();
    expect((await browser.go(at)).text).not.toContain('id="login-code"');
  });

  test('takes a code by mail, where that domain allows it', async () => {
    const name = await somebody();
    await forget(name);
    expect((await byCode(name)).headers['location']).toBe(`${ISSUER}/account`);
    await say(HOME, { emailCodes: false });
    expect((await openBrowser(service).go(AT_ACCOUNT)).text).not.toContain('id="login-code"');
  });

  test('asks whoever is to sign in again for what their own domain allows', async () => {
    const name = await somebody({ domain: 'other.example' });
    const theirs = await signedIn(service, name);
    const again = `${AT_ACCOUNT}/email&prompt=login`;
    expect((await theirs.go(again)).text).not.toContain('id="login-code"');
    await say('other.example', { emailCodes: true });
    expect((await theirs.go(again)).text).toContain('id="login-code"');
    await say('other.example', { emailCodes: false });
  });

  test('asks DynamoDB the same, whoever has the name that was typed', async () => {
    const [known, disabled] = [await somebody(), await somebody()];
    await forget(disabled, { disabled: true });
    const asked = [];
    for (const username of [known, disabled, 'nobody@example.com']) {
      const visitor = openBrowser(service);
      const page = await visitor.go(AT_ACCOUNT);
      asked.push(
        await actionsDuring(service.dynamodb, () =>
          visitor.submit(page, { username, action: 'mail-code' }),
        ),
      );
    }
    expect(asked[1]).toEqual(asked[0]);
    expect(asked[2]).toEqual(asked[0]);
  });
});

describe('somebody without a password', () => {
  const CHOOSE = 'GET /oauth/login?return_to=/account/password';

  test('is sent a link to the confirmed address, and chooses one there', async () => {
    const name = await somebody();
    await forget(name);
    expect((await byCode(name, CHOOSE)).headers['location']).toBe(`${ISSUER}/account/password`);
    service.queue.requests.length = 0;
    const page = await browser.go('GET /account/password');
    expect(page.text).not.toContain('name="oldPassword"');
    const { headers } = await press(browser, '/account/password', 'password-link', {
      action: 'link',
    });
    expect(headers['location']).toBe(`${ISSUER}/account/password?done=link`);
    const { id } = await userNamed(service, name);
    expect(mailOrders(service)).toEqual([
      {
        kind: 'link',
        purpose: 'reset-password',
        subject: id,
        generation: expect.any(Number),
        locale: 'en',
      },
    ]);
    // As the function `mail` makes it.
    const link = await linkTo(service, 'reset-password', name);
    const opened = await browser.post(await browser.go(`GET ${link}`), { action: 'open' });
    await browser.post(opened, { action: 'save', new_password: NEW });
    expect(await typesOf(name)).toContain('user.password-changed');
    expect((await browser.go('GET /account')).status).toBe(303);
  });

  test('sets none by the session alone: neither by the form of a change, nor with an empty old one', async () => {
    const name = await somebody();
    await forget(name);
    await byCode(name);
    const { hidden } = formWith(await browser.go('GET /account/password'), 'password-link');
    for (const oldPassword of ['', NEW]) {
      const fields = { ...hidden, oldPassword, newPassword: NEW };
      expect((await send(browser, '/account/password', fields)).status).toBe(400);
    }
    expect((await userNamed(service, name)).passwordHash).toBeUndefined();
  });

  test('is asked to sign in again for the link, once that is ten minutes ago', async () => {
    const name = await somebody();
    await forget(name);
    await byCode(name);
    const { hidden } = formWith(await browser.go('GET /account/password'), 'password-link');
    growStale();
    service.queue.requests.length = 0;
    const late = await send(browser, '/account/password', { ...hidden, action: 'link' });
    expect(late.headers['location']).toContain('prompt=login');
    expect(mailOrders(service)).toEqual([]);
  });

  test('has to confirm the address first', async () => {
    const name = await somebody();
    const theirs = await signedIn(service, name);
    await forget(name);
    const page = await theirs.go('GET /account/password');
    expect(page.text).toContain('id="to-email"');
    const { hidden } = formWith(await theirs.go('GET /account/profile'), 'profile-save');
    const fields = { ...hidden, page: '/account/password', action: 'link' };
    await send(theirs, '/account/password', fields);
    expect(mailOrders(service)).toEqual([]);
  });

  test('with a password by now is told so, and is sent nothing', async () => {
    const name = await somebody();
    const { passwordHash } = await userNamed(service, name);
    await forget(name);
    await byCode(name);
    const { hidden } = formWith(await browser.go('GET /account/password'), 'password-link');
    await forget(name, { passwordHash });
    service.queue.requests.length = 0;
    const late = await send(browser, '/account/password', { ...hidden, action: 'link' });
    expect([late.status, late.text]).toEqual([
      409,
      expect.stringContaining('has a password already'),
    ]);
    expect(mailOrders(service)).toEqual([]);
  });
});

const keyIn = ({ text }: Answer) => /<code id="key-text">([^<]+)</.exec(text)?.[1] ?? '';
const statusWith = async (key: string) =>
  (await service.send('GET /admin/api/me', { headers: { 'x-api-key': key } })).status;

describe('an API key of one’s own', () => {
  const holder = async () => {
    const name = await somebody({ roles: ['reader'] });
    const theirs = await signedIn(service, name);
    const made = await press(theirs, '/account/keys', 'key-make', { name: 'ci' });
    return { name, theirs, key: keyIn(made) };
  };

  test('gets another secret, shown once; the old one is refused from the next call on', async () => {
    const { name, theirs, key } = await holder();
    const renewed = keyIn(await press(theirs, '/account/keys', 'name="renew"', { overlap: '0' }));
    expect(renewed).not.toBe(key);
    expect([await statusWith(key), await statusWith(renewed)]).toEqual([401, 200]);
    expect((await theirs.go('GET /account/keys')).text).not.toContain(renewed);
    expect(await typesOf(name)).toContain('key.secret-changed');
  });

  test('keeps the old one for as long as was said', async () => {
    const { theirs, key } = await holder();
    const renewed = await press(theirs, '/account/keys', 'name="renew"', { overlap: '86400' });
    expect(await statusWith(key)).toBe(200);
    advance(86_401);
    expect([await statusWith(key), await statusWith(keyIn(renewed))]).toEqual([401, 200]);
  });

  test.each(['-1', '2592001', '1e3', 'x'])('not for %j seconds', async (overlap) => {
    const { theirs, key } = await holder();
    const { status } = await press(theirs, '/account/keys', 'name="renew"', { overlap });
    expect([status, await statusWith(key)]).toEqual([400, 200]);
  });

  test('of somebody else gets none', async () => {
    const [own, other] = [await holder(), await holder()];
    const { hidden } = formWith(await other.theirs.go('GET /account/keys'), 'name="renew"');
    const mine = formWith(await own.theirs.go('GET /account/keys'), 'name="renew"').hidden;
    const fields = { ...mine, renew: hidden['renew'] ?? '', overlap: '0' };
    const { status, text } = await send(own.theirs, '/account/keys', fields);
    expect([status, text]).toEqual([404, expect.stringContaining('not there any more')]);
    expect(await statusWith(other.key)).toBe(200);
  });

  test('gets none with a sign-in of more than ten minutes ago', async () => {
    const { theirs, key } = await holder();
    const { hidden } = formWith(await theirs.go('GET /account/keys'), 'name="renew"');
    growStale();
    const late = await send(theirs, '/account/keys', { ...hidden, overlap: '0' });
    expect(late.headers['location']).toContain('prompt=login');
    expect(await statusWith(key)).toBe(200);
  });

  test('that may do more than its owner now gets none', async () => {
    const { name, theirs, key } = await holder();
    const { hidden } = formWith(await theirs.go('GET /account/keys'), 'name="renew"');
    const user = await userNamed(service, name);
    await saveUser(service.tables.directory, { before: user, after: { ...user, roles: ['user'] } });
    expect((await send(theirs, '/account/keys', { ...hidden, overlap: '0' })).status).toBe(403);
    expect(key).not.toBe('');
  });
});

test('an application with access says when it was last used, as far as that is kept', async () => {
  const name = await somebody();
  const { id } = await userNamed(service, name);
  const scopes = ['openid', 'offline_access'];
  const consent = { scopes, grantedAt: now(), expiresAt: instant(now() + 1e6) };
  await saveConsent(
    service.tables.sessions,
    { subject: id, client: 'asking-app' },
    { after: consent },
  );
  const theirs = await signedIn(service, name);
  const shown = async () => (await theirs.go('GET /account/applications')).text;
  expect(await shown()).toContain('Not in use now');
  const client = await publicClient(service, { domain: HOME });
  const given = { ...consent, grantedAt: now() };
  await saveConsent(service.tables.sessions, { subject: id, client: client.id }, { after: given });
  const opened = await openSession(service, id);
  const { refresh } = await tokensOf(service, await agree(service, { client, browser: opened }));
  const whenUsed = async () => /Last used <time datetime="([^"]+)"/.exec(await shown())?.[1];
  const first = await whenUsed();
  advance(3600);
  expect((await refreshWith(service, client, refresh)).status).toBe(200);
  expect(Date.parse((await whenUsed()) ?? '') - Date.parse(first ?? '')).toBe(3_600_000);
});
