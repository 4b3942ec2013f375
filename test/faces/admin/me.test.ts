/** Who a credential stands for and what it may do: real functions, real store. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addClient, tokenOf } from '../../support/actors/clients.ts';
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

test.each([
  ['nobody', {}],
  ['a token that is none', { authorization: 'Bearer eyJ.x.y' }],
])('%s is told nothing (401), by a problem with a challenge', async (_case, headers) => {
  const { status, headers: sent, body } = await me(headers);
  expect(status).toBe(401);
  expect(sent['www-authenticate']).toContain('Bearer');
  expect(body).not.toHaveProperty('acl');
});
