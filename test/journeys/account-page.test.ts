/**
 * What people do with their own account, in a real Chromium without JavaScript, against the whole running stack
 * and its mailbox. Pictures of every page go to `.artefacts/browser`.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { callAs, ROOT } from '../console/console.ts';
import { linkIn, mailsTo, nextMail } from '../support/running/mailbox.ts';
import { look, startChromium } from '../support/web/chromium.ts';
import { ALICE, BOB, type Site, startSite } from '../support/web/site.ts';

let chromium: Browser;
let site: Site;
beforeAll(async () => {
  [chromium, site] = await Promise.all([startChromium(), startSite({ https: true })]);
}, 180_000);
afterAll(() => Promise.all([chromium?.close(), site?.stop()]));

async function open(options: BrowserContextOptions = {}): Promise<Page> {
  const context = await chromium.newContext({
    ignoreHTTPSErrors: true,
    javaScriptEnabled: false,
    ...options,
  });
  context.setDefaultTimeout(15_000);
  onTestFinished(() => context.close());
  return context.newPage();
}

async function signIn(page: Page, { username, password } = ALICE): Promise<void> {
  await page.fill('#username', username);
  await page.fill('#password', password);
  await page.click('#login-submit');
  await page.waitForSelector('h1');
}

async function at(page: Page, place: string, who = ALICE): Promise<void> {
  await page.goto(`${site.service}${place}`);
  if (await page.$('#login-submit')) await signIn(page, who);
}
const heading = (page: Page) => page.textContent('h1');
const done = (page: Page) => page.textContent('[role=status]');

describe.each([
  ['en-GB', '', ALICE, 'Your account'],
  ['cs-CZ', '-cs', BOB, 'Váš účet'],
])('in %s', (locale, suffix, who, title) => {
  test.each([
    'account',
    'profile',
    'email',
    'password',
    'sessions',
    'applications',
    'keys',
    'activity',
  ])('%s keeps nobody out, on any screen', async (name) => {
    const page = await open({ locale, javaScriptEnabled: true });
    await at(page, '/account', who);
    expect(await heading(page)).toBe(title);
    if (name !== 'account') {
      await page.click(`#${name}`);
      await page.waitForSelector('nav');
    }
    await look(page, name === 'account' ? `account${suffix}` : `account-${name}${suffix}`);
  });
});

test('the profile is changed, and the language with it', async () => {
  const page = await open();
  await at(page, '/account/profile');
  await page.fill('#nickname', 'Ace');
  await page.selectOption('#locale', 'cs');
  await page.click('#profile-save');
  expect(await done(page)).toBe('Profil je uložený.');
  expect(await page.inputValue('#nickname')).toBe('Ace');
  await page.selectOption('#locale', '');
  await page.click('#profile-save');
  expect(await done(page)).toBe('Your profile is saved.');
});

test('an address of several lines outlives another nickname, and a website that is none hinders nobody', async () => {
  const page = await open();
  await at(page, '/account/profile');
  const lines = await page.inputValue('#formatted');
  expect(lines).toContain('\n');
  const list = await callAs(site, ROOT, `GET /admin/api/users?login=${ALICE.username}`);
  const [{ id = '' } = {}] = ((await list.json()) as { items: { id: string }[] }).items;
  await callAs(site, ROOT, `PATCH /admin/api/users/${id}`, { profile: { website: 'example.com' } });
  await page.goto(`${site.service}/account/profile`);
  await page.fill('#nickname', 'Bea');
  await page.click('#profile-save');
  expect(await done(page)).toBe('Your profile is saved.');
  expect(await page.inputValue('#website')).toBe('example.com');
  expect(await page.inputValue('#formatted')).toBe(lines);
});

test('another address counts once its mail was opened, in whichever browser; the old one is told', async () => {
  const page = await open();
  await at(page, '/account/email');
  const before = (await page.textContent('dd')) ?? '';
  await page.fill('#email', 'moved@example.com');
  await page.click('#email-submit');
  expect(await done(page)).toContain('Open the link in the mail');
  const mail = await nextMail(site, 'moved@example.com');
  const link = linkIn(mail, '/account/email');

  const phone = await open({ javaScriptEnabled: true });
  await phone.goto(link);
  await look(phone, 'account-email-confirm');
  await page.goto(`${site.service}/account/email`);
  expect(await page.textContent('dd')).toBe(before);
  await phone.click('#email-confirm');
  await look(phone, 'account-email-confirmed');
  await page.goto(`${site.service}/account`);
  expect(await page.textContent('dd')).toBe('moved@example.com (confirmed)');
  if (before.includes('@')) await nextMail(site, before);

  await phone.goto(link);
  expect(await heading(phone)).toBe('This link does not work any more');
  await look(phone, 'account-email-over');
});

test('a password is changed in one tab; the other tab’s form has expired, and other browsers are out', async () => {
  const page = await open();
  const other = await open();
  await at(page, '/account/password', BOB);
  await at(other, '/account', BOB);
  await page.fill('#oldPassword', 'wrong');
  await page.fill('#newPassword', 'four plain words here');
  await page.click('#password-submit');
  expect(await page.textContent('[role=alert]')).toContain('The current password is not right.');
  await page.fill('#oldPassword', BOB.password);
  await page.fill('#newPassword', 'four plain words here');
  await page.click('#password-submit');
  expect(await done(page)).toContain('Your password is changed.');
  await other.goto(`${site.service}/account`);
  expect(await heading(other)).toBe('Sign in');
  await page.fill('#oldPassword', 'four plain words here');
  await page.fill('#newPassword', BOB.password);
  await page.click('#password-submit');
});

test('a key is made and shown once, and ended', async () => {
  const page = await open({ javaScriptEnabled: true });
  await at(page, '/account/keys');
  await page.fill('#name', '<img src=x onerror=alert(1)>');
  await page.selectOption('#days', '30');
  await page.click('#key-make');
  const key = (await page.textContent('#key-text')) ?? '';
  expect(key).toMatch(/^lk_/);
  await look(page, 'account-key-made');
  await page.click('#key-kept');
  expect(await page.textContent('main')).toContain('<img src=x onerror=alert(1)>');
  expect(await page.content()).not.toContain(key);
  await look(page, 'account-keys-one');
  await page.click('.rows [id^=end-]');
  expect(await done(page)).toBe('That key works no more.');
});

test('an application is allowed, seen, and has no access any more', async () => {
  const page = await open({ javaScriptEnabled: true });
  await page.goto(site.authorize('asking', { scope: 'openid email cdr:r' }));
  await signIn(page);
  await page.click('#consent-allow');
  await page.waitForURL(`${site.client.origin}/callback**`);
  const { code } = site.client.answers.at(-1) ?? {};
  const tokens = await site.redeem('asking', code);
  const userinfo = async () => {
    const headers = { authorization: `Bearer ${tokens.body['access_token']}` };
    return (await fetch(`${site.service}/oauth/userinfo`, { headers })).status;
  };
  expect(await userinfo()).toBe(200);
  await page.goto(`${site.service}/account/applications`);
  expect(await page.textContent('.rows')).toContain('Acme Photos');
  await look(page, 'account-applications-one');
  await page.click('#end-asking');
  expect(await done(page)).toBe('That application has no access any more.');
  expect(await userinfo()).toBe(401);
});

test('whoever signs in elsewhere is seen, and signed out there', async () => {
  const page = await open({ javaScriptEnabled: true });
  const phone = await open({ userAgent: PHONE });
  await at(page, '/account/sessions', BOB);
  await at(phone, '/account', BOB);
  await page.reload();
  expect(await page.textContent('.rows')).toContain('Safari · iOS');
  await look(page, 'account-sessions-two');
  await page.click('#sessions-others');
  expect(await done(page)).toBe('Everywhere else you are signed out.');
  await phone.goto(`${site.service}/account`);
  expect(await heading(phone)).toBe('Sign in');
  await page.goto(`${site.service}/account/activity`);
  await expect
    .poll(async () => {
      await page.reload();
      return page.textContent('main');
    })
    .toContain('Signed out everywhere');
  await look(page, 'account-activity-much');
});
const PHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';

test('all data comes as a file', async () => {
  const page = await open();
  await at(page, '/account');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('#export')]);
  expect(download.suggestedFilename()).toBe('account.json');
});

test('no mail was sent that nobody asked for', async () => {
  expect(await mailsTo(site, 'nobody@example.com')).toEqual([]);
});
