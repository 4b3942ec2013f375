/**
 * People without a session: each in a real Chromium of their own with JavaScript off, against the whole running
 * stack with its mailbox, in whose domain anybody may sign up and sign in by a code.
 */
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { mailsTo } from '../running/mailbox.ts';
import { look, startChromium } from './chromium.ts';
import { type Site, startSite } from './site.ts';

const ROOT = { username: '100@mydomain.com', password: 'secret' };

export type People = Awaited<ReturnType<typeof startPeople>>;

export async function startPeople() {
  const [chromium, site] = await Promise.all([startChromium(), startSite({ https: false })]);
  const looker = await chromium.newPage();
  const { token } = await call(site, 'POST', '/login', ROOT);
  const complaints: string[] = [];
  const people = {
    site,
    /** Of browsers: what broke the policy of its own page. */
    complaints,
    /** As root, by the admin API. */
    call: (method: string, path: string, body: object) => call(site, method, path, body, token),
    async open(locale: string): Promise<Page> {
      const context = await chromium.newContext({ javaScriptEnabled: false, locale });
      context.setDefaultTimeout(15_000);
      onTestFinished(() => context.close());
      context.on('console', (message) => {
        if (/policy|mixed|insecure/i.test(message.text())) complaints.push(message.text());
      });
      return context.newPage();
    },
    /** What looks at a page needs timers, which a browser without JavaScript has not: so another one looks. */
    async look(page: Page, name: string): Promise<void> {
      await looker.setContent(await page.content());
      await look(looker, name);
    },
    /** How many mails have come. */
    seenBy: async (address: string) => (await mailsTo(site, address)).length,
    stop: () => Promise.all([chromium.close(), site.stop()]),
  };
  const openDomain = { signUp: 'open', emailCodes: true };
  await people.call('PATCH', '/admin/api/domains/mydomain.com', openDomain);
  return people;
}

export async function signIn(page: Page, username: string, password: string): Promise<void> {
  await page.fill('#username', username);
  await page.fill('#password', password);
  await page.click('#login-submit');
  await page.waitForLoadState();
}

async function call(
  { service }: Site,
  method: string,
  path: string,
  body: object,
  token?: unknown,
): Promise<Record<string, unknown>> {
  const answer = await fetch(service + path, {
    method,
    headers: {
      'content-type': 'application/json',
      'if-match': '*',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, unknown>;
}
