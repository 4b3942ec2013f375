/** What a refused call lacks: granting just that makes it allowed, and granting less does not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addClient, tokenOf } from '../../support/actors/clients.ts';
import { makeRole, makeUser } from '../../support/actors/roles.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';

let service: Admin;
let root: Caller;
beforeAll(async () => {
  service = await startAdmin();
  root = await service.by('100@mydomain.com');
});
afterAll(() => service.stop());

let count = 0;
/** A user with a role of its own. */
async function someone(acl: Record<string, ['r'] | ['c']> = {}) {
  const role = `role${++count}`;
  const username = `${role}@mydomain.com`;
  await makeRole(service, { name: role, acl });
  await makeUser(service, username, [role]);
  await service.login(username);
  const [user] = await all(service, root, `/users?login=${username}`);
  const owner = String(user?.['id']);
  const [session] = await all(service, root, `/sessions?subject=${owner}`);
  return { role, owner, session: String(session?.['id']) };
}
async function explain(id: string, call: string) {
  const [method = '', path = ''] = call.split(' ');
  const query = new URLSearchParams({ method, path });
  const { body } = await service.admin(root, `GET /sessions/${id}/explain?${query}`);
  return { verdict: body['verdict'], lacking: body['lacking'] };
}
const change = (place: string, body: object) =>
  service.admin(root, `PATCH ${place}`, { body, headers: { 'if-match': '*' } });
const keyOf = async (owner: string, given: object) =>
  String(
    (await service.admin(root, 'POST /keys', { body: { owner, name: 'k', ...given } })).body['id'],
  );

describe('what is lacking', () => {
  test('of a session is a letter in a role of its subject', async () => {
    const { role, session } = await someone({ cdr: ['r'] });
    const lacking = [{ where: 'roles', resource: 'cdr', letter: 'd' }];
    expect(await explain(session, 'DELETE /cdr/7')).toEqual({ verdict: 'forbidden', lacking });
    await change(`/roles/${role}`, { acl: { cdr: ['r', 'd'] } });
    expect(await explain(session, 'DELETE /cdr/7')).toEqual({ verdict: 'allowed', lacking: [] });
  });

  test('of a key with an ACL is a letter there, where the owner holds it', async () => {
    const { owner } = await someone({ cdr: ['r'], book: ['c'] });
    const id = await keyOf(owner, { acl: { cdr: ['r'] } });
    const lacking = [{ where: 'key', resource: 'book', letter: 'c' }];
    expect(await explain(id, 'POST /book')).toEqual({ verdict: 'forbidden', lacking });
  });

  test('of a key whose owner has lost the letter is that of the owner', async () => {
    const { role, owner } = await someone({ cdr: ['r'] });
    const id = await keyOf(owner, { acl: { cdr: ['r'] } });
    await change(`/roles/${role}`, { acl: { cdr: null } });
    const lacking = [{ where: 'roles', resource: 'cdr', letter: 'r' }];
    expect(await explain(id, 'GET /cdr')).toEqual({ verdict: 'forbidden', lacking });
    await change(`/roles/${role}`, { acl: { cdr: ['r'] } });
    expect((await explain(id, 'GET /cdr')).verdict).toBe('allowed');
  });

  test('may be both: one of them alone allows nothing', async () => {
    const { role, owner } = await someone({ cdr: ['r'] });
    const id = await keyOf(owner, { acl: { cdr: ['r'] } });
    const on = { resource: 'book', letter: 'c' };
    expect((await explain(id, 'POST /book')).lacking).toEqual([
      { where: 'roles', ...on },
      { where: 'key', ...on },
    ]);
    await change(`/roles/${role}`, { acl: { book: ['c'] } });
    expect(await explain(id, 'POST /book')).toEqual({
      verdict: 'forbidden',
      lacking: [{ where: 'key', ...on }],
    });
  });

  test('of a path of no resource is the resource', async () => {
    const { session } = await someone({ cdr: ['r'] });
    expect((await explain(session, 'GET /nowhere')).lacking).toEqual([{ where: 'registry' }]);
  });

  test('of a method without a letter is another method', async () => {
    const { session } = await someone({ cdr: ['r'] });
    expect((await explain(session, 'TRACE /cdr')).lacking).toEqual([
      { where: 'method', resource: 'cdr' },
    ]);
  });

  test('of a credential that has ended is another one, whatever its owner holds', async () => {
    const { owner, session } = await someone({ cdr: ['r'] });
    await service.admin(root, `DELETE /sessions?subject=${owner}`);
    expect(await explain(session, 'GET /cdr')).toEqual({
      verdict: 'unauthenticated',
      lacking: [{ where: 'credential' }],
    });
  });

  test('of a token that its scope bounds is a word of the scope', async () => {
    await makeRole(service, { name: 'bounded', acl: { cdr: ['r'] } });
    const client = await addClient(service, { roles: ['bounded'], scopes: ['book:c'] });
    const headers = { authorization: `Bearer ${await tokenOf(service, client)}` };
    const query = new URLSearchParams({ method: 'GET', path: '/cdr' });
    const { body } = await service.send(`GET /admin/api/me/explain?${query}`, { headers });
    expect(body).toMatchObject({
      verdict: 'forbidden',
      lacking: [{ where: 'scope', resource: 'cdr', letter: 'r' }],
    });
  });
});
