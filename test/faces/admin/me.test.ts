/** Who a credential stands for and what it may do: real functions, real store. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addClient, tokenOf } from '../../support/actors/clients.ts';
import { agree, openBrowser, tokensOf, webClient } from '../../support/actors/grants.ts';
import { addUser } from '../../support/actors/people.ts';
import { makeRole } from '../../support/actors/roles.ts';
import { type Admin, startAdmin } from '../../support/running/admin.ts';

let service: Admin;
beforeAll(async () => {
  service = await startAdmin();
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'], 'cdr/files': ['ro', 'do'] } });
});
afterAll(() => service.stop());

const me = (headers: Record<string, string>) => service.send('GET /admin/api/me', { headers });

test('a person is told their name, domain, roles and letters, own ones apart', async () => {
  const { username } = await addUser(service, { roles: ['reader'] });
  const { token } = await service.login(username);
  const { status, body } = await me({ authorization: `Bearer ${token}` });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    kind: 'user',
    username,
    domain: 'mydomain.com',
    roles: ['reader'],
    root: false,
  });
  expect(body['acl']).toMatchObject({ cdr: ['r'], 'cdr/files': ['ro', 'do'] });
  expect(body['acl']).not.toHaveProperty('book');
});

test('root is told that it is', async () => {
  const { token } = await service.login('100@mydomain.com');
  const { body } = await me({ authorization: `Bearer ${token}` });
  expect(body).toMatchObject({ root: true, roles: ['root'] });
});

test('a client is told what its scope leaves, not what its roles permit', async () => {
  const client = await addClient(service, { roles: ['reader'], scopes: ['cdr:r'] });
  const { body } = await me({ authorization: `Bearer ${await tokenOf(service, client)}` });
  expect(body['acl']).toEqual({ cdr: ['r'] });
});

const grantOf = async (scope: string) => {
  const { id, username } = await addUser(service, { roles: ['reader'] });
  const client = await webClient(service, { scopes: ['full_access', 'openid', 'cdr:r'] });
  const browser = await openBrowser(service, id);
  const { access } = await tokensOf(service, await agree(service, { client, browser, scope }));
  return { username, headers: { authorization: `Bearer ${access}` } };
};

test('A1: an application with full access is told who its user is', async () => {
  const { username, headers } = await grantOf('openid full_access');
  const { status, body } = await me(headers);
  expect([status, body['username']]).toEqual([200, username]);
});

test.each(['openid', 'openid cdr:r', 'cdr:r', 'profile email'])(
  'A1: an application with %s is told nothing of its user',
  async (scope) => {
    const { username, headers } = await grantOf(scope);
    const { status, text } = await me(headers);
    expect(status).toBe(403);
    for (const word of [username, 'mydomain.com', 'reader']) expect(text).not.toContain(word);
  },
);

describe.each(['/admin/api/me', '/admin/api/me/explain'])('%s', (path) => {
  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('by %s is a 405 with Allow', async (method) => {
    const { status, headers, body } = await service.send(`${method} ${path}`, {});
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD']);
    expect(body).toMatchObject({ rule: 'method-not-allowed' });
  });

  test.each(['', '?method=GET&path=%2Fcdr'])(
    'with a slash at its end is a 308%s',
    async (query) => {
      const { status, headers } = await service.send(`GET ${path}/${query}`, {});
      expect([status, headers['location']]).toEqual([308, `${path}${query}`]);
    },
  );

  test('notes that an API key was used', async () => {
    const { id } = await addUser(service, { roles: ['reader'] });
    const root = await service.by('100@mydomain.com');
    const made = await service.admin(root, 'POST /keys', { body: { name: 'k', owner: id } });
    expect(made.body).not.toHaveProperty('lastUsed');
    const used = { headers: { 'x-api-key': String(made.body['key']) } };
    const query = '?method=GET&path=/cdr';
    expect((await service.send(`GET ${path}${query}`, used)).status).toBe(200);
    const { body } = await service.admin(root, `GET /keys/${made.body['id']}`);
    expect(body['lastUsed']).toEqual(expect.any(Number));
  });
});

test.each([
  ['nobody', {}],
  ['a token that is none', { authorization: 'Bearer eyJ.x.y' }],
])('%s is told nothing (401), by a problem with a challenge', async (_case, headers) => {
  const { status, headers: sent, body } = await me(headers);
  expect(status).toBe(401);
  expect(sent['www-authenticate']).toContain('Bearer');
  expect(body).not.toHaveProperty('acl');
});
