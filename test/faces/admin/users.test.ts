/** Users in the admin API. Real function, real store; nothing patched. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { queryAll } from '../../../lib/aws/query.ts';
import { readRoles } from '../../../lib/store/directory/roles.ts';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import { DOMAIN, makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { narrowedTo, sessionOf } from '../../support/actors/sessions.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { advance } from '../../support/running/service.ts';

let service: Admin;
let root: Caller;
let admin: Caller;
let far: Caller;
let farId: string;

beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'far.com');
  farId = (await makeUser(service, 'admin@far.com', ['admin'], 'far.com')).id;
  await makeRole(service, { name: 'selfish', acl: { 'admin/users': ['ro', 'uo'] } });
  root = await service.by('100@mydomain.com');
  admin = await service.by('demoadmin');
  far = await service.by('admin@far.com');
});
afterAll(() => service.stop());

let count = 0;
const add = async (more: object = {}, who = root) => {
  count += 1;
  const body = { username: `user-${count}`, password: 'secret', roles: ['user'], ...more };
  return service.admin(who, 'POST /users', { body });
};
const added = async (more?: object) => {
  const { status, body, etag } = await add(more);
  if (status !== 201) throw new Error(JSON.stringify(body));
  return { id: String(body['id']), username: String(body['username']), etag };
};
const patch = (id: string, body: unknown, etag = '*', who = root) =>
  service.admin(who, `PATCH /users/${id}`, { body, headers: { 'if-match': etag } });

/** A session of root's that a scope may narrow. */
async function narrowed(scope: string): Promise<Caller> {
  const session = await sessionOf(service, '100@mydomain.com');
  const { token } = await narrowedTo(service, session, scope);
  return { headers: { authorization: `Bearer ${token}` } };
}

