/** The field for a new password, in a real Chromium: with its script, and with none allowed. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { buildStrength } from '../../build/strength.ts';
import { STRENGTH_PATH } from '../../lib/faces/pages/shell/new-password.ts';
import { answerFile, type CompressedFile } from '../../lib/http/compressed-file.ts';
import { look, startChromium } from '../support/web/chromium.ts';
import { newPasswordPage } from '../support/web/pages.ts';

const PASSPHRASE = 'tepid orchard violin 47';

let chromium: Browser;
let server: Server;
let issuer: string;
let file: CompressedFile;
const asked: string[] = [];
beforeAll(async () => {
  [chromium, { file }] = await Promise.all([startChromium(), buildStrength()]);
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const locale = request.headers['accept-language']?.startsWith('cs') ? 'cs' : 'en';
    const headers = { 'accept-encoding': String(request.headers['accept-encoding']) };
    const answer =
      request.url === STRENGTH_PATH
        ? answerFile({ headers }, file, {})
        : newPasswordPage({ locale, issuer }, ['miroslava.hrabalova', 'kladivounivers']);
    response.writeHead(answer.statusCode, answer.headers);
    response.end(Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  await chromium?.close();
  server?.close();
});

const complaints: string[] = [];
async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const context = await chromium.newContext(options);
  onTestFinished(() => context.close());
  context.on('console', (message) => complaints.push(message.text()));
  const page = await context.newPage();
  asked.length = 0;
  await page.goto(issuer);
  return page;
}
const told = (page: Page, text: string) =>
  expect.poll(() => page.textContent('.strength')).toBe(text);

describe('with a script', () => {
  test('fetches what tells the strength when the field is used, from us and once', async () => {
    const page = await open();
    expect(asked.filter((path) => path === STRENGTH_PATH)).toEqual([]);
    await page.focus('#new_password');
    await page.focus('#save');
    await page.focus('#new_password');
    await page.fill('#new_password', PASSPHRASE);
    await told(page, 'Very hard to guess');
    expect(asked.filter((path) => path === STRENGTH_PATH)).toEqual([STRENGTH_PATH]);
    await look(page, 'new-password');
    expect(complaints).toEqual([]);
  });

  test.each([
    ['x', 'Characters: 1 / 15'],
    ['🔑'.repeat(14), 'Characters: 14 / 15'],
    ['passwordpassword1', 'Easy to guess'],
    ['aaaaaaaaaaaaaaaaaaaa', 'Very easy to guess'],
    ['miroslava.hrabalova', 'Very easy to guess'],
    ['kladivounivers2026', 'Easy to guess'],
    [PASSPHRASE, 'Very hard to guess'],
  ])('says of %j: %s', async (password, text) => {
    const page = await open();
    await page.focus('#new_password');
    await page.fill('#new_password', password);
    await told(page, text);
  });

  test('says it in Czech', async () => {
    const page = await open({ locale: 'cs-CZ' });
    await page.focus('#new_password');
    await page.fill('#new_password', PASSPHRASE);
    await told(page, 'Uhodne se velmi těžko');
    await look(page, 'new-password-cs');
  });

  test('says nothing of a field that was emptied', async () => {
    const page = await open();
    await page.fill('#new_password', 'abc');
    await told(page, 'Characters: 3 / 15');
    await page.fill('#new_password', '');
    await page.waitForSelector('.strength', { state: 'hidden' });
  });

  test('shows the password at a press, and hides it before it is sent', async () => {
    const page = await open();
    const type = () => page.getAttribute('#new_password', 'type');
    await page.fill('#new_password', PASSPHRASE);
    expect(await type()).toBe('password');
    await page.getByRole('button', { name: 'Show password' }).click();
    expect(await type()).toBe('text');
    await look(page, 'new-password-shown');
    await page.getByRole('button', { name: 'Hide password' }).click();
    expect(await type()).toBe('password');
    await page.getByRole('button', { name: 'Show password' }).click();
    await page.evaluate(
      `document.forms[0].addEventListener('submit', (event) => { event.preventDefault(); self.sent = document.querySelector('#new_password').type; })`,
    );
    await page.click('#save');
    expect(await page.evaluate('self.sent')).toBe('password');
  });

  test('takes what is pasted', async () => {
    const page = await open();
    await page.focus('#new_password');
    await page.keyboard.insertText(PASSPHRASE);
    expect(await page.inputValue('#new_password')).toBe(PASSPHRASE);
  });

  test('keeps up with somebody who types 256 characters of everything', async () => {
    const page = await open();
    await page.focus('#new_password');
    await expect.poll(() => page.evaluate('typeof self.passwordStrength')).toBe('object');
    const took = await page.evaluate<number>(`(() => {
      const begun = performance.now();
      self.passwordStrength.scoreOf('p4ssw0rd-2026-qwerty+'.repeat(13).slice(0, 256), ['abc']);
      return performance.now() - begun;
    })()`);
    expect(took).toBeLessThan(2000);
  });
});

test('without a script: a field with its rule, and nothing that does not work', async () => {
  const page = await open({ javaScriptEnabled: false });
  expect(await page.isVisible('#show-new_password')).toBe(false);
  expect(await page.isVisible('.strength')).toBe(false);
  expect(await page.isVisible('#new_password-rule')).toBe(true);
  await page.fill('#new_password', PASSPHRASE);
  expect(asked).not.toContain(STRENGTH_PATH);
});
