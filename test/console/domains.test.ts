/**
 * What an administrator without a shell says of a domain and of its people: who may make an account, how long a
 * sign-in is good, a brand, an invitation. In a real Chromium against the whole running stack; pictures go to
 * `.artefacts/browser`.
 */
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { linkIn, nextMail } from '../support/running/mailbox.ts';
import { look } from '../support/web/chromium.ts';
import { callAs, complaints, open, ROOT, wholeStack } from './console.ts';

const stack = wholeStack();
beforeAll(async () => {
  await callAs(stack, ROOT, 'POST /admin/api/domains', { name: 'people.example' });
});

const visit = async (path: string): Promise<Page> => open(await stack.browser(), stack, path);
const title = (page: Page, name: string) =>
  page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const save = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved.').waitFor();
};
const domain = async (): Promise<Record<string, unknown>> =>
  (await callAs(stack, ROOT, 'GET /admin/api/domains/people.example')).json() as Promise<
    Record<string, unknown>
  >;

describe('the settings of the deployment', () => {
  const makers = async () => {
    const settings = await (await callAs(stack, ROOT, 'GET /admin/api/settings')).json();
    return (settings as { userCreateScope?: string[] }).userCreateScope;
  };

  test('let everybody make users only where that is chosen, and never by an emptied field', async () => {
    const page = await visit('/settings');
    const choice = page.getByLabel('Who makes users at POST /user');
    const roles = page.getByLabel('Roles that make users');
    expect(await choice.inputValue()).toBe('deployed');
    await choice.selectOption('roles');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must not be empty', { exact: true }).waitFor();
    await roles.fill('admin\n');
    await save(page);
    expect(await makers()).toEqual(['admin']);
    await roles.fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must not be empty', { exact: true }).waitFor();
    await look(page, 'console-settings-refused');
    await choice.selectOption('everybody');
    await save(page);
    expect(await makers()).toEqual([]);
    await page.reload();
    await choice.selectOption('deployed');
    await save(page);
    expect(await makers()).toBeUndefined();
  });
});

describe('the settings of a domain', () => {
  test('are set by hand, and taken back', async () => {
    const page = await visit('/domains/people.example');
    await title(page, 'people.example');
    expect(await page.getByLabel('Whose addresses may sign up').count()).toBe(0);
    expect(await page.getByLabel(/^Sign in again after/).inputValue()).toBe('');

    await page.getByLabel('New accounts are made by').selectOption('open');
    await page
      .getByLabel('Whose addresses may sign up')
      .fill('people.example\n\n partner.example \n');
    await page.getByLabel('A code by mail').check();
    await page.getByLabel(/^Sign in again after/).fill('43200');
    await page.getByLabel(/^Sign in again when idle/).fill('3600');
    await save(page);
    await look(page, 'console-domain-settings');
    expect(await domain()).toMatchObject({
      signUp: 'open',
      mailDomains: ['people.example', 'partner.example'],
      emailCodes: true,
      sessionAbsolute: 43_200,
      sessionIdle: 3600,
    });

    await page.getByLabel(/^Sign in again after/).fill('');
    await page.getByLabel('New accounts are made by').selectOption('closed');
    await save(page);
    expect(await domain()).toMatchObject({ signUp: 'closed', sessionAbsolute: 3_155_760_000 });
  });

  test('that cannot be are refused at their fields, and what was typed stays', async () => {
    const page = await visit('/domains/people.example');
    await page.getByLabel('New accounts are made by').selectOption('open');
    await page.getByLabel('Whose addresses may sign up').fill('not a domain');
    await page.getByLabel(/^Sign in again when idle/).fill('5');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must be at least 300 seconds').first().waitFor();
    const field = page.getByLabel('Whose addresses may sign up');
    expect(await field.inputValue()).toBe('not a domain');
    expect(await domain()).toMatchObject({ sessionIdle: 3600 });
  });
});

