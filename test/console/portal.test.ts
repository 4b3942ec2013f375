/** The portal of the API: every method, called as whoever is signed in, in a real Chromium against the whole stack. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { look } from '../support/web/chromium.ts';
import { ADMIN, callAs, complaints, open, ROOT, tokenAs, wholeStack } from './console.ts';

const stack = wholeStack();

const TOKEN = /eyJ[\w-]+\.[\w-]+\./;

const visit = async (path: string, person = ROOT): Promise<Page> =>
  open(await stack.browser(), stack, path, person);

async function method(page: Page, id: string): Promise<Locator> {
  const block = page.locator(`#operations-${id}`);
  await block.locator('.opblock-summary-control').click();
  await block.locator('.opblock-body').waitFor();
  return block;
}
const call = (block: Locator) => block.getByRole('button', { name: 'Execute' }).click();
const statusOf = async (block: Locator): Promise<string> =>
  (await block.locator('.live-responses-table .response .response-col_status').innerText()).trim();

type Document = { paths: Record<string, Record<string, { tags: string[] }>> };
async function methodsOf(group: string): Promise<number> {
  const { paths } = (await (await fetch(`${stack.urls.service}/openapi.json`)).json()) as Document;
  const all = Object.values(paths).flatMap((item) => Object.values(item));
  return all.filter(({ tags }) => tags.includes(group)).length;
}

describe('the portal', () => {
  test('shows every method of every group, and keeps nobody out', async () => {
    const page = await visit('/portal');
    await page.locator('.opblock').first().waitFor();
    for (const group of await page.getByLabel('Group').locator('option').allInnerTexts()) {
      await page.getByLabel('Group').selectOption(group);
      await page.getByRole('button', { name: 'Search', exact: true }).click();
      await page.getByRole('heading', { name: `${group} (` }).waitFor();
      const count = await methodsOf(group);
      await page
        .locator('.opblock')
        .nth(count - 1)
        .waitFor();
      expect(await page.locator('.opblock').count(), group).toBe(count);
    }
  });

  test('is found by words, which are in its address', async () => {
    const page = await visit('/portal?find=secret');
    await page.locator('.opblock').first().waitFor();
    await expect.poll(() => page.locator('.opblock').count()).toBe(2);
    await page.goto(`${stack.urls.console}/portal?find=no+such+words`);
    await page.getByText('No method has these words.').waitFor();
  });

  test('is led to by /portal and /api of the service', async () => {
    const page = await visit('/');
    for (const name of ['portal', 'api']) {
      await page.goto(`${stack.urls.service}/${name}`);
      await page.getByRole('heading', { level: 1, name: 'API' }).waitFor();
      expect(page.url()).toBe(`${stack.urls.console}/portal`);
    }
  });
});

describe('a method', () => {
  test('answers whoever calls it as soon as there is a button', async () => {
    const page = await visit('/portal?find=who+the+credential');
    const summary = page.locator('.opblock-summary-control');
    await summary.waitFor();
    await summary.evaluate((element: Element) => {
      const once = new MutationObserver(() => {
        const button = document.querySelector<HTMLButtonElement>('button.execute');
        if (!button) return;
        once.disconnect();
        button.click();
      });
      once.observe(document, { childList: true, subtree: true });
      (element as HTMLElement).click();
    });
    expect(await statusOf(page.locator('.opblock'))).toBe('200');
  });

  test('is called as whoever is signed in, and shows request, answer and a line for a shell', async () => {
    const page = await visit('/portal?find=users');
    const block = await method(page, 'Admin-adminListUsers');
    await call(block);
    expect(await statusOf(block)).toBe('200');
    await block.getByText('"username": "demoadmin"').waitFor();
    await method(page, 'Admin-adminCreateUser');
    await look(page, 'portal-called');

    const line = await block.locator('.curl pre').innerText();
    expect(line).toContain('-H "Authorization: Bearer $TOKEN"');
    const env = { ...process.env, TOKEN: await tokenAs(stack, ROOT) };
    const { stdout } = await promisify(execFile)('bash', ['-c', `${line} -s`], { env });
    expect(JSON.parse(stdout)).toHaveProperty('items.0.username', ROOT.username);
  });

  test('leaves the token in nothing that is shown, kept or copied', async () => {
    const page = await visit('/portal?find=me');
    const block = await method(page, 'Admin-adminShowMe');
    await call(block);
    expect(await statusOf(block)).toBe('200');
    expect(await page.content()).not.toMatch(TOKEN);
    expect(
      await page.evaluate<string>(
        'JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, history.state])',
      ),
    ).not.toMatch(TOKEN);
  });

  test('that changes something asks before, and does nothing unless the answer is yes', async () => {
    const page = await visit('/portal?find=roles');
    const block = await method(page, 'Admin-adminCreateRole');
    await block.getByRole('textbox', { name: 'Body' }).fill('{"name":"by-portal","acl":{}}');
    const sent: string[] = [];
    page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
    await call(block);
    await page.getByRole('alertdialog').getByText('POST /admin/api/roles').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(sent).toEqual([]);
    await call(block);
    await page.getByRole('button', { name: 'Call it' }).click();
    expect(await statusOf(block)).toBe('201');
    const made = await callAs(stack, ROOT, 'GET /admin/api/roles/by-portal');
    expect(await made.json()).toMatchObject({ name: 'by-portal' });
  });

  test('that the caller may not call says so before it is tried, and is refused', async () => {
    const page = await visit('/portal?find=settings', ADMIN);
    const block = page.locator('#operations-Admin-adminShowSettings');
    await block.getByText('needs r on admin/settings').waitFor();
    await call(await method(page, 'Admin-adminShowSettings'));
    expect(await statusOf(block)).toBe('403');
    const own = await visit('/portal?find=users', ADMIN);
    await own.locator('#operations-Admin-adminListUsers').waitFor();
    expect(await own.getByText('needs r on admin/users').count()).toBe(0);
  });

  test('of a dialect is called, too; a page for people and what needs a secret are not', async () => {
    const page = await visit('/portal?group=Appmixer&find=count');
    const block = await method(page, 'Appmixer-appmixerCountUsers');
    await call(block);
    expect(await statusOf(block)).toBe('200');
    for (const [group, id, reason] of [
      ['OpenID', 'endSession', 'It answers with a page for people'],
      ['OAuth', 'oauthToken', 'It is called by a client with a secret of its own'],
    ] as const) {
      await page.goto(`${stack.urls.console}/portal?group=${group}`);
      const other = await method(page, `${group}-${id}`);
      await other.getByText(reason).waitFor();
      expect(await other.getByRole('button', { name: 'Execute' }).count()).toBe(0);
    }
  });

  test('of a server elsewhere gets no token, and no call', async () => {
    const context = await stack.browser();
    const asked: string[] = [];
    context.on('request', (request) => asked.push(request.url()));
    await context.route('**/openapi.json', async (route) => {
      const answer = await route.fetch();
      const document = { ...(await answer.json()), servers: [{ url: 'http://localhost:9' }] };
      await route.fulfill({ response: answer, json: document });
    });
    const page = await open(context, stack, '/portal?find=me');
    const block = await method(page, 'Admin-adminShowMe');
    await call(block);
    await block
      .getByText(/Not sent: the address is not of/)
      .first()
      .waitFor();
    const other = 'http://localhost:9/other.json';
    await page.goto(`${stack.urls.console}/portal?url=${other}&configUrl=${other}&find=me`);
    await page.locator('.opblock').first().waitFor();
    expect(asked.filter((url) => url.startsWith('http://localhost'))).toEqual([]);
  });
});

