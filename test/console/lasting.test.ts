/**
 * What a console has to bear: hostile texts, two windows, sessions that end, networks that come and go, and
 * a service that is busy or broken. In a real Chromium against the whole stack.
 */
import { ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { localClient } from '../support/running/tables.ts';
import { callAs, complaints, open, ROOT, wholeStack } from './console.ts';

const stack = wholeStack();

const visit = async (path: string): Promise<Page> => open(await stack.browser(), stack, path, ROOT);
const title = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor();
const goTo = (page: Page, place: string) =>
  page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
const made = async (call: string, body: object): Promise<Record<string, string>> =>
  (await (await callAs(stack, ROOT, call, body)).json()) as Record<string, string>;

describe('a hostile text', () => {
  const HOSTILE = `"'><img src=x onerror="window.hit=1"><script>window.hit=1</script>\${7*7}{{7*7}}`;
  const SCRIPT = 'javascript:window.hit=1';

  test('in any field that takes one runs nothing, wherever it is shown', async () => {
    const user = await made('POST /admin/api/users', {
      username: 'hostile@mydomain.com',
      password: 'correct horse battery',
      profile: {
        name: HOSTILE,
        given_name: HOSTILE,
        family_name: HOSTILE,
        nickname: HOSTILE,
        phone_number: HOSTILE.slice(0, 40),
        company: HOSTILE,
        address: { formatted: HOSTILE, locality: HOSTILE },
      },
    });
    await made('POST /admin/api/clients', { id: 'hostile', name: HOSTILE });
    const key = await made('POST /admin/api/keys', { name: HOSTILE });
    await made('POST /admin/api/resources', { name: 'hostile', title: HOSTILE });
    // Its session tells of the agent, as whoever signed in has called it.
    await fetch(`${stack.urls.service}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': HOSTILE },
      body: JSON.stringify({ username: 'hostile@mydomain.com', password: 'correct horse battery' }),
    });
    const page = await visit('/');
    for (const place of [
      'users',
      `users/${user['id']}`,
      'clients',
      'clients/hostile',
      'keys',
      `keys/${key['id']}`,
      'resources',
      'resources/hostile',
      `sessions?subject=${user['id']}`,
    ]) {
      await page.goto(`${stack.urls.console}/${place}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText('Loading…').waitFor({ state: 'detached' });
      const shown = page.getByText(HOSTILE.slice(0, 12)).or(page.locator('input, textarea'));
      await shown.first().waitFor();
      expect(await page.evaluate('window.hit'), place).toBeUndefined();
      expect(await page.locator('img[src=x]').count(), place).toBe(0);
    }
  });

  test('in an address is a text, on every page and in the portal', async () => {
    const page = await visit('/');
    for (const place of ['users?login=', 'sessions?subject=', 'keys?owner=', 'portal?find=']) {
      await page.goto(`${stack.urls.console}/${place}${encodeURIComponent(HOSTILE)}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText('Loading…').waitFor({ state: 'detached' });
      expect(await page.evaluate('window.hit'), place).toBeUndefined();
    }
    for (const call of [HOSTILE, SCRIPT, '//evil.example/', `/users/${HOSTILE}`]) {
      await page.goto(`${stack.urls.console}/portal?call=${encodeURIComponent(call)}`);
      await title(page, 'API');
      await page.locator('.opblock').first().waitFor();
      expect(await page.evaluate('window.hit'), call).toBeUndefined();
      expect(new URL(page.url()).origin).toBe(stack.urls.console);
    }
  });
});

describe('a token', () => {
  const TOKEN = /eyJ[\w-]+\.[\w-]+\./;

  test('is in no storage, address, history or line of the console, wherever somebody goes', async () => {
    const context = await stack.browser();
    const told: string[] = [];
    context.on('request', (request) => told.push(request.url()));
    context.on('console', (message) => told.push(message.text()));
    const page = await open(context, stack, '/users');
    for (const place of ['Roles', 'Clients', 'API']) {
      await goTo(page, place);
      await title(page, place);
    }
    const kept = () =>
      page.evaluate<string>(`(async () => JSON.stringify([
        location.href, document.cookie, { ...localStorage }, { ...sessionStorage }, history.state,
        await indexedDB.databases(), await caches.keys(), document.documentElement.outerHTML,
      ]))()`);
    expect(await kept()).not.toMatch(TOKEN);
    for (let step = 0; step < 3; step++) {
      await page.goBack();
      expect(page.url()).not.toMatch(/code=|eyJ/);
      expect(await kept()).not.toMatch(TOKEN);
    }
    expect(told.join('\n')).not.toMatch(TOKEN);
  });
});

describe('two windows of one browser', () => {
  const both = async (): Promise<[BrowserContext, Page, Page]> => {
    const context = await stack.browser();
    const first = await open(context, stack, '/users');
    return [context, first, await open(context, stack, '/roles')];
  };

  test('are signed in both, each by itself, and go on after a reload', async () => {
    const [, first, second] = await both();
    await title(first, 'Users');
    await title(second, 'Roles');
    await first.reload();
    await title(first, 'Users');
    await goTo(second, 'Clients');
    await title(second, 'Clients');
  });

  test('end together: the next click in the other fails, and leads to the sign-in', async () => {
    const [, first, second] = await both();
    await title(second, 'Roles');
    await first.getByRole('button', { name: 'Sign out' }).click();
    const out = first.getByRole('button', { name: 'Sign in' });
    await out.or(first.locator('form button')).first().waitFor();
    if (!(await out.isVisible())) await first.locator('form button').first().click();
    await out.waitFor();
    await goTo(second, 'Clients');
    await second.getByRole('button', { name: 'Sign in again' }).click();
    await second.locator('#username').waitFor();
    await second.fill('#username', ROOT.username);
    await second.fill('#password', ROOT.password);
    await second.click('#login-submit');
    await title(second, 'Clients');
  });
});

describe('a session whose time is over', () => {
  /** As it would be after its time: every one of the console's. */
  async function expire(): Promise<void> {
    const client = localClient(stack.endpoints.dynamodb);
    const TableName = stack.tables.sessions;
    const found = await client.send(
      new ScanCommand({
        TableName,
        FilterExpression: 'client = :console AND begins_with(sk, :session)',
        ExpressionAttributeValues: {
          ':console': { S: 'latchkey-console' },
          ':session': { S: 'session#' },
        },
      }),
    );
    expect(found.Items?.length).toBeGreaterThan(0);
    for (const { pk = { S: '' }, sk = { S: '' } } of found.Items ?? [])
      await client.send(
        new UpdateItemCommand({
          TableName,
          Key: { pk, sk },
          UpdateExpression: 'SET expiresAt = :past',
          ExpressionAttributeValues: { ':past': { N: '1' } },
        }),
      );
    client.destroy();
  }

  test('is refused at the next click, and the browser goes on with another, without a password', async () => {
    const page = await visit('/roles');
    await title(page, 'Roles');
    await expire();
    await goTo(page, 'Clients');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await title(page, 'Clients');
    await page.getByRole('table').waitFor();
  });
});

describe('back, forward and reload', () => {
  test('lead to what was there, filters included', async () => {
    const page = await visit('/users');
    const [filtered, all] = ['/users?prefix=demoadmin', '/users'];
    const at = async (place: string) => {
      await page.waitForURL(stack.urls.console + place);
      await title(page, 'Users');
    };
    await page.getByLabel('User name begins with').fill('demoadmin');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await at(filtered);
    await page.getByRole('rowheader').getByRole('link').first().click();
    await title(page, 'demoadmin');
    await page.goBack();
    await at(filtered);
    await page.goBack();
    await at(all);
    await page.goForward();
    await at(filtered);
    await page.reload();
    await at(filtered);
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(1);
  });
});

describe('a service that does not answer as it should', () => {
  test('while there is no network, the page says so and goes on afterwards', async () => {
    const page = await visit('/users');
    await page.getByRole('table').waitFor();
    await page.context().setOffline(true);
    await goTo(page, 'Domain tokens');
    await page
      .getByText('The service cannot be reached.')
      .or(page.getByRole('alert'))
      .first()
      .waitFor();
    await page.context().setOffline(false);
    await goTo(page, 'Users');
    await page.getByRole('table').waitFor();
  });

  // API Gateway answers these two by itself; the local one has no limit of calls, and no fault.
  const answering = (page: Page, status: number, headers: Record<string, string>, times: number) =>
    page.route(
      ({ pathname }) => pathname === '/admin/api/clients',
      (route) =>
        route.fulfill({
          status,
          json: { message: 'x' },
          headers: {
            'access-control-allow-origin': stack.urls.console,
            'access-control-expose-headers': 'Retry-After, Apigw-Requestid',
            ...headers,
          },
        }),
      { times },
    );

  test('of too many calls (429) it waits, visibly, and calls again', async () => {
    const page = await visit('/users');
    await answering(page, 429, { 'retry-after': '2' }, 1);
    await goTo(page, 'Clients');
    await page.getByText(/Too many calls at once: trying again in [12] s/).waitFor();
    await page.getByRole('table').waitFor();
    await page.getByText('Too many calls at once').waitFor({ state: 'detached' });
  });

  test('of a fault (500) it shows the id of the request, to be copied', async () => {
    const page = await visit('/users');
    await answering(page, 500, { 'apigw-requestid': 'KnownToTheLog=' }, 3);
    await goTo(page, 'Clients');
    await page.getByText('The service failed.').waitFor();
    await page.getByText('KnownToTheLog=').waitFor();
    await page.getByRole('button', { name: 'Copy the id of the request' }).waitFor();
  });
});

test('no policy was broken, and nothing thrown', () => expect(complaints).toEqual([]));
