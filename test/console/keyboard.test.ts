/**
 * Each job of the console by keyboard alone, in a real Chromium against the whole running stack. Nothing is
 * clicked, filled or focused: Tab, Enter, Space, arrows and letters (keys.ts).
 */
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, test } from 'vitest';
import { callAs, complaints, open, ROOT, wholeStack } from './console.ts';
import { hasFocus, Keys } from './keys.ts';

const stack = wholeStack();

let page: Page;
let keys: Keys;
beforeEach(async () => {
  page = await open(await stack.browser(), stack, '/');
  keys = new Keys(page);
});
const title = (name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name, ...(typeof name === 'string' && { exact: true }) });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const link = (name: string | RegExp) => page.getByRole('link', { name });
const field = (name: string | RegExp) => page.getByLabel(name, { exact: true });
const saved = () => page.getByText('Saved.').waitFor();
const made = async (call: string, body: object): Promise<Record<string, string>> =>
  (await (await callAs(stack, ROOT, call, body)).json()) as Record<string, string>;

describe('by keyboard alone', () => {
  test('the menu is gone past, and the palette goes where arrows say', async () => {
    await page.keyboard.press('Tab');
    await keys.press(page.getByRole('link', { name: 'To the content' }));
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to' }).waitFor();
    await page.keyboard.type('s');
    const first = await page
      .getByRole('dialog')
      .getByRole('option', { selected: true })
      .textContent();
    await page.keyboard.press('ArrowDown');
    const second = await page
      .getByRole('dialog')
      .getByRole('option', { selected: true })
      .textContent();
    expect(second).not.toBe(first);
    await page.keyboard.press('Enter');
    await title(String(second)).waitFor();
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H1');
  });

  test('the palette that is left gives the focus back', async () => {
    const opener = button('Go to…');
    await keys.press(opener);
    await page.getByRole('combobox', { name: 'Go to' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Go to' }).waitFor({ state: 'detached' });
    await expect.poll(() => hasFocus(opener)).toBe(true);
  });

  test('the overview leads to the list of what it counts', async () => {
    await keys.press(button('7 days'));
    await page.getByRole('columnheader', { name: 'In 7 days' }).first().waitFor();
    await keys.press(page.getByRole('link', { name: /^signed in: / }).first());
    await title('Audit').waitFor();
    expect(new URL(page.url()).search).toBe('?type=session.opened');
  });

  test('a user is made, changed, given a password, signed out, switched off and deleted', async () => {
    await keys.go('Users');
    await keys.press(link('New user'));
    await keys.type(field('User name'), 'kay@mydomain.com');
    await keys.type(field('Password'), 'correct horse battery');
    await keys.press(button('Create user'));
    await title('kay@mydomain.com').waitFor();
    await keys.type(field('Full name'), 'Kay Board');
    await keys.type(field('New password'), 'another horse battery');
    await keys.press(button('Save'));
    await saved();
    await keys.confirm('End all sessions');
    await keys.press(field('Disabled'), 'Space');
    await keys.press(button('Save'));
    await page.getByText('disabled', { exact: true }).first().waitFor();
    await keys.confirm('Delete user', 'kay@mydomain.com');
    await title('Users').waitFor();
    await page.getByRole('table', { name: 'Users' }).waitFor();
    expect(await page.getByText('kay@mydomain.com').count()).toBe(0);
  });

  test('several users are switched off together', async () => {
    for (const name of ['pair-1', 'pair-2'])
      await made('POST /admin/api/users', { username: name, password: 'correct horse battery' });
    await keys.go('Users');
    await keys.type(field('User name begins with'), 'pair-');
    await page.keyboard.press('Enter');
    for (const name of ['pair-1', 'pair-2'])
      await keys.press(page.getByRole('checkbox', { name: `Choose ${name}` }), 'Space');
    await keys.confirm('Disable');
    await expect.poll(() => page.getByRole('cell', { name: 'disabled' }).count()).toBe(2);
  });

  test('a client is made by its kind, its password renewed, and it is switched off', async () => {
    await keys.go('Clients');
    await keys.press(link('New client'));
    await keys.press(link('Choose machine'));
    await keys.type(field('Id (API user name)'), 'till');
    await keys.type(field('Name'), 'Till');
    await keys.press(button('Create client'));
    const first = await page.getByTestId('secret').textContent();
    await keys.press(link('To the client'));
    await title('Till').waitFor();
    await keys.choose(field('The one before'), 'works for a day');
    await keys.confirm('Make a new secret');
    const second = await page.getByTestId('secret').textContent();
    expect([second?.length, second === first]).toEqual([first?.length, false]);
    await page.getByText('2 secrets work.').waitFor();
    await keys.press(field('Disabled'), 'Space');
    await keys.press(button('Save'));
    await page.getByText('disabled', { exact: true }).first().waitFor();
  });

  test('an API key is made, rotated, switched off; one that leaked is found', async () => {
    await keys.go('API keys');
    await keys.press(link('New key'));
    await keys.type(field('Name'), 'by keys');
    await keys.type(field('What it may do'), 'cdr=r');
    await keys.press(button('Create key'));
    const key = (await page.getByTestId('secret').textContent()) ?? '';
    await keys.go('API keys');
    await keys.type(field('The key, as it was found'), key);
    await page.keyboard.press('Enter');
    await title('by keys').waitFor();
    await keys.confirm('Make a new secret');
    expect(await page.getByTestId('secret').textContent()).not.toBe(key);
    await keys.confirm('Disable');
    await button('Enable').waitFor();
    await keys.confirm('Delete');
    await title('API keys').waitFor();
  });

  test('a domain token is made, switched off and deleted', async () => {
    await keys.go('Domain tokens');
    await keys.press(link('New token'));
    await keys.choose(field('Role'), 'user');
    await keys.type(field('Expires after days'), '3');
    await keys.press(button('Create token'));
    await page.getByTestId('secret').waitFor();
    await keys.press(link('To the token'));
    await keys.confirm('Disable');
    await button('Enable').waitFor();
    await keys.confirm('Delete');
    await title('Domain tokens').waitFor();
  });

  test('a role is made, its letters are given, who gains by it is shown, and who holds it', async () => {
    await keys.go('Roles');
    await keys.press(link('New role'));
    await keys.type(field('Name'), 'typist');
    await keys.press(button('Create role'));
    await title('typist').waitFor();
    await keys.type(field('Resource'), 'cdr');
    await keys.choose(field('read cdr'), 'own');
    await page.getByRole('table', { name: /^Who gains, who loses/ }).waitFor();
    await keys.press(button('Save'));
    await saved();
    await keys.go('Roles');
    await keys.press(link(/^user$/));
    await page.getByRole('table', { name: 'Who holds user' }).waitFor();
  });

  test('a resource is registered, asked about by a path, and deleted', async () => {
    await keys.go('Resources');
    await keys.press(link('New resource'));
    await keys.type(field('Name'), 'desk');
    await keys.press(button('Register resource'));
    await title('desk').waitFor();
    await keys.go('Resources');
    await keys.type(field('Path of a call'), '/desk/7');
    await page.keyboard.press('Enter');
    await page.getByText('the path is of resource desk').waitFor();
    await keys.press(page.getByRole('link', { name: 'desk', exact: true }));
    await keys.confirm('Delete resource', 'desk');
    await title('Resources').waitFor();
  });

  test('resources are imported from a description, after a look at what it would do', async () => {
    await keys.go('Resources');
    await keys.press(link('New resource'));
    await keys.to(field('Description'));
    await page.keyboard.insertText('openapi: 3.1.0\npaths:\n  /keyed/{id}: {}');
    await keys.press(button('What would it do?'));
    await page.getByRole('row', { name: /^keyed created/ }).waitFor();
    await keys.press(button('Register 1'));
    await page.getByText('Registered.').waitFor();
  });

  test('a session is ended, and all of a user', async () => {
    const { id = '' } = await made('POST /admin/api/users', {
      username: 'away',
      password: 'correct horse battery',
    });
    for (let count = 0; count < 2; count++)
      await callAs(stack, { username: 'away', password: 'correct horse battery' }, 'GET /user');
    await keys.go('Sessions');
    await keys.type(field('Or of a user or client: its id'), id);
    await page.keyboard.press('Enter');
    const rows = page.getByRole('table').getByRole('link');
    await expect.poll(() => rows.count()).toBe(2);
    await keys.press(rows.first());
    await title('Session of away').waitFor();
    await keys.confirm('End session');
    await expect.poll(() => rows.count()).toBe(1);
    await keys.confirm('End all sessions');
    await expect.poll(() => rows.count()).toBe(0);
  });

  test('a call is explained, and one that happened is found by its id', async () => {
    const refused = await fetch(`${stack.urls.http}/cdr`);
    await keys.go('Explain');
    await keys.choose(field('Method'), 'DELETE');
    await keys.type(field('Path'), '/cdr/7');
    await page.keyboard.press('Enter');
    await page.getByText('Allowed', { exact: true }).waitFor();
    await keys.type(field('Id of the request'), refused.headers.get('apigw-requestid') ?? '');
    await page.keyboard.press('Enter');
    await page.getByText('no-credential').waitFor();
  });

  test('the audit is filtered and exported', async () => {
    await keys.go('Audit');
    await keys.choose(field('What'), 'session.opened');
    await keys.press(page.getByRole('button', { name: /^(Filter|Show|Search|Find)/ }).first());
    await page.getByRole('cell', { name: 'session.opened' }).first().waitFor();
    const file = page.waitForEvent('download');
    await keys.press(button('Export CSV'));
    expect((await file).suggestedFilename()).toMatch(/\.csv$/);
  });

  test('a domain is made, and everybody in it signed out after its name was typed', async () => {
    await keys.go('Domains');
    await keys.press(link('New domain'));
    await keys.type(field('Name'), 'keys.example');
    await keys.press(button('Create domain'));
    await title('keys.example').waitFor();
    await keys.confirm('Sign everybody out', 'keys.example');
    await keys.press(field('Disabled'), 'Space');
    await keys.press(button('Save'));
    await saved();
  });

  test('the application’s key is made, and made mandatory; the settings are undone', async () => {
    await keys.go('Settings');
    await page.getByText('There is none yet.').waitFor();
    await keys.confirm('Make a new secret');
    const made = await page.getByTestId('secret').textContent();
    await page.getByText('There is one.').waitFor();
    const known = await (await callAs(stack, ROOT, 'GET /api/v1/helpdesk/api_key')).json();
    expect(known).toEqual({ result: made });
    await keys.press(field('The application’s API key is mandatory'), 'Space');
    await keys.press(button('Undo'));
    await keys.press(field('The application’s API key is mandatory'), 'Space');
    await keys.press(button('Save'));
    await saved();
  });

  test('the signing keys are rotated', async () => {
    await keys.go('Signing keys');
    await keys.confirm('Rotate keys');
    await page.getByText('New keys are published.').waitFor({ timeout: 60_000 });
  });

  test('a method of the API is called', async () => {
    await keys.go('API');
    await keys.type(field('Words'), 'who the credential');
    await page.keyboard.press('Enter');
    const operation = page.getByRole('button', { name: /admin\/api\/me\b/ }).first();
    await keys.press(operation);
    await keys.press(button('Execute'));
    await page.getByText('"username": "100@mydomain.com"').first().waitFor();
    await expect.poll(() => hasFocus(button('Execute'))).toBe(true);
  });
});

test('no policy was violated, and no page threw', () => expect(complaints).toEqual([]));
