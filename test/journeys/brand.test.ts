/**
 * A company's name, logo and colour on every page, in both languages, and two people at one browser: in a
 * real Chromium without JavaScript, against the whole running stack.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { DOMAIN } from '../../dev/demo-directory.ts';
import { look, startChromium } from '../support/web/chromium.ts';
import { ALICE, BOB, type Site, startSite } from '../support/web/site.ts';

const ROOT = { username: '100@mydomain.com', password: 'secret' };
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="16" fill="#b91c1c"/><path d="M9 23l7-14 7 14z" fill="#fff"/></svg>';
const BRAND = {
  name: 'Acme',
  logo: `data:image/svg+xml;base64,${Buffer.from(SVG).toString('base64')}`,
  accent: '#b91c1c',
  terms: 'https://acme.example/terms',
  privacy: 'https://acme.example/privacy',
  help: 'https://acme.example/help',
};
const CLIENT = { clientUri: 'https://photos.example', policyUri: 'https://photos.example/privacy' };

let chromium: Browser;
let site: Site;
beforeAll(async () => {
  [chromium, site] = await Promise.all([startChromium(), startSite({ https: false })]);
  const signIn = await fetch(`${site.service}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ROOT),
  });
  const { token } = (await signIn.json()) as { token: string };
  for (const [place, body] of [
    [`domains/${DOMAIN}`, { brand: BRAND }],
    ['clients/asking', CLIENT],
  ] as const) {
    const answer = await fetch(`${site.service}/admin/api/${place}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/merge-patch+json',
        'if-match': '*',
      },
      body: JSON.stringify(body),
    });
    expect(answer.status, await answer.clone().text()).toBe(200);
  }
}, 180_000);
afterAll(() => Promise.all([chromium?.close(), site?.stop()]));

const complaints: string[] = [];

async function open(): Promise<Page> {
  const context = await chromium.newContext({ javaScriptEnabled: false });
  context.setDefaultTimeout(15_000);
  onTestFinished(() => context.close());
  context.on('console', (message) => {
    if (/policy/i.test(message.text())) complaints.push(message.text());
  });
  return context.newPage();
}

async function signIn(page: Page, { username, password } = ALICE): Promise<void> {
  await page.fill('#username', username);
  await page.fill('#password', password);
  await page.click('#login-submit');
}
const arrived = (page: Page) => page.waitForURL(`${site.client.origin}/callback**`);
const lang = (page: Page) => page.getAttribute('html', 'lang');

test('signs in and agrees on pages of Acme, in the language that was chosen, and loses nothing by it', async () => {
  const page = await open();
  await page.goto(site.authorize('asking'));
  expect(await page.title()).toBe('Sign in · Acme');
  // It is shown, and not only named.
  const logo = page.locator('header img');
  expect((await logo.boundingBox())?.width).toBeGreaterThan(10);
  await page.fill('#username', ALICE.username);
  await page.click('button[value=cs]');
  expect([await lang(page), await page.title()]).toEqual(['cs', 'Přihlášení · Acme']);
  expect(await page.inputValue('#username')).toBe(ALICE.username);
  await lookWith(page, 'brand-login-cs');
  await signIn(page);
  await page.waitForSelector('#consent-allow');
  expect(await lang(page)).toBe('cs');
  await page.click('button[value=en]');
  await page.waitForSelector('html[lang=en] #consent-allow');
  await lookWith(page, 'brand-consent');
  await page.click('#consent-allow');
  await arrived(page);
});

test('two people at one browser: each is chosen, and signed out alone', async () => {
  const page = await open();
  await page.goto(site.authorize('trusted'));
  await signIn(page);
  await arrived(page);
  await page.goto(site.authorize('trusted', { prompt: 'login' }));
  await signIn(page, BOB);
  await arrived(page);

  await page.goto(site.authorize('trusted'));
  await page.waitForSelector('#account-2');
  await lookWith(page, 'brand-accounts');
  await page.click(`text=${ALICE.username}`);
  await arrived(page);

  await page.goto(`${site.service}/session/end`);
  await lookWith(page, 'brand-sign-out');
  await page.click(`text=${BOB.username}`);
  expect(await page.textContent('h1')).toBe('You are signed out');
  await page.goto(site.authorize('trusted', { prompt: 'none' }));
  await arrived(page);
  expect(site.client.answers.at(-1)).toHaveProperty('code');
});

test('no page was found to break its own policy', () => expect(complaints).toEqual([]));

/** As it is where scripts run, since what looks at it is one. */
async function lookWith(page: Page, name: string): Promise<void> {
  const context = await chromium.newContext();
  const twin = await context.newPage();
  await twin.setContent(await page.content());
  await look(twin, name);
  await context.close();
}
