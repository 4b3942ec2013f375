/**
 * What the console finds among many, and what it says of it, in a real Chromium against the whole running
 * stack. Pictures go to `.artefacts/browser`.
 */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { look } from '../support/web/chromium.ts';
import { callAs, complaints, open, ROOT, wholeStack } from './console.ts';

const HERE = 'mydomain.com';
const PASSWORD = 'correct horse battery';
const stack = wholeStack();
let anna: string;

type Made = { id: string; items: { id: string }[] };
const call = async (what: string, body?: object): Promise<Made> => {
  const text = await (await callAs(stack, ROOT, what, body)).text();
  return (text === '' ? {} : JSON.parse(text)) as Made;
};

beforeAll(async () => {
  await call('POST /admin/api/roles', { name: 'clerk', acl: { cdr: ['r'], book: ['r'] } });
  await call('POST /admin/api/roles', { name: 'chief', parents: ['clerk'] });
  const add = (name: string, role: string) =>
    call('POST /admin/api/users', {
      username: `${name}@${HERE}`,
      password: PASSWORD,
      domain: HERE,
      roles: [role],
    });
  ({ id: anna } = await add('anna', 'clerk'));
  await add('annabel', 'chief');
  const { id: off } = await add('bert', 'clerk');
  await call(`PATCH /admin/api/users/${off}`, { disabled: true });
  const key = { owner: anna, name: 'till of anna', acl: { cdr: ['r'], users: ['r'] } };
  await call('POST /admin/api/keys', key);
}, 240_000);

const visit = async (path: string): Promise<Page> => open(await stack.browser(), stack, path, ROOT);
const rows = (page: Page) => page.getByRole('rowheader');
const title = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor();
const placeOf = (page: Page) => {
  const { pathname, search } = new URL(page.url());
  return pathname + search;
};

describe('users', () => {
  test('are found by the beginning of their name, by role and state, and the address says so', async () => {
    const page = await visit('/users');
    await page.getByLabel('User name begins with').fill('ANNA');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('link', { name: 'annabel@' }).waitFor();
    expect(placeOf(page)).toBe('/users?prefix=ANNA');
    await expect
      .poll(() => rows(page).allTextContents())
      .toEqual([`anna@${HERE}`, `annabel@${HERE}`]);
    await page.getByLabel('Role').selectOption('chief');
    await page.getByRole('button', { name: 'Search' }).click();
    await expect.poll(() => rows(page).allTextContents()).toEqual([`annabel@${HERE}`]);
    await page.goBack();
    await expect.poll(() => rows(page).count()).toBe(2);
    expect(await page.getByLabel('User name begins with').inputValue()).toBe('ANNA');
    await page.goto(`${stack.urls.console}/users?state=disabled`);
    await page.getByRole('link', { name: 'bert@' }).waitFor();
    await expect.poll(() => rows(page).count()).toBe(1);
    await look(page, 'console-users-disabled');
  });

  test('show when they last signed in', async () => {
    await callAs(stack, { username: `anna@${HERE}`, password: PASSWORD }, 'GET /admin/api/me');
    const page = await visit('/users?prefix=anna@');
    await expect
      .poll(
        async () => {
          await page.reload();
          await page.getByRole('row', { name: /anna@/ }).waitFor();
          return page.getByRole('row', { name: /anna@/ }).getByRole('time').count();
        },
        { timeout: 60_000 },
      )
      .toBe(1);
    await look(page, 'console-users-found');
  });
});

