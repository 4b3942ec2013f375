/**
 * The administration console, in a real Chromium against the whole running stack. Pictures of every page go
 * to `.artefacts/browser`.
 */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { makeOlder } from '../support/running/older.ts';
import { look } from '../support/web/chromium.ts';
import { ADMIN, callAs, complaints, open, ROOT, wholeStack } from './console.ts';

const stack = wholeStack();

const visit = async (path: string, person = ROOT): Promise<Page> =>
  open(await stack.browser(), stack, path, person);
const title = (page: Page, name: string | RegExp) =>
  page.getByRole('heading', { level: 1, name }).waitFor();

const rootId = async (): Promise<string> => {
  const me = await callAs(stack, ROOT, 'GET /admin/api/me');
  return ((await me.json()) as { id: string }).id;
};

/** All that a browser keeps of a page. */
const kept = (page: Page): Promise<string> =>
  page.evaluate<string>(`(async () => JSON.stringify([
    location.href, document.cookie, { ...localStorage }, { ...sessionStorage },
    await indexedDB.databases(), await caches.keys(), history.state,
  ]))()`);
const TOKEN = /eyJ[\w-]+\.[\w-]+\./;

describe('signing in', () => {
  test('leads back to the address that was asked for, filters included', async () => {
    const page = await visit('/users?login=demoadmin');
    await page.getByRole('row', { name: /demoadmin/ }).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(
      '/users?login=demoadmin',
    );
    await expect.poll(() => page.getByRole('rowheader').count()).toBe(1);
  });

  test('leaves no token in an address, the history or anything that a browser keeps', async () => {
    const seen: string[] = [];
    const context = await stack.browser();
    context.on('request', (request) => seen.push(request.url()));
    const page = await open(context, stack, '/users');
    await page.getByRole('table').waitFor();
    expect(await kept(page)).not.toMatch(TOKEN);
    expect(await kept(page)).not.toMatch(/verifier|code=/);
    expect(seen.join('\n')).not.toMatch(TOKEN);
    await page.goBack();
    expect(page.url()).not.toMatch(/code=/);
  });

  test('goes on after a reload, at the same place, without a question', async () => {
    const page = await visit('/roles');
    await title(page, 'Roles');
    await page.reload();
    await title(page, 'Roles');
    expect(new URL(page.url()).pathname).toBe('/roles');
  });

  test('is asked for where nobody is signed in, not before somebody says so', async () => {
    const page = await (await stack.browser()).newPage();
    await page.goto(`${stack.urls.console}/users`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).origin).toBe(stack.urls.console);
    await look(page, 'console-signed-out');
  });

  test('ends with "Sign out", for the browser and not the page alone', async () => {
    const page = await visit('/users');
    await page.getByRole('button', { name: 'Sign out' }).click();
    const again = page.getByRole('button', { name: 'Sign in' });
    await again.or(page.locator('#logout-confirm, form button')).first().waitFor();
    if (!(await again.isVisible())) await page.locator('form button').first().click();
    await again.waitFor();
    expect(page.url()).not.toMatch(TOKEN);
    await page.goto(`${stack.urls.console}/users`);
    await again.waitFor();
  });

  test('from the issuer, /console leads there', async () => {
    const page = await (await stack.browser()).newPage();
    await page.goto(`${stack.urls.service}/console`);
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).origin).toBe(stack.urls.console);
  });
});

describe('a session that has ended elsewhere', () => {
  test('makes the next click fail, and lead to the sign-in and back', async () => {
    const page = await visit('/roles', ADMIN);
    await title(page, 'Roles');
    const { items } = (await (
      await callAs(stack, ROOT, 'GET /admin/api/users?login=demoadmin')
    ).json()) as { items: { id: string }[] };
    await callAs(stack, ROOT, `DELETE /admin/api/sessions?subject=${items[0]?.id}`);
    await page.getByRole('navigation').getByRole('link', { name: 'Clients' }).click();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.fill('#username', ADMIN.username);
    await page.fill('#password', ADMIN.password);
    await page.click('#login-submit');
    await title(page, 'Clients');
  });
});