describe('a brand', () => {
  test('is seen before it is saved, in both schemes, with the contrast that the service measures', async () => {
    const page = await visit('/domains/people.example');
    await title(page, 'people.example');
    const sample = (scheme: string) =>
      page.getByRole('figure', { name: new RegExp(`^${scheme}: `) }).textContent();
    await page.getByLabel('Name on pages').fill('Acme');
    await page.getByLabel('Accent', { exact: true }).fill('#ffcc0');
    expect(await page.getByRole('figure').count()).toBe(0);
    await page.getByLabel('Accent', { exact: true }).fill('#ffcc00');
    expect(await sample('light')).toContain('light: 1.51, too little');
    await page.getByRole('button', { name: 'Save' }).click();
    await page
      .getByText('has a contrast of 1.51 to the light page', { exact: false })
      .first()
      .waitFor();
    await page.getByLabel('Accent', { exact: true }).fill('#b91c1c');
    expect(await sample('light')).toContain('light: 6.');
    expect(await sample('dark')).toMatch(/dark: 4\.[5-9]/);
    await look(page, 'console-brand');
  });

  test('has a logo of another host, which the console does not load', async () => {
    const page = await visit('/domains/people.example');
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.getByLabel('Name on pages').fill('Acme');
    await page.getByLabel('Logo', { exact: true }).fill('https://cdn.example/logo.png');
    await save(page);
    expect(await domain()).toMatchObject({ brand: { logo: 'https://cdn.example/logo.png' } });
    expect(asked.filter((url) => url.includes('cdn.example'))).toEqual([]);
    expect(await page.getByText('the console loads nothing of other hosts').count()).toBe(1);
  });
});

describe('a new user', () => {
  test('is invited by mail, again where it was lost, and chooses a password', async () => {
    await callAs(stack, ROOT, 'PATCH /admin/api/domains/people.example', { signUp: 'invite' });
    const page = await visit('/users/new');
    await page.getByLabel('User name').fill('ida');
    await page.getByLabel('E-mail address').fill('ida@people.example');
    await page.getByLabel('Domain').fill('people.example');
    await page.getByLabel('Invite by mail').check();
    expect(await page.getByLabel('Password').count()).toBe(0);
    await look(page, 'console-invite');
    await page.getByRole('button', { name: 'Create user' }).click();
    await title(page, 'ida');
    await nextMail(stack, 'ida@people.example');
    await page.getByRole('button', { name: 'Send an invitation' }).click();
    await page.getByText('An invitation is on its way to ida@people.example.').waitFor();
    await look(page, 'console-invited');
    const mail = await nextMail(stack, 'ida@people.example', 1);

    const theirs = await (await stack.browser()).newPage();
    await theirs.goto(linkIn(mail, '/account/invitation'));
    await theirs.click('#link-open');
    await theirs.fill('#new_password', 'seven quiet lamps by the river');
    await theirs.click('#link-save');
    await theirs.waitForSelector('#done');
    await page.reload();
    await title(page, 'ida');
    expect(await page.getByRole('button', { name: 'Send an invitation' }).count()).toBe(0);
  });

  test('is not invited into a domain that takes no invitations, and is told why', async () => {
    await callAs(stack, ROOT, 'PATCH /admin/api/domains/people.example', { signUp: 'closed' });
    const page = await visit('/users/new');
    await page.getByLabel('User name').fill('ivo');
    await page.getByLabel('E-mail address').fill('ivo@people.example');
    await page.getByLabel('Domain').fill('people.example');
    await page.getByLabel('Invite by mail').check();
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByRole('alert').getByText('takes no invitations').waitFor();
    expect(await page.getByLabel('User name').inputValue()).toBe('ivo');
  });

  test('has to change at the first sign-in what an administrator has set, if that is said', async () => {
    const page = await visit('/users/new');
    await page.getByLabel('User name').fill('uma@mydomain.com');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByLabel('Must be changed at the first sign-in').check();
    await page.getByLabel('Activated').check();
    await page.getByRole('button', { name: 'Create user' }).click();
    await title(page, 'uma@mydomain.com');
    expect(await page.getByLabel('Must be changed at the next sign-in').isChecked()).toBe(true);

    const theirs = await (await stack.browser()).newPage();
    await theirs.goto(`${stack.urls.service}/account`);
    await theirs.fill('#username', 'uma@mydomain.com');
    await theirs.fill('#password', 'correct horse battery');
    await theirs.click('#login-submit');
    await theirs.waitForURL(/\/account\/new-password/);
    await page.getByLabel('Must be changed at the next sign-in').uncheck();
    await save(page);
    await theirs.goto(`${stack.urls.service}/account`);
    await theirs.fill('#username', 'uma@mydomain.com');
    await theirs.fill('#password', 'correct horse battery');
    await theirs.click('#login-submit');
    await theirs.waitForURL(`${stack.urls.service}/account`);
  });
});

test('no page was found to break its own policy', () => expect(complaints).toEqual([]));
