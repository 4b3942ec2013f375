/** What administrators do to users in the Appmixer dialect, and what they must not get by it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findUserId } from '../../../lib/store/directory/login-owners.ts';
import { readUser, type User } from '../../../lib/store/directory/users.ts';
import {
  addDomain,
  addRole,
  addUser,
  bearerOf,
  sendJson,
  signIn,
} from '../../support/actors/accounts.ts';
import { httpCall } from '../../support/calls/events.ts';
import { advance, outcome, type Service, startService } from '../../support/running/service.ts';

let service: Service;
let admin: string;
let root: string;
let foreigner: User;

beforeAll(async () => {
  service = await startService();
  const { directory } = service.tables;
  await addDomain(directory, 'other.example');
  await addRole(directory, { name: 'strong', acl: { license: ['*'] } });
  foreigner = await addUser(directory, { username: 'foreigner', domain: 'other.example' });
  admin = await signIn(service, 'demoadmin', 'demopass');
  root = await signIn(service, '100@mydomain.com');
});
afterAll(() => service.stop());

let count = 0;
const fresh = async (user: Partial<Parameters<typeof addUser>[1]> = {}) => {
  count += 1;
  return addUser(service.tables.directory, {
    username: `user-${count}`,
    email: `user-${count}@example.com`,
    ...user,
  });
};
const put = (id: string, body: unknown, token = admin) =>
  service.send(`PUT /users/${id}`, sendJson(body, token));
const remove = (id: string, token = admin) =>
  service.send(`DELETE /users/${id}`, { headers: bearerOf(token) });
const reset = (body: unknown, token = admin) =>
  service.send('POST /user/reset-password', sendJson(body, token));
const stored = (id: string) => readUser(service.tables.directory, id);
const rootId = async () => (await findUserId(service.tables.directory, '100@mydomain.com')) ?? '';
const call = (token: string) =>
  outcome(() => service.authorizer(httpCall('GET /cdr', bearerOf(token))));

describe('PUT /users/{id}', () => {
  test('changes what is given and nothing else', async () => {
    const { id, createdAt } = await fresh();
    const answer = await put(id, { isActive: true, plan: 'beta', vendor: ['a', 'b'] });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      id,
      username: `user-${count}`,
      isActive: true,
      email: `user-${count}@example.com`,
      scope: ['user'],
      plan: 'beta',
      vendor: ['a', 'b'],
      created: new Date(createdAt * 1000).toISOString(),
    });
    const shown = await service.send(`GET /users/${id}`, { headers: bearerOf(admin) });
    expect(shown.body).toEqual(answer.body);
    expect(await put(id, answer.body)).toMatchObject({ status: 200, body: answer.body });
    expect(await put(id, { vendor: null })).toMatchObject({ body: { vendor: null } });
  });

  test('takes a user without an address as it is shown, and an empty one takes the address away', async () => {
    const { id } = await fresh();
    const without = await put(id, { email: '' });
    expect(without).toMatchObject({ status: 200, body: { email: '' } });
    expect(await stored(id)).not.toHaveProperty('email');
    expect(await put(id, without.body)).toMatchObject({ status: 200, body: without.body });
    expect(await findUserId(service.tables.directory, `user-${count}@example.com`)).toBeUndefined();
  });

  test('a new name frees the old one, and is the one to sign in with', async () => {
    const { id, username } = await fresh();
    const name = `${username}-renamed`;
    const change = { username: name, email: `${name}@example.com` };
    expect(await put(id, change)).toMatchObject({ status: 200, body: change });
    await signIn(service, name);
    await signIn(service, `${name}@example.com`);
    await expect(signIn(service, username)).rejects.toThrow('Invalid username');
    expect(await findUserId(service.tables.directory, username)).toBeUndefined();
  });

  test.each([
    ['username', { username: 'ABC@example.com' }, 'username: is taken'],
    ['email', { email: 'abc@EXAMPLE.com' }, 'email: is taken'],
  ])("another's name as %s is refused, and nothing changes", async (_field, change, message) => {
    const { id } = await fresh();
    const before = await stored(id);
    expect(await put(id, { ...change, plan: 'x' })).toMatchObject({
      status: 409,
      body: { message },
    });
    expect(await stored(id)).toEqual(before);
  });

  test('a new password ends the sessions of the user', async () => {
    const { id, username } = await fresh();
    const token = await signIn(service, username);
    expect(await put(id, { password: 'other' })).toMatchObject({ status: 200 });
    expect(await call(token)).toEqual({ status: 401 });
    await signIn(service, username, 'other');
  });

  test('two at once both take effect', async () => {
    const { id } = await fresh();
    const answers = await Promise.all([put(id, { plan: 'beta' }), put(id, { isActive: true })]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await stored(id)).toMatchObject({ plan: 'beta', activated: true });
  });

  test.each([
    [{ scope: 'admin' }, 'scope: must be an array of strings'],
    [{ scope: [1] }, 'scope.0: must be a string'],
    [{ scope: [''] }, 'scope.0: must not be empty'],
    [{ scope: Array(51).fill('user') }, 'scope: must have at most 50 elements'],
    [{ scope: ['nowhere'] }, 'scope: there is no such role'],
    [{ isActive: 'yes' }, 'isActive: must be true or false'],
    [{ username: '' }, 'username: must not be empty'],
    [{ username: 'a\u200bb' }, 'username: is not a usable name'],
    [{ email: 'nobody' }, 'email: must be an e-mail address'],
    [{ email: null }, 'email: must be a string'],
    [{ password: '' }, 'password: must not be empty'],
    [{ vendor: 5 }, 'vendor: must be a string or an array of strings'],
    [{ plan: 'a'.repeat(65) }, 'plan: must have at most 64 characters'],
    [{ id: '0'.repeat(24) }, 'id: cannot be changed'],
    [{ roles: ['root'] }, 'roles: is not a field that can be set'],
    [{ domain: 'other.example' }, 'domain: is not a field that can be set'],
    [{ generation: 1 }, 'generation: is not a field that can be set'],
    [{ passwordHash: 'x' }, 'passwordHash: is not a field that can be set'],
    ['{"__proto__":{"scope":["root"]}}', '__proto__: is not a field that can be set'],
    [[], 'The body must be a JSON object'],
  ])('%j is refused with the name of the field', async (body, message) => {
    const { id } = await fresh();
    const before = await stored(id);
    expect(await put(id, body)).toMatchObject({ status: 400, body: { message } });
    expect(await stored(id)).toEqual(before);
  });

  test.each([
    ['unknown', '0123456789abcdef01234567'],
    ['malformed', 'me'],
  ])('an %s id is nobody', async (_case, id) => {
    expect(await put(id, { plan: 'x' })).toMatchObject({
      status: 404,
      body: { statusCode: 404, error: 'Not Found', message: 'There is no such user.' },
    });
  });
});

describe('nobody gets more than they have', () => {
  test.each([['root'], ['strong']])('by granting %s to somebody else', async (role) => {
    const { id } = await fresh();
    expect(await put(id, { scope: ['user', role] })).toMatchObject({
      status: 403,
      body: { error: 'Forbidden' },
    });
    expect(await stored(id)).toMatchObject({ roles: ['user'] });
  });

  test('by granting it to oneself', async () => {
    const { username, id } = await fresh({ roles: ['admin'] });
    const token = await signIn(service, username);
    expect(await put(id, { scope: ['admin', 'root'] }, token)).toMatchObject({ status: 403 });
    expect(await stored(id)).toMatchObject({ roles: ['admin'] });
  });

  test('but what one holds, or what it inherits from, can be granted', async () => {
    const { id } = await fresh({ roles: [] });
    const change = { scope: ['admin', 'user', 'admin'] };
    expect(await put(id, change)).toMatchObject({ body: { scope: ['admin', 'user'] } });
    expect(await put(id, { scope: ['strong'] }, root)).toMatchObject({ status: 200 });
  });

  test('by a password, name or address of somebody who holds more', async () => {
    const id = await rootId();
    const before = await stored(id);
    const answers = [
      await put(id, { password: 'mine now' }),
      await put(id, { email: 'mine@example.com' }),
      await put(id, { scope: [] }),
      await remove(id),
      await reset({ email: '100@mydomain.com', password: 'mine now' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect(await stored(id)).toEqual(before);
  });

  test('by reaching into another domain', async () => {
    const before = await stored(foreigner.id);
    const answers = [
      await put(foreigner.id, { password: 'mine now' }),
      await remove(foreigner.id),
      await reset({ email: 'foreigner', password: 'mine now' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(await stored(foreigner.id)).toEqual(before);
    expect(await put(foreigner.id, { plan: 'beta' }, root)).toMatchObject({ status: 200 });
  });

  test('by letters of one kind for work of another', async () => {
    const { directory } = service.tables;
    await addRole(directory, { name: 'reader', parents: ['user'], acl: { users: ['r', 'c'] } });
    const { username } = await fresh({ roles: ['reader'] });
    const token = await signIn(service, username);
    const { id, email } = await fresh();
    expect(await put(id, { plan: 'x' }, token)).toMatchObject({ status: 403 });
    expect(await remove(id, token)).toMatchObject({ status: 403 });
    expect(await reset({ email, password: 'x' }, token)).toMatchObject({ status: 403 });
  });

  test('an administrator who was demoted can do nothing more', async () => {
    const { id, username } = await fresh({ roles: ['admin'] });
    const token = await signIn(service, username);
    await put(id, { scope: ['user'] });
    expect(await put((await fresh()).id, { plan: 'x' }, token)).toMatchObject({ status: 403 });
  });
});

describe('the last root', () => {
  test('can be neither demoted nor deleted, not even by itself', async () => {
    const id = await rootId();
    const message = 'scope: the last root must remain';
    expect(await put(id, { scope: ['user'] }, root)).toMatchObject({
      status: 409,
      body: { message },
    });
    expect(await remove(id, root)).toMatchObject({ status: 409, body: { message } });
    expect(await stored(id)).toMatchObject({ roles: ['root'] });
  });

  test('of two who demote each other at once, one remains', async () => {
    const { id, username } = await fresh({ roles: ['root'] });
    const second = await signIn(service, username);
    const first = await rootId();
    const answers = await Promise.all([
      put(first, { scope: ['user'] }, second),
      put(id, { scope: ['user'] }, root),
    ]);
    const roots = [await stored(first), await stored(id)].filter((user) =>
      user?.roles.includes('root'),
    );
    expect(roots, JSON.stringify(answers)).toHaveLength(1);
    const survivor = roots[0]?.id === first ? root : second;
    await put(first, { scope: ['root'] }, survivor);
    expect(await stored(first)).toMatchObject({ roles: ['root'] });
    root = await signIn(service, '100@mydomain.com');
  });
});

describe('DELETE /users/{id}', () => {
  test('answers a ticket to ask about, and the user is gone with the names', async () => {
    const { id, username, email = '' } = await fresh();
    const token = await signIn(service, username);
    const { status, body } = await remove(id);
    expect(status).toBe(200);
    expect(body).toEqual({ ticket: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(await call(token)).toEqual({ status: 401 });
    expect(await stored(id)).toBeUndefined();
    const { directory } = service.tables;
    expect(await findUserId(directory, username)).toBeUndefined();
    expect(await findUserId(directory, email)).toBeUndefined();
    const path = `/users/${id}/delete-status/${body['ticket']}`;
    const asked = await service.send(`GET ${path}`, { headers: bearerOf(admin) });
    expect(asked).toMatchObject({
      status: 200,
      body: { status: 'completed', stepsDone: 1, stepsTotal: 1 },
    });
    expect(await remove(id)).toMatchObject({ status: 404 });
  });

  test('a ticket is of one deletion, one domain and one day', async () => {
    const { directory } = service.tables;
    const domain = 'other.example';
    await addUser(directory, { username: 'other-admin', roles: ['admin'], domain });
    const other = await signIn(service, 'other-admin');
    const { id } = await fresh();
    const { ticket } = (await remove(id)).body;
    const ask = (path: string, token: string) =>
      service.send(`GET /users/${path}`, { headers: bearerOf(token) });
    expect(await ask(`${id}/delete-status/guess`, admin)).toMatchObject({ status: 404 });
    const someone = (await fresh()).id;
    expect(await ask(`${someone}/delete-status/${ticket}`, admin)).toMatchObject({ status: 404 });
    expect(await ask(`${id}/delete-status/${ticket}`, other)).toMatchObject({ status: 404 });
    expect(await ask(`${id}/delete-status/${ticket}`, root)).toMatchObject({ status: 200 });
    advance(86_400);
    expect(await ask(`${id}/delete-status/${ticket}`, admin)).toMatchObject({ status: 404 });
  });

  test('an administrator may delete the own account, and is out at once', async () => {
    const { id, username } = await fresh({ roles: ['admin'] });
    const token = await signIn(service, username);
    expect(await remove(id, token)).toMatchObject({ status: 200 });
    const again = await service.send('GET /user', { headers: bearerOf(token) });
    expect(again).toMatchObject({ status: 401 });
  });

  test('of two at once, both may say so, and the user is deleted once', async () => {
    const { id } = await fresh();
    const statuses = (await Promise.all([remove(id), remove(id)])).map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(statuses.every((status) => status === 200 || status === 404)).toBe(true);
    expect(await stored(id)).toBeUndefined();
  });
});

describe('POST /user/reset-password', () => {
  test('sets the password and ends the sessions of the user', async () => {
    const { username, email } = await fresh();
    const token = await signIn(service, username);
    expect(await reset({ email, password: 'reset' })).toMatchObject({ status: 200, body: {} });
    expect(await call(token)).toEqual({ status: 401 });
    await signIn(service, username, 'reset');
  });

  test.each([
    [{ password: 'a' }, 400, 'email: is required'],
    [{ email: 'abc@example.com' }, 400, 'password: is required'],
    [{ email: 'abc@example.com', password: '' }, 400, 'password: must not be empty'],
    [{ email: 5, password: 'a' }, 400, 'email: must be a string'],
    [{ email: 'nobody@example.com', password: 'a' }, 404, 'There is no such user.'],
    [{ email: '\u0000', password: 'a' }, 404, 'There is no such user.'],
  ])('%j is refused', async (body, status, message) => {
    expect(await reset(body)).toMatchObject({ status, body: { statusCode: status, message } });
  });

  test('needs an administrator', async () => {
    const user = await signIn(service, '200@mydomain.com');
    const body = { email: '200@mydomain.com', password: 'a' };
    expect(await reset(body, user)).toMatchObject({ status: 403 });
    expect(await service.send('POST /user/reset-password', sendJson(body))).toMatchObject({
      status: 401,
    });
  });
});