describe('a browser that opens a method without a token', () => {
  const signIn = async (page: Page, { username, password } = ROOT) => {
    await page.fill('#username', username);
    await page.fill('#password', password);
    await page.click('#login-submit');
  };

  test('is sent to the login, and lands on that method, called', async () => {
    const page = await (await stack.browser()).newPage();
    await page.goto(`${stack.urls.service}/admin/api/users?limit=2`);
    await signIn(page);
    const block = page.locator('#operations-Admin-adminListUsers');
    expect(await statusOf(block)).toBe('200');
    expect(new URL(page.url()).origin).toBe(stack.urls.console);
    expect(await block.getByRole('textbox', { name: 'limit' }).inputValue()).toBe('2');
    expect(await block.locator('.live-responses-table').getByText('"username"').count()).toBe(1);
    await page.goto(`${stack.urls.service}/admin/api/roles/admin`);
    const role = page.locator('#operations-Admin-adminShowRole');
    expect(await statusOf(role)).toBe('200');
    expect(await role.getByRole('textbox', { name: 'id' }).inputValue()).toBe('admin');
    await page.goto(`${stack.urls.service}/users/count`);
    expect(await statusOf(page.locator('#operations-Appmixer-appmixerCountUsers'))).toBe('200');
  });

  test('is told what it may not do, as everybody is', async () => {
    const page = await (await stack.browser()).newPage();
    await page.goto(`${stack.urls.service}/admin/api/settings`);
    await signIn(page, ADMIN);
    expect(await statusOf(page.locator('#operations-Admin-adminShowSettings'))).toBe('403');
  });

  test('is asked before a GET that may write is called, and nothing is written till then', async () => {
    const page = await (await stack.browser()).newPage();
    await page.goto(`${stack.urls.service}/api/v1/helpdesk/api_key`);
    await signIn(page);
    const dialog = page.getByRole('alertdialog', { name: 'Call it for real?' });
    await dialog.waitFor();
    const changes = async () => {
      const asked = 'GET /admin/api/audit?type=settings.changed';
      return ((await (await callAs(stack, ROOT, asked)).json()) as { items: object[] }).items
        .length;
    };
    expect(await changes()).toBe(0);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await changes()).toBe(0);
    await page.getByRole('button', { name: 'Execute' }).first().click();
    await dialog.getByRole('button', { name: 'Call it' }).click();
    await expect.poll(changes).toBe(1);
  });

  test('of a REST API of somebody else is sent to the portal, with a 401', async () => {
    const page = await (await stack.browser()).newPage();
    const answer = await page.goto(`${stack.urls.rest}/cdr`);
    expect(answer?.status()).toBe(401);
    await page.waitForURL(`${stack.urls.console}/portal`);
  });
});

test('no policy was broken, and nothing thrown', () => expect(complaints).toEqual([]));
