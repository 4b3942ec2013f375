/**
 * How people come into their account where it is not by a password that they have: past a flood of guesses, by a
 * code and a link to a first password, by a new secret of a key. In a real Chromium with JavaScript off against
 * the whole running stack, by way of the local mailbox to the end, in both languages. Pictures go to
 * `.artefacts/browser`.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countFailure } from '../../lib/sign-in/count-failures.ts';
import { instant } from '../../lib/time.ts';
import { linkIn, nextMail } from '../support/running/mailbox.ts';
import { tableOf } from '../support/running/tables.ts';
import { type People, signIn, startPeople } from '../support/web/people.ts';

const PASSWORD = 'seven quiet lamps by the river';

let people: People;
beforeAll(async () => {
  people = await startPeople();
}, 180_000);
afterAll(() => people?.stop());

const arrived = (page: Page) => page.waitForURL(`${people.site.client.origin}/callback**`);

/** More wrong passwords from this machine than anybody may try again after, for some minutes. */
async function flood(username: string): Promise<void> {
  const now = instant(Math.floor(Date.now() / 1000));
  const sessions = tableOf(people.site, 'sessions');
  for (let tries = 0; tries < 20; tries++)
    await countFailure(sessions, { username, ip: '127.0.0.1' }, now);
}

describe.each([
  ['en', 'en-GB'],
  ['cs', 'cs-CZ'],
])('in %s', { timeout: 120_000 }, (language, locale) => {
  test('whoever has to wait is let past by a link, in the browser in which it was followed', async () => {
    const email = `flooded-${language}@example.com`;
    const account = { username: email, email, activated: true, profile: { locale } };
    await people.call('POST', '/admin/api/users', { ...account, password: PASSWORD });
    await flood(email);
    const [page, other] = [await people.open(locale), await people.open(locale)];
    await page.goto(people.site.authorize('trusted'));
    await signIn(page, email, PASSWORD);
    await page.waitForSelector('#unlock');
    await people.look(page, `locked-${language}`);
    await page.click('#unlock');
    await people.look(page, `locked-ask-${language}`);
    await page.fill('#login', email);
    await page.click('#ask-submit');
    await page.waitForSelector('#sent');
    const link = linkIn(await nextMail(people.site, email), '/account/unlock');

    await page.goto(link);
    await people.look(page, `unlock-${language}`);
    await page.click('#link-open');
    await page.waitForSelector('#done');
    await people.look(page, `unlocked-${language}`);
    await page.goto(people.site.authorize('trusted'));
    await signIn(page, email, PASSWORD);
    await arrived(page);

    await other.goto(link);
    expect(await other.locator('form').count()).toBe(0);
    await other.goto(people.site.authorize('trusted'));
    await signIn(other, email, PASSWORD);
    await other.waitForSelector('#unlock');
  });

  test('whoever has no password enters by a code, and chooses one by a link', async () => {
    const email = `codes-only-${language}@example.com`;
    const account = { username: email, email, roles: ['user'], profile: { locale } };
    await people.call('POST', '/admin/api/users', { ...account, invite: true });
    await nextMail(people.site, email);
    const page = await people.open(locale);
    await page.goto(`${people.site.service}/account/password`);
    await page.waitForSelector('#login-sign-up');
    await people.look(page, `login-own-${language}`);
    await page.fill('#username', email);
    await page.click('#login-code');
    await page.waitForSelector('#code');
    const { text } = await nextMail(people.site, email, 1);
    await page.fill('#code', /\b\d{6}\b|\b\d{3} \d{3}\b/.exec(text)?.[0] ?? '');
    await page.click('#code-submit');
    await page.waitForSelector('#password-link');
    await people.look(page, `password-none-${language}`);
    const seen = await people.seenBy(email);
    await page.click('#password-link');
    await page.waitForSelector('[role=status]');
    await people.look(page, `password-none-asked-${language}`);

    await page.goto(linkIn(await nextMail(people.site, email, seen), '/account/reset-password'));
    await page.click('#link-open');
    await page.fill('#new_password', PASSWORD);
    await page.click('#link-save');
    await page.waitForSelector('#done');
    await page.goto(`${people.site.service}/account/password`);
    await signIn(page, email, PASSWORD);
    await page.waitForSelector('#oldPassword');
  });

  test('a key gets another secret, and its owner a mail', async () => {
    const email = `keyholder-${language}@example.com`;
    const account = { username: email, email, roles: ['admin'], profile: { locale } };
    await people.call('POST', '/admin/api/users', { ...account, password: PASSWORD });
    const page = await people.open(locale);
    await page.goto(`${people.site.service}/account/keys`);
    await signIn(page, email, PASSWORD);
    await page.fill('#name', 'Nightly export');
    await page.click('#key-make');
    const first = await page.textContent('#key-text');
    await page.click('#key-kept');
    const seen = await nextMail(people.site, email).then(() => people.seenBy(email));
    await page.click('summary');
    await people.look(page, `key-renewal-${language}`);
    await page.selectOption('select[name=overlap]', '86400');
    await page.click('[id^=renew-]');
    const second = await page.textContent('#key-text');
    expect(second).toMatch(/^lk_/);
    expect(second).not.toBe(first);
    await people.look(page, `key-renewed-${language}`);
    const { text } = await nextMail(people.site, email, seen);
    expect(text).toContain('Nightly export');
    expect(text).not.toContain(second);
  });
});

test('no page has broken its own policy', () => expect(people.complaints).toEqual([]));
