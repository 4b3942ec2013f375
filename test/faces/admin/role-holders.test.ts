/** Who holds a role, and what a change of it would do. Real function, real store; nothing patched. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { advance, START } from '../../support/running/service.ts';

const NOW = START.getTime() / 1000;
let service: Admin;
let root: Caller;
let admin: Caller;
let blind: Caller;

beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'far.com');
  await makeRole(service, { name: 'base', acl: { cdr: ['r'], book: ['ro'] } });
  await makeRole(service, { name: 'heir', parents: ['base'], acl: { book: ['r'] } });
  await makeRole(service, {
    name: 'blind',
    acl: { 'admin/roles': ['r', 'u'], 'admin/users': ['r'] },
  });
  for (const [name, roles, domain] of [
    ['one', ['base'], 'mydomain.com'],
    ['two', ['base'], 'mydomain.com'],
    ['next', ['heir'], 'mydomain.com'],
    ['far', ['base'], 'far.com'],
    ['blind', ['blind'], 'mydomain.com'],
  ] as const)
    await makeUser(service, name, [...roles], domain);
  root = await service.by('100@mydomain.com');
  admin = await service.by('demoadmin');
  blind = await service.by('blind');
  const client = { id: 'holding', name: 'Holding', roles: ['base'] };
  await made('POST /clients', client);
  const key = {
    owner: 'domain#mydomain.com',
    name: 'machine',
    roles: ['base'],
    expiresAt: NOW + 600,
  };
  await made('POST /keys', key);
});
afterAll(() => service.stop());

async function made(call: string, body: object) {
  const { status, body: answer } = await service.admin(root, call, { body });
  expect(status, JSON.stringify(answer)).toBe(201);
}
const holders = (query = '', who = root, limit = 100) =>
  all(service, who, `/roles/base/holders?${query}`, limit);
const named = (items: Record<string, unknown>[]) =>
  items.map(({ kind, name }) => `${kind} ${name}`);

describe('the holders of a role', () => {
  test('are those who hold it by name: of all domains for root', async () => {
    const found = named(await holders());
    expect(found.toSorted()).toEqual([
      'api-key machine',
      'client Holding',
      'user far',
      'user one',
      'user two',
    ]);
  });

  test('are of one domain where it is asked for, and of no other for its administrator', async () => {
    expect(named(await holders('domain=far.com'))).toEqual(['user far']);
    const here = ['client Holding', 'user one', 'user two', 'api-key machine'];
    expect(named(await holders('', admin))).toEqual(here);
    expect(await holders('domain=far.com', admin)).toEqual([]);
  });

  test.each([1, 2, 3])('come in pages of %d, each once', async (limit) => {
    expect(named(await holders('', root, limit)).toSorted()).toEqual(
      named(await holders()).toSorted(),
    );
  });

  test('say where each is, and whether it is disabled', async () => {
    const [key] = (await holders('', admin)).filter(({ kind }) => kind === 'api-key');
    expect((await service.admin(root, `GET /keys/${key?.['id']}`)).body['name']).toBe('machine');
    expect(key).toMatchObject({ domain: 'mydomain.com', disabled: false });
    const [one] = (await holders('', admin)).filter(({ name }) => name === 'one');
    const sent = { body: { disabled: true }, headers: { 'if-match': '*' } };
    await service.admin(root, `PATCH /users/${one?.['id']}`, sent);
    const [off] = (await holders('', admin)).filter(({ name }) => name === 'one');
    expect(off).toMatchObject({ kind: 'user', domain: 'mydomain.com', disabled: true });
  });

  test('are not shown to who may not see all kinds of them: a part would look like the whole', async () => {
    const { status, body } = await service.admin(blind, 'GET /roles/base/holders');
    expect([status, body['rule']]).toEqual([403, 'not-permitted']);
  });

  test('of a role that there is not, or of root, are not found', async () => {
    expect((await service.admin(root, 'GET /roles/nothing/holders')).status).toBe(404);
    expect((await service.admin(root, 'GET /roles/root/holders')).status).toBe(404);
  });
});

describe('a change of a role, tried', () => {
  const preview = (body: object, who = root) =>
    service.admin(who, 'PATCH /roles/base/preview', { body });

  test('says what its holders and those of its heirs gain and lose, and changes nothing', async () => {
    const before = await service.admin(root, 'GET /roles/base');
    const { status, body } = await preview({ acl: { cdr: ['ro'], book: ['r'], users: ['c'] } });
    expect(status, JSON.stringify(body)).toBe(200);
    expect(body['before']).toEqual(before.body);
    expect(body['after']).toMatchObject({ acl: { cdr: ['ro'], book: ['r'], users: ['c'] } });
    expect(body['effects']).toEqual([
      {
        role: 'base',
        gains: { book: ['r'], users: ['c'] },
        loses: { cdr: ['r'] },
        holders: { count: 5, more: false },
      },
      {
        role: 'heir',
        gains: { users: ['c'] },
        loses: { cdr: ['r'] },
        holders: { count: 1, more: false },
      },
    ]);
    const after = await service.admin(root, 'GET /roles/base');
    expect([after.etag, after.body]).toEqual([before.etag, before.body]);
  });

  test('says that nobody gains or loses where that is so', async () => {
    expect((await preview({ acl: { cdr: ['r'] } })).body['effects']).toEqual([]);
    expect((await preview({})).body['effects']).toEqual([]);
  });

  test('counts those within reach, and no others', async () => {
    const { body } = await preview({ acl: { cdr: null } }, blind);
    const [base] = body['effects'] as { holders: object }[];
    expect(base?.holders).toEqual({ count: 4, more: false });
  });

  test.each<[string, object, number, string]>([
    ['a letter that the caller does not hold', { acl: { users: ['c'] } }, 403, 'grant-beyond-own'],
    ['a resource that there is not', { acl: { nothing: ['r'] } }, 400, 'resource-unregistered'],
    ['a parent that there is not', { parents: ['nothing'] }, 400, 'role-unknown'],
    ['itself as a heir of its heir', { parents: ['heir'] }, 403, 'grant-beyond-own'],
  ])('is refused for %s, as the change would be', async (_case, change, status, rule) => {
    const tried = await preview(change, blind);
    const sent = { body: change, headers: { 'if-match': '*' } };
    const real = await service.admin(blind, 'PATCH /roles/base', sent);
    expect([tried.status, tried.body['rule']]).toEqual([status, rule]);
    expect([real.status, real.body['rule']]).toEqual([status, rule]);
  });

  test('leaves no event, and needs the letter of the change', async () => {
    await preview({ acl: { cdr: null } });
    const events = await all(service, root, '/audit?collection=roles');
    expect(events).toEqual([]);
    const reader = await makeUser(service, 'role-reader', ['reader-of-roles']);
    expect(reader.roles).toEqual(['reader-of-roles']);
    await makeRole(service, { name: 'reader-of-roles', acl: { 'admin/roles': ['r'] } });
    const refused = await preview({}, await service.by('role-reader'));
    expect(refused.status).toBe(403);
  });
});

test('a key that has expired holds nothing', async () => {
  advance(601);
  expect(named(await holders('domain=mydomain.com'))).not.toContain('api-key machine');
});
