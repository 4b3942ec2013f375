/** The mailbox, and the mails in it, as a person sees them. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { exampleOf } from '../../dev/mailbox/examples.ts';
import { type Mailbox, startMailbox } from '../../dev/mailbox.ts';
import { freePorts } from '../../dev/ports.ts';
import { composeLetter } from '../../lib/faces/pages/mail/compose.ts';
import { smtpTransport } from '../../lib/http/smtp.ts';
import { look, startChromium } from '../support/web/chromium.ts';

let mailbox: Mailbox;
let browser: Browser;
let smtp: number;
beforeAll(async () => {
  const page = await freePorts(2);
  smtp = page + 1;
  [mailbox, browser] = await Promise.all([startMailbox({ page, smtp }), startChromium()]);
});
afterAll(async () => {
  await browser.close();
  await mailbox.stop();
});

test('a mail is found in the list, read in a frame, and its link leads out of it', async () => {
  const from = 'no-reply@latchkey.example';
  const letter = exampleOf('reset-password', 'en');
  const raw = await composeLetter(letter, { from, replyTo: '', id: 'one' });
  const place = { host: '127.0.0.1', port: smtp, tls: 'none' } as const;
  await smtpTransport(place, async () => undefined)({ from, to: letter.to, raw });
  const page = await browser.newPage();
  await page.goto(mailbox.url);
  await look(page, 'mailbox');
  await page.getByRole('link', { name: 'Choose a new password for Latchkey' }).click();
  const mail = page.frameLocator('iframe');
  await mail.getByText('The link works once').waitFor();
  await page.route('http://127.0.0.1:3000/**', (route) => route.fulfill({ body: 'there' }));
  await mail.getByRole('link', { name: 'Choose a new password' }).click();
  await page.waitForURL(/\/account\/reset-password\?secret=/);
  expect(await page.textContent('body')).toContain('there');
  await page.close();
});

test.each([
  ['reset-password', 'en'],
  ['email-code', 'cs'],
  ['key-made', 'cs'],
  ['account-deleted', 'en'],
])('the mail %s in %s can be read, in either scheme and on a phone', async (about, locale) => {
  const page = await browser.newPage();
  // Where it is served nothing runs, and axe neither; a mail program has landmarks of its own.
  const mail = await (await fetch(`${mailbox.url}/templates/${about}/${locale}`)).text();
  await page.setContent(
    mail.replace(/<body[^>]*>/, '$&<main>').replace('</body>', '</main></body>'),
  );
  await look(page, `mail-${about}-${locale}`);
  await page.close();
});
