/**
 * People without a session, in a real Chromium with JavaScript off against the whole running stack: from the
 * login page by way of the local mailbox to the end, in both languages. Pictures go to `.artefacts/browser`.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { linkIn, nextMail } from '../support/running/mailbox.ts';
import { type People, signIn, startPeople } from '../support/web/people.ts';

const FIRST = 'seven quiet lamps by the river';
const SECOND = 'nine green kettles in a row';

let people: People;
beforeAll(async () => {
  people = await startPeople();
}, 180_000);
afterAll(() => people?.stop());

/** @returns The code that the client got. */
async function arrived(page: Page): Promise<string> {
  await page.waitForURL(`${people.site.client.origin}/callback**`);
  return people.site.client.answers.at(-1)?.['code'] ?? '';
}

/** By the link of the next mail, from its button to what is chosen. */
async function choose(page: Page, link: string, password: string): Promise<void> {
  await page.goto(link);
  await page.click('#link-open');
  await page.fill('#new_password', password);
  await page.click('#link-save');
  await page.waitForSelector('#done');
}

// Many pages, each looked at four times.
describe.each([
  ['en', 'en-GB', 'Create an account', 'Choose another password'],
  ['cs', 'cs-CZ', 'Vytvořit účet', 'Zvolte si jiné heslo'],
])('in %s', { timeout: 120_000 }, (language, locale, signUpTitle, resetTitle) => {
  const address = `newcomer-${language}@example.com`;

  test('an account is made by a mail, and the application is reached with it', async () => {
    const page = await people.open(locale);
    await page.goto(people.site.authorize('trusted'));
    await people.look(page, `login-offers-${language}`);
    await page.click('#login-sign-up');
    expect(await page.textContent('h1')).toBe(signUpTitle);
    await people.look(page, `sign-up-${language}`);
    await page.fill('#address', address);
    await page.click('#ask-submit');
    await page.waitForSelector('#sent');
    await people.look(page, `sent-${language}`);
    const link = linkIn(await nextMail(people.site, address), '/account/sign-up/finish');
    await page.goto(link);
    await people.look(page, `sign-up-link-${language}`);
    await page.click('#link-open');
    await people.look(page, `sign-up-finish-${language}`);
    await page.fill('#name', 'Žofie <b>Nová</b>');
    await page.fill('#new_password', FIRST);
    await page.click('#link-save');
    await page.waitForSelector('#done');
    await people.look(page, `sign-up-done-${language}`);
    await page.goto(people.site.authorize('trusted'));
    await signIn(page, address, FIRST);
    expect(await arrived(page)).not.toBe('');
    await page.goto(link);
    await people.look(page, `link-over-${language}`);
    expect(await page.locator('form').count()).toBe(0);
  });

  test('a forgotten password is replaced, and the old one is worth nothing', async () => {
    const page = await people.open(locale);
    const seen = await people.seenBy(address);
    await page.goto(people.site.authorize('trusted'));
    await page.click('#login-forgot');
    await people.look(page, `forgot-${language}`);
    await page.fill('#login', address);
    await page.click('#ask-submit');
    await page.click('#back');
    await page.waitForSelector('#login-submit');
    const link = linkIn(await nextMail(people.site, address, seen), '/account/reset-password');
    await page.goto(link);
    expect(await page.textContent('h1')).toBe(resetTitle);
    await people.look(page, `reset-link-${language}`);
    await page.click('#link-open');
    await page.fill('#new_password', 'abc');
    await page.click('#link-save');
    await page.waitForSelector('#problem');
    await people.look(page, `reset-problem-${language}`);
    await page.fill('#new_password', SECOND);
    await page.click('#link-save');
    await page.waitForSelector('#done');
    await people.look(page, `reset-done-${language}`);
    await page.goto(people.site.authorize('trusted'));
    await signIn(page, address, FIRST);
    await page.waitForSelector('#problem');
    await signIn(page, address, SECOND);
    expect(await arrived(page)).not.toBe('');
  });

  test('a code by mail does in place of the password', async () => {
    const page = await people.open(locale);
    const seen = await people.seenBy(address);
    await page.goto(people.site.authorize('trusted'));
    await page.fill('#username', address);
    await page.click('#login-code');
    await page.waitForSelector('#code');
    await people.look(page, `code-${language}`);
    const { text } = await nextMail(people.site, address, seen);
    const [code = ''] = /\b\d{6}\b|\b\d{3} \d{3}\b/.exec(text) ?? [];
    await page.fill('#code', code.startsWith('0') ? '111111' : '000000');
    await page.click('#code-submit');
    await page.waitForSelector('#problem');
    await people.look(page, `code-wrong-${language}`);
    await page.fill('#code', code);
    await page.click('#code-submit');
    expect(await arrived(page)).not.toBe('');
  });

  test('an invitation is taken, and a password that was given has to be changed', async () => {
    const page = await people.open(locale);
    const email = `guest-${language}@example.com`;
    const user = { username: email, email, roles: ['user'], invite: true, profile: { locale } };
    const { id } = await people.call('POST', '/admin/api/users', user);
    const link = linkIn(await nextMail(people.site, email), '/account/invitation');
    await page.goto(link);
    await people.look(page, `invitation-${language}`);
    await choose(page, link, FIRST);
    const given = { password: 'given by somebody else once', mustChangePassword: true };
    await people.call('PATCH', `/admin/api/users/${id}`, given);
    await page.goto(people.site.authorize('trusted'));
    await signIn(page, email, given.password);
    await page.waitForURL('**/account/new-password**');
    await people.look(page, `must-change-${language}`);
    await choose(page, page.url(), SECOND);
    await page.click('#sign-in');
    await signIn(page, email, SECOND);
    expect(await arrived(page)).not.toBe('');
  });
});

test('no page has broken its own policy', () => expect(people.complaints).toEqual([]));