describe('what is grave', () => {
  test('asks for a new sign-in, and comes back to what was typed', async () => {
    const page = await visit('/keys/new');
    await page.getByLabel('Name', { exact: true }).fill('after a while');
    await page.getByLabel('What it may do').fill('cdr=r');
    await makeOlder(stack, 700);
    await page.getByRole('button', { name: 'Create key' }).click();
    await look(page, 'console-grave');
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.fill('#password', ROOT.password);
    await page.click('#login-submit');
    await title(page, 'New API key');
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('after a while');
    expect(await page.getByLabel('What it may do').inputValue()).toBe('cdr=r');
    expect(await kept(page)).not.toContain('after a while');
    await page.getByRole('button', { name: 'Create key' }).click();
    expect(await page.getByTestId('secret').textContent()).toMatch(/^lk_/);
  });

  test('keeps what was changed in a role, over what somebody else has saved meanwhile', async () => {
    await callAs(stack, ROOT, 'POST /admin/api/roles', { name: 'kept', acl: { cdr: ['r'] } });
    const page = await visit('/roles/kept');
    await page.getByLabel('delete cdr', { exact: true }).selectOption('all');
    await page.getByLabel('create book', { exact: true }).selectOption('own');
    await callAs(stack, ROOT, `DELETE /admin/api/sessions?subject=${await rootId()}`);
    await callAs(stack, ROOT, 'PATCH /admin/api/roles/kept', { acl: { gateway: ['r'] } });
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.fill('#username', ROOT.username);
    await page.fill('#password', ROOT.password);
    await page.click('#login-submit');
    await title(page, 'kept');
    expect(await page.getByLabel('delete cdr', { exact: true }).inputValue()).toBe('all');
    expect(await page.getByLabel('create book', { exact: true }).inputValue()).toBe('own');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    const role = await (await callAs(stack, ROOT, 'GET /admin/api/roles/kept')).json();
    expect(role).toMatchObject({ acl: { cdr: ['r', 'd'], book: ['co'], gateway: ['r'] } });
  });

  test('keeps no password over a sign-in', async () => {
    const page = await visit('/users/new');
    await page.getByLabel('User name').fill('half@mydomain.com');
    await page.getByLabel('Password').fill('correct horse battery');
    await callAs(
      stack,
      ROOT,
      'DELETE /admin/api/sessions?subject=SELF'.replace('SELF', await rootId()),
    );
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByRole('button', { name: 'Sign in again' }).click();
    await page.waitForURL(/oauth/);
    await page.goBack();
    expect(await kept(page)).not.toContain('correct horse');
  });
});

const PLACES = [
  'users',
  'users/new',
  'roles',
  'roles/new',
  'roles/admin',
  'clients',
  'clients/new',
  'clients/new?kind=web',
  'clients/demo-web',
  'sessions',
  'keys',
  'keys/new',
  'domain-tokens',
  'resources',
  'resources/new',
  'resources/cdr%2Ffiles',
  'domains',
  'domains/new',
  'domains/mydomain.com',
  'settings',
  'signing-keys',
  'portal',
  'nowhere',
];