describe('a user', () => {
  test('is made, shown, changed and deleted', async () => {
    const made = await add({ email: 'a@b.c', profile: { given_name: 'A' } });
    expect(made).toMatchObject({
      status: 201,
      headers: { location: `/admin/api/users/${made.body['id']}`, 'cache-control': 'no-store' },
      body: { domain: DOMAIN, roles: ['user'], email: 'a@b.c', disabled: false },
    });
    expect(JSON.stringify(made.body)).not.toMatch(/hash|argon|secret/i);
    const place = `/users/${made.body['id']}`;
    const read = await service.admin(root, `GET ${place}`);
    expect([read.status, read.etag, read.body]).toEqual([200, made.etag, made.body]);

    advance(1);
    const change = { email: null, profile: { given_name: null, family_name: 'B' }, plan: 'beta' };
    const changed = await patch(String(made.body['id']), change, read.etag);
    const { email: _, ...rest } = made.body;
    const updatedAt = Number(made.body['updatedAt']) + 1;
    const after = { ...rest, profile: { family_name: 'B' }, plan: 'beta', updatedAt };
    expect([changed.status, changed.body]).toEqual([200, after]);
    expect(changed.etag).not.toBe(read.etag);
    expect((await service.admin(root, `GET ${place}`)).etag).toBe(changed.etag);

    expect((await service.admin(root, `DELETE ${place}`)).status).toBe(204);
    expect((await service.admin(root, `DELETE ${place}`)).status).toBe(204);
    expect((await service.admin(root, `GET ${place}`)).status).toBe(404);
  });

  test('is changed to a day of birth that there is, or none, and no other', async () => {
    const { body } = await add({ profile: { birthdate: '2000-02-29' } });
    const set = (birthdate: string | null) => patch(String(body['id']), { profile: { birthdate } });
    for (const day of ['2001-02-29', '1985-13-01', '0000', '12.4.1985', '']) {
      const refused = await set(day);
      expect(refused.body).toMatchObject({ status: 400, errors: [{ field: 'profile.birthdate' }] });
    }
    expect((await service.admin(root, `GET /users/${body['id']}`)).body).toMatchObject({
      profile: { birthdate: '2000-02-29' },
    });
    for (const day of ['1985', '0000-02-29'])
      expect((await set(day)).body).toMatchObject({ profile: { birthdate: day } });
    expect((await set(null)).body['profile']).toEqual({});
  });

  test('signs in with the password given, and a new one ends all sessions', async () => {
    const { id, username } = await added();
    const session = await service.login(username);
    expect((await service.call(session, 'GET /book')).status).toBe(200);
    expect((await patch(id, { password: 'another' })).status).toBe(200);
    expect((await service.call(session, 'GET /book')).status).toBe(401);
    await service.login(username, 'another');
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ['deleted', (id) => service.admin(root, `DELETE /users/${id}`)],
    ['disabled', (id) => patch(id, { disabled: true })],
  ])('%s is refused at the next call', async (_case, act) => {
    const { id, username } = await added();
    const session = await service.login(username);
    await act(id);
    expect((await service.call(session, 'GET /book')).status).toBe(401);
  });

  test.each<[string, (id: string) => Promise<{ status: number }>]>([
    ['by the admin API', (id) => service.admin(root, `DELETE /users/${id}`)],
    ['by Appmixer’s call', (id) => service.send(`DELETE /users/${id}`, root)],
  ])('deleted %s leaves nothing of its API keys behind', async (_case, act) => {
    const [gone, kept] = [await added(), await added()];
    for (const { id: owner } of [gone, gone, kept]) {
      const body = { owner, name: 'machine', acl: { book: ['r'] } };
      expect((await service.admin(root, 'POST /keys', { body })).status).toBe(201);
    }
    const { sessions } = service.tables;
    const keysOf = async ({ id: partition }: { id: string }) =>
      (await queryAll(sessions, { partition, prefix: 'session#' })).length;
    expect([await keysOf(gone), await keysOf(kept)]).toEqual([2, 1]);
    expect((await act(gone.id)).status).toBeLessThan(300);
    expect([await keysOf(gone), await keysOf(kept)]).toEqual([0, 1]);
  });

  test('whose deletion is refused keeps the API keys', async () => {
    const { id: owner } = await added({ roles: ['root'] });
    const body = { owner, name: 'machine', acl: { book: ['r'] } };
    const { body: key } = await service.admin(root, 'POST /keys', { body });
    expect((await service.admin(admin, `DELETE /users/${owner}`)).status).toBe(403);
    expect((await service.admin(far, `DELETE /users/${owner}`)).status).toBe(204);
    expect((await service.admin(root, `GET /keys/${key['id']}`)).status).toBe(200);
    expect((await service.admin(root, `DELETE /users/${owner}`)).status).toBe(204);
  });

  test('is found by a name to sign in with, in any case', async () => {
    const { id, username } = await added({ email: 'Found@Example.com' });
    for (const login of [username.toUpperCase(), 'found@example.COM'])
      expect((await all(service, root, `/users?login=${login}`)).map((one) => one['id'])).toEqual([
        id,
      ]);
    expect(await all(service, far, `/users?login=${username}`)).toEqual([]);
    expect(await all(service, root, '/users?login=nobody')).toEqual([]);
  });
});

