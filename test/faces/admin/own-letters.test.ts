/** A5: letters for own objects (`co`, `ro`, `uo`, `do`) are no trust in oneself. Real functions, real store. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readUser } from '../../../lib/store/directory/users.ts';
import { sendJson, signIn } from '../../support/actors/accounts.ts';
import { addClient, tokenOf } from '../../support/actors/clients.ts';
import { addUser } from '../../support/actors/people.ts';
import { makeRole } from '../../support/actors/roles.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';
import { advance } from '../../support/running/service.ts';

let service: Admin;
let root: Caller;
let self: Caller;
let me: { id: string; username: string };

const ADMINISTERED = ['users', 'clients', 'keys', 'domain-tokens', 'sessions', 'domains'];

beforeAll(async () => {
  service = await startAdmin();
  root = await service.by('100@mydomain.com');
  const own = ['co', 'ro', 'uo', 'do'] as const;
  const acl = Object.fromEntries(ADMINISTERED.map((name) => [`admin/${name}`, [...own]]));
  await makeRole(service, { name: 'own', acl: { ...acl, users: [...own], cdr: ['r'] } });
});
beforeEach(async () => {
  me = await addUser(service, { roles: ['own'] });
  self = await service.by(me.username);
});
afterAll(() => service.stop());

const patch = (place: string, body: unknown, who = self) =>
  service.admin(who, `PATCH ${place}`, { body, headers: { 'if-match': '*' } });
const stored = () => readUser(service.tables.directory, me.id);
const tokenIn = ({ headers }: Caller) => (headers['authorization'] ?? '').slice('Bearer '.length);

describe('of one’s own account', () => {
  test.each([
    ['a password', { password: 'a password of a thief' }, 'password'],
    ['a role more', { roles: ['own', 'user'] }, 'roles'],
    ['a role less', { roles: [] }, 'roles'],
    ['that it is activated', { activated: true }, 'activated'],
    ['that it is disabled', { disabled: true }, 'disabled'],
    ['one among other things', { plan: 'x', password: 'a password of a thief' }, 'password'],
  ])('A5: %s is refused, and nothing changes', async (_case, change, field) => {
    const before = await stored();
    expect(await patch(`/users/${me.id}`, change)).toMatchObject({
      status: 403,
      body: { code: 'insufficient_scope', errors: [{ field }] },
    });
    expect(await stored()).toEqual(before);
  });

  test.each([
    ['password', { password: 'a password of a thief' }],
    ['scope', { scope: ['own', 'user'] }],
    ['scope', { scope: [] }],
    ['isActive', { isActive: true }],
  ])('A5: %s by PUT /users/{self} is refused, and nothing changes', async (field, change) => {
    const before = await stored();
    const answer = await service.send(`PUT /users/${me.id}`, sendJson(change, tokenIn(self)));
    expect(answer.status).toBe(403);
    expect(String(answer.body['message'])).toContain(`${field}: `);
    expect(await stored()).toEqual(before);
  });

  test('A5: POST /user/reset-password is no way round', async () => {
    const body = { email: me.username, password: 'a password of a thief' };
    const before = await stored();
    const answer = await service.send('POST /user/reset-password', sendJson(body, tokenIn(self)));
    expect(answer.status).toBe(403);
    expect(await stored()).toEqual(before);
  });

  test.each([
    ['another one', 'thief@example.com'],
    ['none', null],
  ])(
    'another address needs a fresh sign-in, since a link to another password goes there: %s',
    async (_case, email) => {
      const { id, username } = await addUser(service, {
        roles: ['own'],
        email: `e-${me.id}@example.com`,
      });
      const late = await service.by(username);
      const made = await service.admin(late, 'POST /keys', { body: { name: 'k' } });
      const key = { headers: { 'x-api-key': String(made.body['key']) } };
      advance(601);
      const before = await readUser(service.tables.directory, id);
      expect((await patch(`/users/${id}`, { email }, late)).body['code']).toBe(
        'insufficient_user_authentication',
      );
      expect((await patch(`/users/${id}`, { email }, key)).body['rule']).toBe('person-only');
      expect(
        await service.send(
          `PUT /users/${id}`,
          sendJson({ email: 'thief@example.com' }, tokenIn(late)),
        ),
      ).toMatchObject({ status: 401 });
      expect(await readUser(service.tables.directory, id)).toEqual(before);
      expect((await patch(`/users/${id}`, { email: before?.email, plan: 'x' }, late)).status).toBe(
        200,
      );
      expect((await patch(`/users/${id}`, { email }, await service.by(username))).status).toBe(200);
    },
  );

  test('A5: nor are the letters of an administrator, or a key of theirs', async () => {
    const { id, username } = await addUser(service, { roles: ['admin', 'own'] });
    const session = await service.by(username);
    const made = await service.admin(session, 'POST /keys', { body: { name: 'k' } });
    const key = { headers: { 'x-api-key': String(made.body['key']) } };
    for (const who of [session, key])
      expect((await patch(`/users/${id}`, { password: 'of a thief' }, who)).status).toBe(403);
    await signIn(service, username, 'secret');
  });

  test('what is sent back as it was shown is no change, and a name is one’s own', async () => {
    const { roles, activated, disabled } = (await service.admin(self, `GET /users/${me.id}`)).body;
    const change = { roles, activated, disabled, profile: { name: 'Me' } };
    expect((await patch(`/users/${me.id}`, change)).status).toBe(200);
  });

  test('with the old password it is one’s own to change', async () => {
    const body = { oldPassword: 'secret', newPassword: 'another of my own, long' };
    const sent = sendJson(body, tokenIn(self));
    expect((await service.send('POST /user/change-password', sent)).status).toBe(200);
  });
});

describe('of a client itself', () => {
  const asItself = async () => {
    // As much as its role, or its role would be more than it has.
    const scopes = [...ADMINISTERED.map((name) => `admin/${name}:*`), 'users:*', 'cdr:r'];
    const client = await addClient(service, { roles: ['own'], scopes });
    const token = await tokenOf(service, client);
    return { id: client.id, who: { headers: { authorization: `Bearer ${token}` } } };
  };

  test.each([
    { roles: [] },
    { scopes: ['more'] },
    { disabled: true },
    { authentication: 'none' },
    { redirectUris: ['https://thief.example/'] },
    { allowedOrigins: ['https://thief.example'] },
    { grants: ['client_credentials', 'authorization_code'] },
    { consent: 'never' },
    { pkce: 'optional' },
  ])('A5: %j is refused', async (change) => {
    const { id, who } = await asItself();
    const { status, body } = await patch(`/clients/${id}`, change, who);
    expect([status, body['code']]).toEqual([403, 'insufficient_scope']);
  });

  test('A5: a new secret is refused', async () => {
    const { id, who } = await asItself();
    expect((await service.admin(who, `POST /clients/${id}/secret`)).status).toBe(403);
  });

  test('what it is called is its own', async () => {
    const { id, who } = await asItself();
    expect((await patch(`/clients/${id}`, { name: 'Mine' }, who)).status).toBe(200);
  });
});

describe('of one’s own keys', () => {
  test('A5: one that was switched off stays off', async () => {
    const body = { name: 'k', acl: { cdr: ['r'] } };
    const made = await service.admin(self, 'POST /keys', { body });
    const place = `/keys/${made.body['id']}`;
    expect((await patch(place, { disabled: true })).status).toBe(200);
    expect((await patch(place, { disabled: false })).status).toBe(403);
    expect((await patch(place, { disabled: false }, root)).status).toBe(200);
  });

  test.each([
    ['more than one holds', { acl: { book: ['r'] } }],
    ['a role that one does not hold', { roles: ['admin'] }],
    ['one of somebody else', { owner: 'domain#mydomain.com', acl: { cdr: ['r'] } }],
  ])('A5: none is made with %s', async (_case, more) => {
    const made = await service.admin(self, 'POST /keys', { body: { name: 'k', ...more } });
    expect([400, 403, 404]).toContain(made.status);
  });
});

describe('of others', () => {
  test.each([
    'DELETE /sessions?domain=mydomain.com',
    'POST /users',
    'POST /clients',
    'POST /domains',
    'PATCH /domains/mydomain.com',
  ])('A5: %s is refused', async (call) => {
    const body = call.startsWith('DELETE') ? undefined : { name: 'x', id: 'x', username: 'x' };
    const headers = { 'if-match': '*' };
    const { status } = await service.admin(self, call, { body, headers });
    expect([400, 403, 404]).toContain(status);
  });

  test('A5: their sessions are not there', async () => {
    const { id } = await addUser(service);
    expect((await service.admin(self, `DELETE /sessions?subject=${id}`)).status).toBe(404);
    expect((await service.admin(self, `GET /sessions?subject=${id}`)).status).toBe(404);
  });
});