describe('every page', () => {
  test('keeps nobody out, light and dark, and is never wider than 320 px (WCAG 2.2)', async () => {
    const page = await visit('/');
    for (const place of PLACES) {
      await page.goto(`${stack.urls.console}/${place}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByText('Loading…').waitFor({ state: 'detached' });
      await look(page, `console-${place.replaceAll(/[/?=%]/g, '-')}`);
    }
  }, 240_000);
});

describe('an administrator of one domain', () => {
  test('is offered what they may do, and told which letter is missing for the rest', async () => {
    const page = await visit('/roles', ADMIN);
    await page.getByText('To make a role you need the letter c on admin/roles.').waitFor();
    expect(await page.getByRole('link', { name: 'New role' }).count()).toBe(0);
    const places = await page.getByRole('navigation').getByRole('link').allTextContents();
    expect(places).not.toContain('Settings');
    expect(places).toContain('Users');
  });

  test('sees nothing of another domain', async () => {
    await callAs(stack, ROOT, 'POST /admin/api/domains', { name: 'other.example' });
    await callAs(stack, ROOT, 'POST /admin/api/users', {
      username: 'secretive@other.example',
      password: 'correct horse battery',
      domain: 'other.example',
    });
    const page = await visit('/users', ADMIN);
    await page.getByRole('table').waitFor();
    expect(await page.content()).not.toContain('secretive');
    await page.goto(`${stack.urls.console}/users?domain=other.example`);
    await page.getByText('Nothing here matches.').or(page.getByRole('alert')).first().waitFor();
    expect(await page.content()).not.toContain('secretive');
    const roots = await visit('/users?domain=other.example');
    await roots.getByRole('link', { name: 'secretive@other.example' }).waitFor();
  });
});

describe('by keyboard alone', () => {
  test('a user is made, changed, and deleted after the name was typed', async () => {
    const page = await visit('/users');
    await title(page, 'Users');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to' }).waitFor();
    await page.keyboard.type('user');
    await page.keyboard.press('Enter');
    await title(page, 'Users');
    await page.getByRole('link', { name: 'New user' }).focus();
    await page.keyboard.press('Enter');
    await title(page, 'New user');
    await page.getByLabel('User name').focus();
    await page.keyboard.type('keys@mydomain.com');
    for (let field = 0; field < 3; field++) await page.keyboard.press('Tab');
    await page.keyboard.type('short');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /keys@|New user/ }).waitFor();
    await title(page, 'keys@mydomain.com');
    await page.getByLabel('Full name').focus();
    await page.keyboard.type('Kay Board');
    await page.keyboard.press('Enter');
    await page.getByText('Saved.').waitFor();
    await page.getByRole('button', { name: 'Delete user' }).focus();
    await page.keyboard.press('Enter');
    const sure = page.getByRole('alertdialog').getByRole('button', { name: 'Delete user' });
    expect(await sure.isDisabled()).toBe(true);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.type('keys@mydomain.com');
    await page.keyboard.press('Enter');
    await title(page, 'Users');
    expect(await page.getByText('keys@mydomain.com').count()).toBe(0);
  });

  test('a question that is not answered gives the focus back', async () => {
    const page = await visit('/roles/user');
    await page.getByRole('button', { name: 'Delete role' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('alertdialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Delete role');
  });
});

describe('forms', () => {
  test('say at the field what is wrong with it, and keep what was typed', async () => {
    const page = await visit('/users/new');
    await page.getByLabel('User name').fill('100@mydomain.com');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByRole('alert').waitFor();
    const field = page.getByLabel('User name');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.inputValue()).toBe('100@mydomain.com');
  });

  test('of two who edit one role, the second is told, sees both, and keeps what was typed', async () => {
    await callAs(stack, ROOT, 'POST /admin/api/roles', { name: 'clerk', acl: { cdr: ['r'] } });
    const [first, second] = await Promise.all([visit('/roles/clerk'), visit('/roles/clerk')]);
    await first.getByLabel('delete cdr', { exact: true }).selectOption('all');
    await second.getByLabel('create book', { exact: true }).selectOption('own');
    await first.getByRole('button', { name: 'Save' }).click();
    await first.getByText('Saved.').waitFor();
    await second.getByRole('button', { name: 'Save' }).click();
    const alert = second.getByRole('alert');
    await alert.getByText('Theirs, saved already').waitFor();
    expect(await alert.textContent()).toMatch(/create book: none → own.*delete cdr: none → all/);
    expect(await second.getByLabel('create book', { exact: true }).inputValue()).toBe('own');
    await second.getByRole('button', { name: 'Keep my changes on top of theirs' }).click();
    await second.getByRole('button', { name: 'Save' }).click();
    await second.getByText('Saved.').waitFor();
    const role = await (await callAs(stack, ROOT, 'GET /admin/api/roles/clerk')).json();
    expect(role).toMatchObject({ acl: { cdr: ['r', 'd'], book: ['co'] } });
  });

  test('of two who change one resource, the second may take what the first has saved', async () => {
    await callAs(stack, ROOT, 'POST /admin/api/resources', { name: 'shelf', title: 'Shelf' });
    const [first, second] = await Promise.all([
      visit('/resources/shelf'),
      visit('/resources/shelf'),
    ]);
    await first.getByLabel('Title', { exact: true }).fill('Shelves');
    await second.getByLabel('Title', { exact: true }).fill('Rack');
    await first.getByRole('button', { name: 'Save' }).click();
    await first.getByText('Saved.').waitFor();
    await second.getByRole('button', { name: 'Save' }).click();
    await second.getByRole('row', { name: 'Title Rack Shelves' }).waitFor();
    expect(await second.getByLabel('Title', { exact: true }).inputValue()).toBe('Rack');
    await second.getByRole('button', { name: 'Take theirs' }).click();
    expect(await second.getByLabel('Title', { exact: true }).inputValue()).toBe('Shelves');
    expect(await second.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
  });

  test('show an API password once', async () => {
    const page = await visit('/clients/new?kind=machine');
    await page.getByLabel('Id (API user name)').fill('till');
    await page.getByLabel('Name', { exact: true }).fill('Till');
    await page.getByRole('button', { name: 'Create client' }).click();
    const secret = (await page.getByTestId('secret').textContent()) ?? '';
    expect(secret.length).toBeGreaterThan(40);
    const answer = await fetch(`${stack.urls.service}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`till:${secret}`)}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    });
    expect(answer.status).toBe(200);
    await page.getByRole('link', { name: 'To the client' }).click();
    await title(page, 'Till');
    expect(await page.content()).not.toContain(secret);
    expect(await kept(page)).not.toContain(secret);
  });

  test('keep what was typed while the network is gone', async () => {
    const page = await visit('/users/new');
    await page.getByLabel('User name').fill('later@mydomain.com');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Create user' }).click();
    await page.getByText('The service cannot be reached.').waitFor();
    await page.context().setOffline(false);
    await page.getByRole('button', { name: 'Create user' }).click();
    await title(page, 'later@mydomain.com');
  });
});

