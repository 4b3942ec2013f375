/** Somebody who forgot the password: the mail of it, another password, and the pages of their own account. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChromium } from '../../support/web/chromium.ts';
import { administer, latchkey, passwordFile } from './callers.ts';
import { mailsTo, sendsMail } from './mailbox.ts';
import { serviceUrl } from './prod.ts';

const NAME = 'forgetful@example.com';
const FORGOTTEN = 'correct horse, no staple';
const PASSWORD = 'four plain words here';

let chromium: Browser;
let page: Page;
beforeAll(async () => {
  await sendsMail();
  await administer();
  await latchkey(
    `user create ${NAME} --email ${NAME} --role user --active --password-file ${passwordFile(FORGOTTEN)}`,
  );
  chromium = await startChromium();
  page = await chromium.newPage();
}, 300_000);
afterAll(() => chromium?.close());

const open = (path: string) => page.goto(serviceUrl() + path);
const done = () => page.textContent('[role=status]');

async function signIn(password: string): Promise<void> {
  await page.fill('#username', NAME);
  await page.fill('#password', password);
  await page.click('#login-submit');
}

/** @returns Of the newest mail that has one. */
async function linkTo(path: string): Promise<string> {
  const links = async () =>
    (await mailsTo(NAME)).flatMap((text) => text.match(/http\S+\/account\/\S+/g) ?? []);
  const found = async () => (await links()).findLast((link) => new URL(link).pathname === path);
  await expect.poll(found, { timeout: 60_000 }).toBeDefined();
  return (await found()) ?? '';
}

test('a link comes by mail, sets another password, and works once', async () => {
  await open('/account/forgot-password');
  await page.fill('#login', NAME);
  await page.click('#ask-submit');
  expect(await page.textContent('#sent')).toContain(NAME);
  const link = await linkTo('/account/reset-password');
  await page.goto(link);
  await page.click('#link-open');
  await page.fill('#new_password', PASSWORD);
  await page.click('#link-save');
  await page.waitForSelector('#done');
  expect((await page.goto(link))?.status()).toBe(410);
}, 120_000);

test('the password opens the account, in which a name, a password and sessions are changed', async () => {
  await open('/account');
  await signIn(FORGOTTEN);
  expect(await page.textContent('[role=alert]')).toBeTruthy();
  await signIn(PASSWORD);
  await page.click('#profile');
  await page.fill('#nickname', 'Ace');
  await page.click('#profile-save');
  expect(await done()).toContain('saved');
  await open('/account/password');
  await page.fill('#oldPassword', PASSWORD);
  await page.fill('#newPassword', `${PASSWORD}, once more`);
  await page.click('#password-submit');
  expect(await done()).toContain('Your password is changed.');
  for (const path of ['sessions', 'applications', 'keys', 'activity', 'export'])
    expect((await page.request.get(`${serviceUrl()}/account/${path}`)).status(), path).toBe(200);
}, 120_000);