describe('a domain', () => {
  test('shows all its keys: whose they are, and what their owners leave of them', async () => {
    const page = await visit(`/keys?domain=${HERE}`);
    const row = page.getByRole('row', { name: /till of anna/ });
    await row.getByText(`anna@${HERE}`).waitFor();
    expect(await row.textContent()).toContain('cdr=r');
    expect(await row.textContent()).not.toContain('users=r');
    await look(page, 'console-keys-domain');
    await row.getByRole('link').click();
    await title(page, 'till of anna');
    await page.getByText('users=r').waitFor();
    await look(page, 'console-key');
  });

  test('shows all its sessions, narrowed by what the address says, and ends one', async () => {
    await callAs(stack, { username: `annabel@${HERE}`, password: PASSWORD }, 'GET /admin/api/me');
    const page = await visit(`/sessions?domain=${HERE}&kind=webitel`);
    const row = page.getByRole('row', { name: /annabel@/ });
    await row.first().waitFor();
    await look(page, 'console-sessions-domain');
    await row.first().getByRole('checkbox').check();
    await page.getByRole('button', { name: 'End', exact: true }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End' }).click();
    await row.waitFor({ state: 'detached' });
  });

  test('gets a token, shown this once', async () => {
    const page = await visit('/domain-tokens/new');
    await page.getByLabel('Role').selectOption('user');
    await page.getByLabel('Expires after days').fill('7');
    await look(page, 'console-domain-token-new');
    await page.getByRole('button', { name: 'Create token' }).click();
    const token = (await page.getByTestId('secret').textContent()) ?? '';
    expect(token.split('.')).toHaveLength(3);
    await look(page, 'console-domain-token-made');
    await page.getByRole('link', { name: 'To the token' }).click();
    await title(page, `Token of ${HERE}`);
    expect(await page.content()).not.toContain(token);
  });
});

describe('a new key', () => {
  const make = async (page: Page, name: string) => {
    await page.getByLabel('Name', { exact: true }).fill(name);
    await page.getByRole('button', { name: 'Create key' }).click();
  };
  const daysOf = async (page: Page) => {
    await page.getByTestId('secret').waitFor();
    const { items } = await (await callAs(stack, ROOT, 'GET /admin/api/keys')).json();
    const made = items.find(({ name }: { name: string }) => name === 'lasting');
    const { id, expiresAt, createdAt } = made;
    await callAs(stack, ROOT, `DELETE /admin/api/keys/${id}`);
    return expiresAt === undefined ? undefined : Math.round((expiresAt - createdAt) / 86_400);
  };

  const fill = (page: Page) => page.getByLabel('Expires after days').fill('7');
  test.each([
    ['a year where nothing is said', 365, async () => {}],
    ['so many days', 7, fill],
    ['for ever', undefined, (page: Page) => page.getByLabel('Never expires').check()],
  ])('lives as long as its page says: %s', async (_case, days, say) => {
    const page = await visit('/keys/new');
    await page.getByText(/If empty, .* after a year/).waitFor();
    await page.getByLabel('What it may do').fill('cdr=r');
    await say(page);
    await make(page, 'lasting');
    expect(await daysOf(page)).toBe(days);
  });

  test.each(['0', '-3'])('is not made for %s days, and that stands at the field', async (days) => {
    const page = await visit('/keys/new');
    await page.getByLabel('Expires after days').fill(days);
    await make(page, 'none');
    const field = page.getByLabel('Expires after days');
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    await page.getByText('must be in the future', { exact: true }).waitFor();
  });

  test('has all letters of a resource that is typed in two lines', async () => {
    const page = await visit('/keys/new');
    await page.getByLabel('What it may do').fill('cdr=r\ncdr=u');
    await make(page, 'two lines');
    await page.getByRole('link', { name: 'To the key' }).click();
    await page.getByText('cdr=ru').first().waitFor();
  });
});

describe('a role', () => {
  test('shows who holds it, and who would gain and lose before it is saved', async () => {
    const page = await visit('/roles/clerk');
    const held = page.getByRole('table', { name: 'Who holds clerk' });
    await held.getByRole('link', { name: `anna@${HERE}` }).waitFor();
    await page.getByLabel('delete cdr', { exact: true }).selectOption('all');
    await page.getByLabel('read book', { exact: true }).selectOption('–');
    const effects = page.getByRole('table', { name: /Who gains, who loses/ });
    await effects.getByRole('row', { name: /^clerk 2 cdr: d book: r$/ }).waitFor();
    await effects.getByRole('row', { name: /^chief 1 cdr: d book: r$/ }).waitFor();
    await look(page, 'console-role-effects');
    const role = await (await callAs(stack, ROOT, 'GET /admin/api/roles/clerk')).json();
    expect(role).toMatchObject({ acl: { cdr: ['r'], book: ['r'] } });
    await held.getByRole('link', { name: `anna@${HERE}` }).click();
    await title(page, `anna@${HERE}`);
  });
});

describe('an application that has access', () => {
  test('is shown with the user, and has none once it is taken back', async () => {
    // Any page of this machine will do.
    const back = `${stack.urls.service}/robots.txt`;
    await call('POST /admin/api/clients', {
      id: 'calendar',
      name: 'Calendar',
      grants: ['authorization_code'],
      scopes: ['cdr:r'],
      authentication: 'none',
      redirectUris: [back],
    });
    const page = await visit('/');
    const query = new URLSearchParams({
      client_id: 'calendar',
      redirect_uri: back,
      response_type: 'code',
      scope: 'openid cdr:r',
      state: 's',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    });
    await page.goto(`${stack.urls.service}/oauth/authorize?${query}`);
    await page.locator('#consent-allow').click();
    await page.waitForURL(/robots\.txt/);
    const { items } = await call(`GET /admin/api/users?login=${ROOT.username}`);
    await page.goto(`${stack.urls.console}/users/${items[0]?.id}`);
    const row = page.getByRole('row', { name: /Calendar/ });
    await row.waitFor();
    await look(page, 'console-user-consents');
    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click();
    await row.waitFor({ state: 'detached' });
  });
});

describe('a question that is asked before', () => {
  test('says how many sessions and keys would end', async () => {
    const page = await visit(`/users/${anna}`);
    await page.getByRole('button', { name: 'Delete user' }).click();
    const asked = page.getByRole('alertdialog');
    await asked.getByText(/^That ends .* sessions? and .* API keys?\.$/).waitFor();
    await look(page, 'console-user-delete');
  });
});

test('of a path the resource is found, or that there is none', async () => {
  const page = await visit('/resources');
  const of = async (path: string) => {
    await page.getByLabel('Path of a call').fill(path);
    await page.getByRole('button', { name: 'Which resource is it?' }).click();
  };
  await of('/cdr/files/7');
  await page.getByText('/cdr/files/7: the path is of resource cdr/files').waitFor();
  await of('/nothing');
  await page.getByText('/nothing: no registered resource covers the path').waitFor();
});

test('no policy was broken, and nothing thrown, on any page', () => expect(complaints).toEqual([]));