describe('refuses, naming the field', () => {
  test.each<[string, object, string]>([
    ['an unknown member', { admin: true }, 'admin'],
    ['a member that is read only', { id: 'x' }, 'id'],
    ['a name that is no text', { username: 7 }, 'username'],
    ['an empty name', { username: '' }, 'username'],
    ['an invisible name', { username: '\u200b' }, 'username'],
    ['no e-mail address', { email: 'nobody' }, 'email'],
    ['a long password', { password: 'ppppp'.repeat(1025) }, 'password'],
    ['roles that are no list', { roles: 'user' }, 'roles'],
    ['a role that is not there', { roles: ['ghost'] }, 'roles'],
    ['a domain that is not there', { domain: 'ghost.com' }, 'domain'],
    ['an unknown claim', { profile: { shoe: '42' } }, 'profile.shoe'],
    ['a day that is none', { profile: { birthdate: '1985-02-30' } }, 'profile.birthdate'],
    ['a flag that is no flag', { activated: 'yes' }, 'activated'],
    ['a name with the members of the prototype', { __proto__x: 1 }, '__proto__x'],
  ])('%s', async (_case, more, field) => {
    const { status, body, headers } = await add(more);
    expect([status, headers['content-type']]).toEqual([400, 'application/problem+json']);
    expect(body).toMatchObject({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      code: 'invalid_request',
      errors: [{ field, detail: expect.any(String) }],
    });
  });

  test.each([
    [{ username: 'p' }, 'password', 'password-or-invitation'],
    [{ username: '' }, 'username', 'field-empty'],
    [{ email: 'nobody' }, 'email', 'field-malformed'],
    [{ password: 'ppppp'.repeat(1025) }, 'password', 'field-too-long'],
    [{ shoe: 42 }, 'shoe', 'field-unknown'],
    [{ roles: 'user' }, 'roles', 'field-wrong-type'],
    [{ roles: ['ghost'] }, 'roles', 'role-unknown'],
    [{ domain: 'ghost.com' }, 'domain', 'domain-unknown'],
  ])('%j by a name for programs', async (more, field, rule) => {
    const whole = rule === 'password-or-invitation' ? { password: undefined } : {};
    const { body } = await add({ ...more, ...whole });
    expect(body).toMatchObject({ code: 'invalid_request', rule, errors: [{ field }] });
  });

  test.each([
    ['a body that is no JSON', '{'],
    ['a body that is no object', '[]'],
    ['a member sent twice', '{"username":"a","username":"b","password":"ppppp"}'],
  ])('%s', async (_case, body) => {
    expect((await service.admin(root, 'POST /users', { body })).status).toBe(400);
  });

  test('another content type', async () => {
    const more = { body: '{}', headers: { 'content-type': 'text/plain' } };
    expect((await service.admin(root, 'POST /users', more)).status).toBe(400);
  });

  test('a name that is taken, also in another case or as an e-mail address', async () => {
    const { username } = await added({ email: 'taken@example.com' });
    for (const [more, field] of [
      [{ username: username.toUpperCase() }, 'username'],
      [{ email: 'TAKEN@example.com' }, 'email'],
    ] as const)
      expect(await add(more)).toMatchObject({
        status: 409,
        body: { errors: [{ field, detail: 'is taken' }] },
      });
  });

  test('one of two who race for a name, and nothing is half-written', async () => {
    const body = { username: 'racer', password: 'secret', email: 'racer@example.com' };
    const answers = await Promise.all(
      [1, 2].map(() => service.admin(root, 'POST /users', { body })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await all(service, root, '/users?login=racer')).toHaveLength(1);
  });

  test('a name in another Unicode form', async () => {
    await added({ username: 'ren\u00e9e' });
    const { id } = await added();
    for (const username of ['rene\u0301e', 'RENE\u0301E', '\uff52en\u00e9e'])
      expect(await patch(id, { username })).toMatchObject({
        status: 409,
        body: { errors: [{ field: 'username', detail: 'is taken' }] },
      });
  });

  test('one of two who are renamed to one name at once; the other keeps the old one', async () => {
    const users = [await added(), await added()];
    const answers = await Promise.all(users.map(({ id }) => patch(id, { username: 'coveted' })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [winner, loser] = answers[0]?.status === 200 ? users : users.toReversed();
    const found = async (name = '') =>
      (await all(service, root, `/users?login=${name}`)).map(({ id }) => id);
    expect(await found('coveted')).toEqual([winner?.id]);
    expect(await found(winner?.username)).toEqual([]);
    expect(await found(loser?.username)).toEqual([loser?.id]);
  });

  test('to change a user who is deleted at the same time: nobody comes back', async () => {
    for (const turn of [1, 2, 3, 4]) {
      const { id, username } = await added();
      const session = await service.login(username);
      const [changed] = await Promise.all([
        patch(id, { plan: 'x', email: `back-${turn}@example.com` }),
        service.admin(root, `DELETE /users/${id}`),
      ]);
      expect([200, 404]).toContain(changed.status);
      expect((await service.admin(root, `GET /users/${id}`)).status).toBe(404);
      expect(await service.call(session, 'GET /cdr')).toEqual({ status: 401 });
      const again = await add({ username, email: `back-${turn}@example.com` });
      expect(again.status).toBe(201);
    }
  });
});

describe('a lost update never happens silently', () => {
  test('of two changes of one state the second is refused (412)', async () => {
    const { id, etag } = await added();
    const both = await Promise.all([
      patch(id, { plan: 'a' }, etag),
      patch(id, { plan: 'b' }, etag),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const winner = both.find(({ status }) => status === 200);
    expect((await service.admin(root, `GET /users/${id}`)).body).toEqual(winner?.body);
  });

  test('a change without If-Match is refused (RFC 6585 §3)', async () => {
    const { id } = await added();
    const { status, body } = await service.admin(root, `PATCH /users/${id}`, { body: {} });
    expect([status, body['code']]).toEqual([428, 'precondition_required']);
  });

  test('If-Match: * says whatever is there, and both changes happen', async () => {
    const { id } = await added();
    const both = await Promise.all([patch(id, { plan: 'a' }), patch(id, { vendor: 'v' })]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const { body } = await service.admin(root, `GET /users/${id}`);
    expect(body).toMatchObject({ plan: 'a', vendor: 'v' });
  });

  test('where others are always first, it is refused for now and nothing is half done (503)', async () => {
    const { id } = await added();
    const { directory } = service.tables;
    service.dynamodb.inject(async ({ action }) => {
      if (action !== 'TransactWriteItems') return;
      const before = await readUser(directory, id);
      if (before) await saveUser(directory, { before, after: { ...before, vendor: 'v' } });
    });
    const late = await patch(id, { plan: 'late' });
    service.dynamodb.heal();
    expect([late.status, late.body['code']]).toEqual([503, 'temporarily_unavailable']);
    expect((await service.admin(root, `GET /users/${id}`)).body).not.toHaveProperty('plan');
    expect((await patch(id, { plan: 'now' })).status).toBe(200);
  });

  test('one of several tags is enough; a weak one never is', async () => {
    const { id, etag } = await added();
    expect((await patch(id, {}, `W/${etag}`)).status).toBe(412);
    expect((await patch(id, {}, `"other", ${etag}`)).status).toBe(200);
  });

  test.each(['abc', '"a" "b"', ''])('If-Match: %j cannot be read', async (tag) => {
    const { id } = await added();
    expect((await patch(id, {}, tag)).status).toBe(400);
  });

  test('a deletion of an old state is refused; one that names none is not', async () => {
    const { id, etag } = await added();
    await patch(id, { plan: 'a' });
    const stale = { headers: { 'if-match': etag } };
    expect((await service.admin(root, `DELETE /users/${id}`, stale)).status).toBe(412);
    expect((await service.admin(root, `DELETE /users/${id}`)).status).toBe(204);
  });
});

describe('an administrator of a domain', () => {
  test('makes users of the own domain, and of no other', async () => {
    const made = await add({}, far);
    expect(made).toMatchObject({ status: 201, body: { domain: 'far.com' } });
    const there = await add({ domain: DOMAIN }, far);
    const nowhere = await add({ domain: 'ghost.com' }, far);
    expect([there.status, there.body]).toEqual([400, nowhere.body]);
  });

  test('sees nobody of another, as if they were not there', async () => {
    const { id } = await added();
    const other = '0123456789abcdef01234567';
    for (const call of ['GET', 'PATCH']) {
      const more = call === 'PATCH' ? { body: {}, headers: { 'if-match': '*' } } : {};
      const hidden = await service.admin(far, `${call} /users/${id}`, more);
      const absent = await service.admin(far, `${call} /users/${other}`, more);
      expect([hidden.status, hidden.body]).toEqual([404, absent.body]);
    }
    expect((await service.admin(far, `DELETE /users/${id}`)).status).toBe(204);
    expect((await service.admin(root, `GET /users/${id}`)).status).toBe(200);
    const seen = await all(service, far, '/users', 2);
    expect(new Set(seen.map(({ domain }) => domain))).toEqual(new Set(['far.com']));
    expect(await all(service, far, `/users?domain=${DOMAIN}`)).toEqual([]);
    expect(await all(service, far, '/users?domain=ghost.com')).toEqual([]);
  });

  test('with root sees all domains, or the one asked for, in pages of any size', async () => {
    const everybody = await all(service, root, '/users', 3);
    const domains = everybody.map(({ domain }) => domain);
    expect(new Set(domains)).toEqual(new Set(['far.com', DOMAIN]));
    expect(new Set(everybody.map(({ id }) => id)).size).toBe(everybody.length);
    expect(await all(service, root, '/users', 100)).toEqual(everybody);
    const there = everybody.filter(({ domain }) => domain === 'far.com');
    expect(await all(service, root, '/users?domain=far.com', 1)).toEqual(there);
  });

  test('grants no role beyond their own', async () => {
    expect((await add({ roles: ['root'] }, admin)).status).toBe(403);
    const { id } = await added();
    expect((await patch(id, { roles: ['user', 'root'] }, '*', admin)).status).toBe(403);
    expect((await patch(id, { roles: ['user', 'admin'] }, '*', admin)).status).toBe(200);
  });

  test('in a session that a scope narrows is no root, whatever else the scope says', async () => {
    const narrow = await narrowed('openid admin/users:c');
    expect((await add({ roles: [] }, narrow)).status).toBe(201);
    expect((await add({ roles: ['user'] }, narrow)).status).toBe(403);
    const there = { roles: [], domain: 'far.com' };
    expect((await add(there, narrow)).status).toBe(400);
    expect((await add(there, await narrowed('openid'))).status).toBe(403);
    expect((await add(there, root)).status).toBe(201);
  });

  test('in a session that a scope narrows gives root to nobody, though it has every letter', async () => {
    const [role] = await readRoles(service.tables.directory, ['root']);
    const everything = Object.keys(role?.effective ?? {}).map((name) => `${name}:*`);
    const narrow = await narrowed(everything.join(' '));
    expect((await add({ roles: ['user'] }, narrow)).status).toBe(403);
    expect((await add({ roles: ['root'] }, narrow)).status).toBe(403);
    const { status, body } = await add({ roles: ['root'] }, root);
    expect(status).toBe(201);
    expect((await service.admin(root, `DELETE /users/${body['id']}`)).status).toBe(204);
  });

  test('changes and deletes nobody who holds more', async () => {
    const { id } = await added({ roles: ['root'] });
    expect((await patch(id, { password: 'mine!' }, '*', admin)).status).toBe(403);
    expect((await service.admin(admin, `DELETE /users/${id}`)).status).toBe(403);
    expect((await service.admin(root, `DELETE /users/${id}`)).status).toBe(204);
  });

  test('who may see only what is their own sees themselves', async () => {
    const { id } = await added();
    const user = await makeUser(service, 'selfish', ['selfish']);
    const self = await service.by('selfish');
    expect(await all(service, self, '/users')).toMatchObject([{ id: user.id }]);
    expect((await service.admin(self, `GET /users/${id}`)).status).toBe(404);
    expect((await patch(user.id, { plan: 'a' }, '*', self)).status).toBe(200);
    expect((await patch(user.id, { roles: ['user'] }, '*', self)).status).toBe(403);
    expect((await patch(id, { plan: 'a' }, '*', self)).status).toBe(404);
  });

  test('without the letter is refused', async () => {
    const user = await service.by('200@mydomain.com');
    for (const call of ['GET /users', 'POST /users', `DELETE /users/${farId}`])
      expect((await service.admin(user, call, { body: {} })).status).toBe(403);
    expect((await service.admin({ headers: {} }, 'GET /users')).status).toBe(401);
  });
});

describe('the last root', () => {
  test('stays, and stays enabled', async () => {
    const [id] = (await all(service, root, '/users?login=100@mydomain.com')).map(
      (one) => one['id'],
    );
    for (const change of [{ roles: ['user'] }, { disabled: true }])
      expect((await patch(String(id), change)).status).toBe(409);
    expect((await service.admin(root, `DELETE /users/${id}`)).status).toBe(409);
    expect((await service.admin(root, 'GET /users')).status).toBe(200);
  });

  test('stays when two roots remove each other at once', async () => {
    const first = await added({ roles: ['root'] });
    const second = await added({ roles: ['root'] });
    const [one, two] = [await service.by(first.username), await service.by(second.username)];
    const [old] = await all(service, root, '/users?login=100@mydomain.com');
    expect((await patch(String(old?.['id']), { disabled: true }, '*', one)).status).toBe(200);
    const both = await Promise.all([
      service.admin(one, `DELETE /users/${second.id}`),
      patch(first.id, { disabled: true }, '*', two),
    ]);
    expect(both.filter(({ status }) => status < 300)).toHaveLength(1);
    const left = both[0]?.status === 204 ? one : two;
    expect((await patch(String(old?.['id']), { disabled: false }, '*', left)).status).toBe(200);
  });
});