describe('a hostile text', () => {
  const HOSTILE = '"><img src=x onerror="window.hit=1"><script>window.hit=1</script>{{7*7}}';

  test('in any name runs nothing, and is shown as it is', async () => {
    await callAs(stack, ROOT, 'POST /admin/api/users', {
      username: 'hostile@mydomain.com',
      password: 'correct horse battery',
      profile: { name: HOSTILE },
    });
    await callAs(stack, ROOT, 'POST /admin/api/clients', { id: 'hostile', name: HOSTILE });
    await callAs(stack, ROOT, 'POST /admin/api/keys', { name: HOSTILE });
    for (const place of ['/users', '/clients', '/clients/hostile', '/keys']) {
      const page = await visit(place);
      await page.getByText(HOSTILE).first().waitFor();
      expect(await page.evaluate('window.hit')).toBeUndefined();
    }
  });
});

describe('a script on a page of the console', () => {
  const asked = (client: string, redirect: string) =>
    `${stack.urls.service}/oauth/authorize?${new URLSearchParams({
      client_id: client,
      redirect_uri: redirect,
      response_type: 'code',
      scope: 'openid',
      state: 's',
      nonce: 'n',
      code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
      code_challenge_method: 'S256',
    })}`;
  const own = () => asked('latchkey-console', `${stack.urls.console}/signed-in`);

  test('gets no code by a call', async () => {
    const page = await visit('/users');
    const got = await page.evaluate<string>(
      `fetch(${JSON.stringify(own())}, { credentials: 'include' }).then((it) => it.text(), String)`,
    );
    expect(got).toContain('TypeError');
    const opaque = await page.evaluate<string>(
      `fetch(${JSON.stringify(own())}, { credentials: 'include', mode: 'no-cors' })
        .then((it) => it.type + it.url, String)`,
    );
    expect(opaque).not.toContain('code=');
  });

  test('gets no code by a frame', async () => {
    const page = await visit('/users');
    const before = complaints.length;
    for (const url of [own(), `${own()}&prompt=none`]) {
      const got = await page.evaluate<string>(`new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.src = ${JSON.stringify(url)};
        document.body.append(frame);
        setTimeout(() => {
          try { resolve(String(frame.contentWindow.location.href)); } catch (error) { resolve(error.name); }
        }, 1500);
      })`);
      expect(got).not.toContain('code=');
    }
    // Of these frames alone, which no policy lets in.
    complaints.splice(before);
  });

  test('gets no code by a window, and cannot press a button in one', async () => {
    const page = await visit('/users');
    const got = await page.evaluate<string>(`new Promise((resolve) => {
      const other = window.open(${JSON.stringify(own())});
      setTimeout(() => {
        try { resolve(String(other && !other.closed && other.location.href)); } catch (error) { resolve(error.name); }
      }, 2500);
    })`);
    expect(got).not.toContain('code=');
  });
});

describe('signing keys', () => {
  test('are shown with their part; new ones come when they are asked for', async () => {
    const page = await visit('/signing-keys');
    await title(page, 'Signing keys');
    await expect.poll(() => page.getByText('current', { exact: true }).count()).toBe(2);
    await page.getByRole('button', { name: 'Rotate keys' }).click();
    const sure = page.getByRole('alertdialog').getByRole('button', { name: 'Rotate keys' });
    await sure.click();
    await page.getByText('New keys are published.').waitFor();
    await expect.poll(() => page.getByText('next', { exact: true }).count()).toBe(2);
    await look(page, 'console-signing-keys-rotated');
  });

  test('are nothing that an administrator of one domain sees', async () => {
    const page = await visit('/users', ADMIN);
    const places = await page.getByRole('navigation').getByRole('link').allTextContents();
    expect(places).not.toContain('Signing keys');
    await page.goto(`${stack.urls.console}/signing-keys`);
    await page.getByRole('alert').waitFor();
    expect(await page.content()).not.toContain('ES256');
  });

  // The last one: for some minutes a function may sign with the keys of before.
  test('go all at once, after the word was typed', async () => {
    const page = await visit('/signing-keys');
    const kids = () => page.getByRole('rowheader').allTextContents();
    await page.getByRole('rowheader').first().waitFor();
    const before = await kids();
    await page.getByRole('button', { name: 'Withdraw keys' }).click();
    const dialog = page.getByRole('alertdialog');
    await look(page, 'console-signing-keys-withdraw');
    const sure = dialog.getByRole('button', { name: 'Withdraw keys' });
    expect(await sure.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill('withdraw');
    await sure.click();
    await page.getByText('New keys sign.').waitFor();
    expect((await kids()).filter((kid) => before.includes(kid))).toEqual([]);
  });
});

test('no policy was broken, and nothing thrown, on any page', () => expect(complaints).toEqual([]));
