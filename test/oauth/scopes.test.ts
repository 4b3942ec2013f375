/**
 * The setting that gives clients time which were registered before power was asked for by name.
 * Real handlers; nothing patched.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findUserId } from '../../lib/store/directory/login-owners.ts';
import { addClient, form, requestToken, tokenOf } from '../support/actors/clients.ts';
import { agree, openBrowser, refreshWith, tokensOf, webClient } from '../support/actors/grants.ts';
import { addUser } from '../support/actors/people.ts';
import { makeRole } from '../support/actors/roles.ts';
import { type Admin, startAdmin } from '../support/running/admin.ts';
import { openBrowser as openPages, pageOf } from '../support/web/browser.ts';
import { addWebClient, requestOf } from '../support/web/sign-in.ts';

let service: Admin;
beforeAll(async () => {
  service = await startAdmin({ UNSAFE_IMPLIED_ACCESS: 'true' });
});
afterAll(() => service.stop());

const by = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
const users = async (token: string) => (await service.admin(by(token), 'GET /users')).status;

async function granted(scopes: string[], scope: string) {
  const root = await findUserId(service.tables.directory, '100@mydomain.com');
  const client = await webClient(service, { scopes });
  const browser = await openBrowser(service, root);
  const tokens = await tokensOf(service, await agree(service, { client, browser, scope }));
  return { client, ...tokens };
}

describe('UNSAFE_IMPLIED_ACCESS=true, a client that is registered for no API', () => {
  test.each([[[]], [['openid', 'reports']]])('has all that its user may: %j', async (scopes) => {
    const { access } = await granted(scopes, 'openid');
    expect(await users(access)).toBe(200);
  });

  test('has no more than it names, if it names any', async () => {
    const { access } = await granted([], 'openid cdr:r');
    expect(await users(access)).toBe(403);
  });

  test('has no more by a token that names less than its grant', async () => {
    const { client, refresh } = await granted([], 'openid cdr:r');
    const { body } = await refreshWith(service, client, refresh, { scope: 'openid' });
    expect(await users(String(body['access_token']))).toBe(403);
  });

  test('asks for any letters, but not for full access', async () => {
    const client = await addClient(service, { scopes: [] });
    expect((await requestToken(service, client, { scope: 'cdr:r' })).status).toBe(200);
    expect((await requestToken(service, client, { scope: 'full_access' })).status).toBe(400);
  });

  test('tells its users what it gets', async () => {
    await addWebClient(service, { id: 'old-app', scopes: [] });
    const browser = openPages(service);
    const { username } = await addUser(service);
    const page = await browser.login(await browser.authorize(requestOf('old-app')), username);
    expect(pageOf(page)).toBe('consent');
    expect(page.text).toContain('Do everything in your name');
  });

  test('acts for itself by its roles', async () => {
    const client = await addClient(service, { scopes: ['mluviiPublicApi'], roles: ['admin'] });
    expect(await users(await tokenOf(service, client))).toBe(200);
  });

  test.each([
    [[], true],
    [['cdr:r'], false],
  ])('R2: asks about the tokens of others by its roles: %j, %j', async (scopes, active) => {
    await makeRole(service, { name: `asks-${active}`, acl: { 'oauth/introspect': ['r'] } });
    const { id, secret } = await addClient(service, { scopes, roles: [`asks-${active}`] });
    const { token } = await service.login('200@mydomain.com');
    const asked = form({ token, client_id: id, client_secret: secret });
    expect((await service.send('POST /oauth/introspect', asked)).body).toMatchObject({ active });
  });
});

describe('UNSAFE_IMPLIED_ACCESS=true, a client that is registered for one', () => {
  test.each(['openid', 'openid cdr:r', 'openid full_access', 'openid admin/users:r'])(
    'has what is registered and named, and nothing else: %s',
    async (scope) => {
      const { access } = await granted(['cdr:r'], scope);
      expect(await users(access)).toBe(403);
    },
  );

  test('keeps the session of a person as it is', async () =>
    expect(
      await users((await service.by('100@mydomain.com')).headers['authorization']?.slice(7) ?? ''),
    ).toBe(200));
});
