/** Lists of users and clients, narrowed. Real function, real store; nothing patched. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { markUndeliverable } from '../../../lib/store/sessions/mail.ts';
import { instant } from '../../../lib/time.ts';
import { makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { advance, START } from '../../support/running/service.ts';
import { numberAll } from '../../support/running/trail.ts';

let service: Admin;
let root: Caller;
let admin: Caller;
let self: Caller;
const HERE = 'mydomain.com';

beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'far.com');
  await makeRole(service, { name: 'selfish', acl: { 'admin/users': ['ro'] } });
  await makeRole(service, { name: 'picker', acl: {} });
  root = await service.by('100@mydomain.com');
  admin = await service.by('demoadmin');
  for (const name of ['Search-Anna', 'search-bert', 'search-cora', 'sea', 'zoe'])
    await makeUser(service, name, name === 'zoe' ? ['picker'] : ['user'], HERE);
  await makeUser(service, 'search-far', ['picker'], 'far.com');
  await makeUser(service, 'search-self', ['selfish'], HERE);
  self = await service.by('search-self');
});
afterAll(() => service.stop());

const names = async (query: string, who = root, limit = 100) =>
  (await all(service, who, `/users?${query}`, limit)).map(({ username }) => username);
const idOf = async (name: string) => {
  const [user] = await all(service, root, `/users?login=${name}`);
  return String(user?.['id']);
};
const patch = async (id: string, body: object, collection = 'users') => {
  const sent = { body, headers: { 'if-match': '*' } };
  expect((await service.admin(root, `PATCH /${collection}/${id}`, sent)).status).toBe(200);
};

describe('users by the beginning of their name', () => {
  test('are found in any letter case, in the order of their names, and no others', async () => {
    expect(await names('prefix=SEARCH-&domain=mydomain.com')).toEqual([
      'Search-Anna',
      'search-bert',
      'search-cora',
      'search-self',
    ]);
    expect(await names('prefix=search-anna')).toEqual(['Search-Anna']);
    expect(await names('prefix=search-annas')).toEqual([]);
  });

  test('are of all domains for root, of the own one for its administrator', async () => {
    expect(await names('prefix=search-f')).toEqual(['search-far']);
    expect(await names('prefix=search-f', admin)).toEqual([]);
    expect(await names('prefix=search-f&domain=far.com', admin)).toEqual([]);
  });

  test('are the caller alone, where it may see none but its own', async () => {
    expect(await names('prefix=search-', self)).toEqual(['search-self']);
    expect(await names('prefix=search-a', self)).toEqual([]);
  });

  test.each([1, 2, 3])('come in pages of %d, each once', async (limit) => {
    expect(await names('prefix=search-', root, limit)).toEqual(await names('prefix=search-'));
  });

  test('are read without a Scan, and none beside them', async () => {
    const from = service.dynamodb.requests.length;
    await names('prefix=search-&domain=mydomain.com');
    const lists = service.dynamodb.requests
      .slice(from)
      .filter(({ body }) => body['IndexName'] === 'byList');
    expect(lists.map(({ action }) => action)).toEqual(['Query']);
    expect(JSON.stringify(lists[0]?.body)).toContain('begins_with(#sk, :prefix)');
  });

  test.each(['%00', '%20', '%E2%80%AE'])('of %s are refused: no name begins so', async (text) => {
    const { status, body } = await service.admin(root, `GET /users?prefix=${text}`);
    expect([status, body['rule']]).toEqual([400, 'pattern-unmatchable']);
  });
});

describe('users by role', () => {
  test('are those who hold it by name, now', async () => {
    expect(await names('role=picker')).toEqual(['search-far', 'zoe']);
    expect(await names('role=picker', admin)).toEqual(['zoe']);
    const id = await idOf('search-bert');
    await patch(id, { roles: ['user', 'picker'] });
    expect(await names('role=picker', admin)).toEqual(['search-bert', 'zoe']);
    expect(await names('role=picker&prefix=search-', admin)).toEqual(['search-bert']);
    await patch(id, { roles: ['user'] });
    expect(await names('role=picker', admin)).toEqual(['zoe']);
  });

  test('are found by the name that they have now', async () => {
    const id = await idOf('zoe');
    await patch(id, { username: 'search-zoe' });
    expect(await names('role=picker&prefix=search-z')).toEqual(['search-zoe']);
    await patch(id, { username: 'zoe' });
    expect(await names('role=picker&prefix=search-z')).toEqual([]);
    expect(await names('role=picker&prefix=z')).toEqual(['zoe']);
  });

  test('are none of a role that is held by nobody, or that there is not', async () => {
    expect(await names('role=nothing')).toEqual([]);
    expect(await names('role=picker', self)).toEqual([]);
  });

  test('are not there any more once they are deleted', async () => {
    const { id } = await makeUser(service, 'gone', ['picker'], HERE);
    expect(await names('role=picker', admin)).toContain('gone');
    await service.admin(root, `DELETE /users/${id}`);
    expect(await names('role=picker', admin)).toEqual(['zoe']);
  });
});

describe('users by state', () => {
  test('are the disabled ones, or all the others', async () => {
    const id = await idOf('search-cora');
    expect(await names('state=disabled', admin)).toEqual([]);
    await patch(id, { disabled: true });
    expect(await names('state=disabled', admin)).toEqual(['search-cora']);
    expect(await names('state=disabled&role=user', admin)).toEqual(['search-cora']);
    expect(await names('state=disabled&role=picker', admin)).toEqual([]);
    expect(await names('state=enabled&prefix=search-c', admin)).toEqual([]);
    await patch(id, { username: 'search-dora' });
    expect(await names('state=disabled&prefix=search-d')).toEqual(['search-dora']);
    await patch(id, { username: 'search-cora', disabled: false });
    expect(await names('state=disabled', admin)).toEqual([]);
    expect(await names('state=enabled&prefix=search-c', admin)).toEqual(['search-cora']);
  });

  test('a deleted one leaves nothing behind', async () => {
    const { id } = await makeUser(service, 'off', ['user'], HERE);
    await patch(id, { disabled: true });
    await service.admin(root, `DELETE /users/${id}`);
    expect(await names('state=disabled')).toEqual([]);
  });

  test('of another word are refused', async () => {
    expect((await service.admin(root, 'GET /users?state=off')).status).toBe(400);
  });
});

describe('the last sign-in of a user', () => {
  const NAME = '200@mydomain.com';
  const now = START.getTime() / 1000;
  const signIn = async () => {
    await service.login(NAME);
    await numberAll(service.tables.events);
  };
  const shown = async () => service.admin(root, `GET /users/${await idOf(NAME)}`);

  test('is told once somebody has signed in, in lists too, and is no change of the user', async () => {
    const before = await shown();
    expect(before.body).not.toHaveProperty('lastSignIn');
    await signIn();
    expect((await shown()).body).toMatchObject({ lastSignIn: now });
    const [listed] = await all(service, root, `/users?prefix=${NAME}`);
    expect(listed).toMatchObject({ username: NAME, lastSignIn: now });
    expect((await shown()).etag).toBe(before.etag);
  });

  test('is the last one, whatever happens to the user afterwards', async () => {
    advance(60);
    await signIn();
    advance(60);
    await patch(await idOf(NAME), { activated: true });
    await numberAll(service.tables.events);
    expect((await shown()).body).toMatchObject({ lastSignIn: now + 60 });
  });
});

test('that mails to a user came back is shown with the user, for that address alone', async () => {
  const id = await idOf('200@mydomain.com');
  const shown = async () => (await service.admin(root, `GET /users/${id}`)).body;
  await patch(id, { email: 'joe@example.org' });
  expect(await shown()).not.toHaveProperty('undeliverable');
  const mark = { why: 'bounced', at: instant(1_800_000_000) } as const;
  await markUndeliverable(service.tables.sessions, 'Joe@example.org', mark);
  expect(await shown()).toMatchObject({ undeliverable: mark });
  await patch(id, { email: 'joe@example.net' });
  expect(await shown()).not.toHaveProperty('undeliverable');
});

describe('clients', () => {
  const ids = async (query: string, who = root) =>
    (await all(service, who, `/clients?${query}`)).map(({ id }) => id);

  test('are found by the beginning of their id, by role and by state', async () => {
    for (const id of ['pick-one', 'pick-two', 'other']) {
      const body = { id, name: id, roles: id === 'pick-two' ? ['picker'] : [] };
      expect((await service.admin(root, 'POST /clients', { body })).status).toBe(201);
    }
    expect(await ids('prefix=pick-')).toEqual(['pick-one', 'pick-two']);
    expect(await ids('prefix=pick-o')).toEqual(['pick-one']);
    expect(await ids('role=picker')).toEqual(['pick-two']);
    await patch('pick-one', { disabled: true }, 'clients');
    expect(await ids('state=disabled')).toEqual(['pick-one']);
    expect(await ids('state=enabled&prefix=pick')).toEqual(['pick-two']);
    expect(await ids('prefix=pick-&domain=far.com')).toEqual([]);
    for (const id of ['pick-one', 'pick-two']) await service.admin(root, `DELETE /clients/${id}`);
    expect(await ids('state=disabled')).toEqual([]);
    expect(await ids('role=picker')).toEqual([]);
  });
});
