/** The console in a real Chromium, against the whole running stack: nothing of it is replaced. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, vi } from 'vitest';
import { type RunningStack, startStack } from '../../dev/stack.ts';
import { startChromium } from '../support/web/chromium.ts';

export const ROOT = { username: '100@mydomain.com', password: 'secret' };
export const ADMIN = { username: 'demoadmin', password: 'demopass' };
export type Person = typeof ROOT;

/** What a browser said against a policy, or a page threw: nothing of it is let pass. */
export const complaints: string[] = [];

type Stack = Pick<RunningStack, 'urls' | 'endpoints' | 'tables'>;

/** The stack and a browser, for all tests of a file. */
export function wholeStack(): Stack & {
  /** As of somebody new. */
  browser: (options?: BrowserContextOptions) => Promise<BrowserContext>;
} {
  // A machine with other work to do is slow, not wrong.
  vi.setConfig({ testTimeout: 120_000 });
  let [chromium, stack]: [Browser?, RunningStack?] = [];
  beforeAll(async () => {
    [chromium, stack] = await Promise.all([startChromium(), startStack()]);
  }, 240_000);
  afterAll(() => Promise.all([chromium?.close(), stack?.stop()]));
  const running = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error('it has not started yet');
    return part;
  };
  return {
    get urls() {
      return running(stack).urls;
    },
    get endpoints() {
      return running(stack).endpoints;
    },
    get tables() {
      return running(stack).tables;
    },
    browser: (options) => openBrowser(running(chromium), options),
  };
}

async function openBrowser(
  chromium: Browser,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  context.setDefaultTimeout(20_000);
  onTestFinished(() => context.close());
  context.on('console', (message) => {
    // What CORS keeps from a test's own script is what the test is about.
    const text = message.text().replace('CORS policy', 'CORS');
    if (/policy|trusted|violat/i.test(text)) complaints.push(text);
  });
  context.on('weberror', (error) => complaints.push(error.error().message));
  return context;
}

/** @returns The page of the address, signed in. */
export async function open(
  context: BrowserContext,
  { urls }: Pick<RunningStack, 'urls'>,
  path: string,
  { username, password }: Person = ROOT,
): Promise<Page> {
  const page = await context.newPage();
  await page.goto(urls.console + path);
  const start = page.getByRole('button', { name: 'Sign in' });
  await start.or(page.getByRole('navigation')).first().waitFor();
  if (await start.isVisible()) {
    await start.click();
    await page.fill('#username', username);
    await page.fill('#password', password);
    await page.click('#login-submit');
  }
  await page.getByRole('navigation').waitFor();
  return page;
}

/** By another door than the console's. */
export async function tokenAs(
  { urls }: Pick<RunningStack, 'urls'>,
  { username, password }: Person,
): Promise<string> {
  const login = await fetch(`${urls.service}/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
  return ((await login.json()) as { token: string }).token;
}

/** Adds what a test needs, as somebody who may. */
export async function callAs(
  stack: Pick<RunningStack, 'urls'>,
  person: Person,
  call: string,
  body?: object,
): Promise<Response> {
  const token = await tokenAs(stack, person);
  const [method = '', path = ''] = call.split(' ');
  const answer = await fetch(stack.urls.service + path, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...(method === 'PATCH' && { 'if-match': '*' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  expect(answer.status, `${call}: ${await answer.clone().text()}`).toBeLessThan(300);
  return answer;
}
