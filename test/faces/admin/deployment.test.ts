/** Roles, resources, domains and settings in the admin API. Real functions, real store. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NAME_REST } from '../../../lib/manage/roles/edit.ts';
import { readSettings, saveSettings } from '../../../lib/store/directory/settings.ts';
import { DOMAIN, makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { type Admin, all, type Caller, startAdmin } from '../../support/running/admin.ts';
import { advance } from '../../support/running/service.ts';

let service: Admin;
let root: Caller;
let admin: Caller;
let keeper: Caller;

beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'far.com');
  const acl = {
    'admin/roles': ['*' as const],
    cdr: ['r' as const],
    'admin/resources': ['*' as const],
  };
  await makeRole(service, {
    name: 'keeper',
    acl: { ...acl, 'admin/domains': ['*'], 'admin/settings': ['*'] },
  });
  await makeUser(service, 'keeper', ['keeper']);
});
beforeEach(async () => {
  root = await service.by('100@mydomain.com');
  admin = await service.by('demoadmin');
  keeper = await service.by('keeper');
});
afterAll(() => service.stop());

const post = (place: string, body: unknown, who = root) =>
  service.admin(who, `POST ${place}`, { body });
const change = (place: string, body: unknown, etag = '*', who = root) =>
  service.admin(who, `PATCH ${place}`, { body, headers: { 'if-match': etag } });
const get = (place: string, who = root) => service.admin(who, `GET ${place}`);
const remove = (place: string, who = root) => service.admin(who, `DELETE ${place}`);

describe('a role', () => {
  test('is made, shown with what its parents pass on, changed by parts, and deleted', async () => {
    const made = await post('/roles', { name: 'clerk', parents: ['user'], acl: { cdr: ['u'] } });
    expect(made).toMatchObject({
      status: 201,
      headers: { location: '/admin/api/roles/clerk' },
      body: { acl: { cdr: ['u'] }, effective: { cdr: ['r', 'u'], 'cdr/files': ['ro'] } },
    });
    expect((await get('/roles/clerk')).etag).toBe(made.etag);
    const changed = await change('/roles/clerk', { acl: { book: ['r'], cdr: null } }, made.etag);
    expect(changed).toMatchObject({ status: 200, body: { acl: { book: ['r'] } } });
    expect(changed.body['acl']).not.toHaveProperty('cdr');
    const alone = await change('/roles/clerk', { parents: [] }, changed.etag);
    expect(alone.body).toMatchObject({ parents: [], effective: { book: ['r'] } });
    expect((await change('/roles/clerk', { acl: {} }, made.etag)).status).toBe(412);
    expect((await remove('/roles/clerk')).status).toBe(204);
    expect((await remove('/roles/clerk')).status).toBe(204);
    expect((await get('/roles/clerk')).status).toBe(404);
    expect((await post('/roles', { name: 'clerk' })).status).toBe(409);
    advance(NAME_REST);
    expect((await post('/roles', { name: 'clerk' })).status).toBe(201);
  });

  test('of two changes of one state the second is refused', async () => {
    const { etag } = await post('/roles', { name: 'raced' });
    const both = await Promise.all([
      change('/roles/raced', { acl: { cdr: ['r'] } }, etag),
      change('/roles/raced', { acl: { book: ['r'] } }, etag),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test.each<[string, object, string]>([
    ['an unknown letter', { acl: { cdr: ['x'] } }, 'acl.cdr.0'],
    ['letters that are no list', { acl: { cdr: 'r' } }, 'acl.cdr'],
    ['an unknown resource', { acl: { ghost: ['r'] } }, 'acl'],
    ['a resource of the prototype', { acl: { toString: ['r'] } }, 'acl'],
    ['a resource called __proto__', { acl: JSON.parse('{"__proto__":["r"]}') }, 'acl'],
    ['a resource called constructor', { acl: { cdr: ['r'], constructor: ['r'] } }, 'acl'],
    ['a resource called prototype', { acl: { prototype: ['r'] } }, 'acl'],
    ['an unknown parent', { parents: ['ghost'] }, 'parents'],
    ['root as a parent', { parents: ['root'] }, 'parents'],
    ['a name that is none', { name: 'a b' }, 'name'],
    ['an unknown member', { number: 7 }, 'number'],
  ])('is refused with %s', async (_case, more, field) => {
    expect(await post('/roles', { name: 'bad', ...more })).toMatchObject({
      status: 400,
      body: { errors: [{ field }] },
    });
    expect((await get('/roles/bad')).status).toBe(404);
  });

  test('is refused with a cycle, however long', async () => {
    await post('/roles', { name: 'one' });
    await post('/roles', { name: 'two', parents: ['one'] });
    await post('/roles', { name: 'three', parents: ['two'] });
    for (const parents of [['one'], ['two'], ['three'], ['user', 'three']])
      expect(await change('/roles/one', { parents })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'parents' }] },
      });
  });

  test.each(['USER', 'root', 'ROOT'])('cannot have the name %s', async (name) => {
    const { status, body } = await post('/roles', { name });
    expect([status, body['errors']]).toEqual([
      409,
      [{ field: 'name', detail: 'the name is taken' }],
    ]);
  });

  test('is refused with a member called __proto__, and so is a change', async () => {
    const refused = { status: 400, body: { errors: [{ field: '__proto__' }] } };
    expect(await post('/roles', '{"name":"bad","__proto__":{}}')).toMatchObject(refused);
    expect(await change('/roles/user', '{"__proto__":{}}')).toMatchObject(refused);
    expect(await change('/roles/user', '{"acl":{"__proto__":null}}')).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'acl' }] },
    });
  });

  test('root is not there', async () => {
    expect((await get('/roles/root')).status).toBe(404);
    expect((await change('/roles/root', { acl: {} })).status).toBe(404);
    expect((await remove('/roles/root')).status).toBe(204);
    expect((await get('/users')).status).toBe(200);
    const names = (await all(service, root, '/roles', 2)).map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(names).not.toContain('root');
  });

  test('in use stays', async () => {
    for (const name of ['user', 'admin', 'api'])
      expect((await remove(`/roles/${name}`)).status).toBe(409);
  });

  test('stays while a key of a domain holds it, and no longer', async () => {
    await post('/roles', { name: 'held', acl: { cdr: ['r'] } });
    const expiresAt = Math.floor(Date.now() / 1000) + 60;
    const key = { owner: `domain#${DOMAIN}`, name: 'holder', roles: ['held'], expiresAt };
    expect((await post('/keys', key)).status).toBe(201);
    const refused = await remove('/roles/held');
    expect([refused.status, refused.body['detail']]).toEqual([
      409,
      'The role is in use: somebody holds it.',
    ]);
    advance(60);
    expect((await remove('/roles/held')).status).toBe(204);
  });

  test('stays while the setting userCreateScope names it, and no longer', async () => {
    await post('/roles', { name: 'maker' });
    expect((await change('/settings', { userCreateScope: ['admin', 'maker'] })).status).toBe(200);
    const refused = await remove('/roles/maker');
    expect([refused.status, refused.body['detail']]).toEqual([
      409,
      'The role is in use: the setting userCreateScope holds it.',
    ]);
    expect((await get('/roles/maker')).status).toBe(200);
    await change('/settings', { userCreateScope: null });
    expect((await remove('/roles/maker')).status).toBe(204);
  });

  test('is not made under a name that the setting userCreateScope still has', async () => {
    const { directory } = service.tables;
    const before = await readSettings(directory);
    await saveSettings(directory, before, { ...before, userCreateScope: ['lost'] });
    expect(await post('/roles', { name: 'lost' })).toMatchObject({
      status: 409,
      body: { errors: [{ field: 'name' }] },
    });
    await change('/settings', { userCreateScope: null });
    expect((await post('/roles', { name: 'lost' })).status).toBe(201);
  });

  test('gets no letter, and no parent, that the administrator does not hold', async () => {
    const acls = [{ cdr: ['d'] }, { cdr: ['*'] }, { book: ['r'] }];
    for (const acl of acls) {
      expect((await post('/roles', { name: 'stolen', acl }, keeper)).status).toBe(403);
      expect((await change('/roles/keeper', { acl }, '*', keeper)).status).toBe(403);
    }
    expect((await post('/roles', { name: 'stolen', parents: ['admin'] }, keeper)).status).toBe(403);
    expect((await change('/roles/keeper', { parents: ['admin'] }, '*', keeper)).status).toBe(403);
    expect((await post('/roles', { name: 'lesser', acl: { cdr: ['ro'] } }, keeper)).status).toBe(
      201,
    );
    expect((await post('/roles', { name: 'other' }, admin)).status).toBe(403);
  });

  test('gets no parent that the administrator does not hold by name, whatever its letters', async () => {
    await post('/roles', { name: 'creators', acl: { cdr: ['ro'] } });
    await post('/roles', { name: 'empty' });
    for (const parent of ['creators', 'empty']) {
      const parents = [parent];
      expect((await change('/roles/keeper', { parents }, '*', keeper)).status).toBe(403);
      expect((await post('/roles', { name: 'heir', parents }, keeper)).status).toBe(403);
      expect((await get('/roles/heir')).status).toBe(404);
    }
    expect((await get('/roles/keeper')).body['parents']).toEqual([]);
    // One that is held, or is there already, is not the caller's doing.
    expect((await post('/roles', { name: 'heir', parents: ['keeper'] }, keeper)).status).toBe(201);
    await change('/roles/heir', { parents: ['keeper', 'creators'] });
    const kept = { parents: ['creators'], acl: { cdr: ['ro'] } };
    expect((await change('/roles/heir', kept, '*', keeper)).status).toBe(200);
    expect((await change('/roles/heir', { parents: [] }, '*', keeper)).status).toBe(200);
    expect((await change('/roles/heir', kept, '*', keeper)).status).toBe(403);
  });
});

describe('a resource', () => {
  test('is made, shown, changed and deleted', async () => {
    const made = await post('/resources', { name: 'shop/orders', patterns: ['/shop/{id}/orders'] });
    expect([made.status, made.headers['location']]).toEqual([
      201,
      '/admin/api/resources/shop/orders',
    ]);
    for (const name of ['shop/orders', 'shop%2Forders'])
      expect((await get(`/resources/${name}`)).body).toEqual(made.body);
    const patterns = ['/shop/v1/orders'];
    const changed = await change('/resources/shop/orders', { patterns }, made.etag);
    expect([changed.status, changed.body]).toEqual([200, { name: 'shop/orders', patterns }]);
    expect((await change('/resources/shop/orders', {}, made.etag)).status).toBe(412);
    expect((await remove('/resources/shop/orders')).status).toBe(204);
    expect((await remove('/resources/shop/orders')).status).toBe(204);
    const names = (await all(service, root, '/resources', 7)).map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    expect(names).not.toContain('shop/orders');
  });

  test.each<[string, string[]]>([
    ['everything', ['/{any}']],
    ['everything, deeper', ['/{a}/{b}']],
    ['what another has', ['/cdr']],
    ['paths of all others', ['/{any}/files']],
    ['paths below another, behind a parameter', ['/{any}/files/archive']],
    ['paths below a sibling', ['/cdr/{id}/notes']],
    ['paths of the admin API', ['/admin/api/users/{id}']],
    ['paths of the admin API, behind parameters', ['/{a}/{b}/users']],
    ['paths of the admin API, half hidden', ['/admin/{b}/keys']],
    ['roles of Webitel', ['/api/v2/acl/roles/{name}']],
    ['accounts', ['/users/{id}/password']],
    ['no path', ['cdr']],
    ['dots', ['/cdr/../users']],
  ])('that would swallow %s is refused', async (_case, patterns) => {
    expect(await post('/resources', { name: 'mine', patterns })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'patterns' }] },
    });
  });

  test.each(['a b', '../x', '-x', 'constructor', '__proto__', 'x'.repeat(257)])(
    'cannot be called %j',
    async (name) => {
      expect(await post('/resources', { name })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'name' }] },
      });
    },
  );

  test.each([['/cdr/files/archive'], ['/book/{id}/notes'], ['/shop/{id}']])(
    'may stand at %s',
    async (pattern) => {
      expect((await post('/resources', { name: 'fine', patterns: [pattern] })).status).toBe(201);
      await remove('/resources/fine');
    },
  );

  test('is imported beside what it stands for in APIs of other kinds, which stays', async () => {
    const imported = async (...patterns: string[]) => {
      const body = { resources: { mixed: patterns } };
      const answer = await service.admin(root, 'PATCH /resources', { body });
      return [answer.body['changed'], (await get('/resources/mixed')).body['patterns']];
    };
    const kept = ['/graphql/Query/mixed', '/websocket/dev'];
    await post('/resources', { name: 'mixed', patterns: ['/mixed', '/graphqls', ...kept] });
    expect(await imported()).toEqual([['mixed'], ['/mixed', ...kept]]);
    expect(await imported('/mixed')).toEqual([[], ['/mixed', ...kept]]);
    expect(await imported('/v2/mixed')).toEqual([['mixed'], ['/v2/mixed', ...kept]]);
  });

  test('stays while a role names it, and when it guards Latchkey itself', async () => {
    expect((await remove('/resources/cdr')).status).toBe(409);
    expect((await remove('/resources/admin/users')).status).toBe(409);
    expect((await change('/resources/admin/users', { patterns: ['/x'] })).status).toBe(409);
  });

  test('is nobody’s to change but root’s', async () => {
    expect((await post('/resources', { name: 'mine' }, keeper)).status).toBe(403);
    expect((await change('/resources/cdr', { patterns: ['/x'] }, '*', keeper)).status).toBe(403);
    expect((await remove('/resources/cdr', keeper)).status).toBe(403);
    expect((await get('/resources/cdr', admin)).status).toBe(200);
  });
});

describe('the title of a resource', () => {
  const show = async (name: string) => (await service.admin(root, `GET /resources/${name}`)).body;
  const change = (name: string, body: object) =>
    service.admin(root, `PATCH /resources/${name}`, { body, headers: { 'if-match': '*' } });

  test('is given, shown, changed and taken away, whatever becomes of the patterns', async () => {
    const body = { name: 'titled', title: 'Recordings' };
    const made = await service.admin(root, 'POST /resources', { body });
    expect(made).toMatchObject({ status: 201, body: { title: 'Recordings' } });
    await change('titled', { patterns: ['/recordings'] });
    expect(await show('titled')).toMatchObject({ title: 'Recordings', patterns: ['/recordings'] });
    const tags = new Set([made.etag, (await change('titled', { title: 'Calls' })).etag]);
    expect(tags.size).toBe(2);
    expect(await show('titled')).toMatchObject({ title: 'Calls', patterns: ['/recordings'] });
    await change('titled', { 'title#cs': 'Hovory' });
    expect(await show('titled')).toMatchObject({ title: 'Calls', 'title#cs': 'Hovory' });
    await change('titled', { title: null });
    expect(await show('titled')).not.toHaveProperty('title');
    expect(await show('titled')).toHaveProperty('title#cs');
    await change('titled', { 'title#cs': null });
    expect(await show('titled')).not.toHaveProperty('title#cs');
  });

  test('goes with its resource', async () => {
    const body = { name: 'brief', title: 'Brief' };
    await service.admin(root, 'POST /resources', { body });
    await service.admin(root, 'DELETE /resources/brief');
    await service.admin(root, 'POST /resources', { body: { name: 'brief' } });
    expect(await show('brief')).not.toHaveProperty('title');
  });

  test('comes with an import, and a dry run writes none', async () => {
    const wanted = {
      resources: { imported: ['/imported'] },
      titles: { imported: 'Imported', other: 'No' },
    };
    await service.admin(root, 'PATCH /resources', { body: { ...wanted, dryRun: true } });
    expect((await service.admin(root, 'GET /resources/imported')).status).toBe(404);
    await service.admin(root, 'PATCH /resources', { body: wanted });
    expect(await show('imported')).toMatchObject({ title: 'Imported' });
    await service.admin(root, 'PATCH /resources', {
      body: { ...wanted, titles: { imported: 'Again' } },
    });
    expect(await show('imported')).toMatchObject({ title: 'Again' });
  });

  test.each<unknown>(['', ' ', 'a\u202eb', 'a\nb', 'x'.repeat(101), 7, ['Calls']])(
    'is refused: %j',
    async (title) => {
      const body = { name: 'untitled', title };
      expect((await service.admin(root, 'POST /resources', { body })).status).toBe(400);
      const imported = { resources: { untitled: [] }, titles: { untitled: title } };
      expect((await service.admin(root, 'PATCH /resources', { body: imported })).status).toBe(400);
    },
  );

  test('is written by two at once: one of them is told, and none is lost', async () => {
    await service.admin(root, 'POST /resources', { body: { name: 'raced-a' } });
    await service.admin(root, 'POST /resources', { body: { name: 'raced-b' } });
    const answers = await Promise.all([
      change('raced-a', { title: 'A' }),
      change('raced-b', { title: 'B' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await show('raced-a')).toMatchObject({ title: 'A' });
    expect(await show('raced-b')).toMatchObject({ title: 'B' });
  });
});

describe('a domain', () => {
  test('is made, switched off and on, and deleted when it is empty', async () => {
    const made = await post('/domains', { name: 'new.example' });
    expect(made).toMatchObject({
      status: 201,
      headers: { location: '/admin/api/domains/new.example' },
      body: { name: 'new.example', disabled: false },
    });
    expect((await post('/domains', { name: 'new.example' })).status).toBe(409);
    const { id } = await makeUser(service, 'u@new.example', ['user'], 'new.example');
    const session = await service.login('u@new.example');
    expect((await remove('/domains/new.example')).status).toBe(409);
    const off = await change('/domains/new.example', { disabled: true }, made.etag);
    expect([off.status, off.body['disabled']]).toEqual([200, true]);
    expect((await service.call(session, 'GET /book')).status).toBe(401);
    const late = { username: 'late', password: 'ppppp', domain: 'new.example' };
    expect((await post('/users', late)).status).toBe(400);
    expect((await change('/domains/new.example', { disabled: false }, made.etag)).status).toBe(412);
    expect((await remove('/domains/new.example')).status).toBe(409);
    await remove(`/users/${id}`);
    expect((await remove('/domains/new.example')).status).toBe(204);
    expect((await remove('/domains/new.example')).status).toBe(204);
    expect((await get('/domains/new.example')).status).toBe(404);
  });

  test('of a root cannot be switched off, not even in a race', async () => {
    expect((await change(`/domains/${DOMAIN}`, { disabled: true })).status).toBe(409);
    await makeDomain(service, 'race.example');
    const { id } = await makeUser(service, 'r@race.example', ['user'], 'race.example');
    const [off, promoted] = await Promise.all([
      change('/domains/race.example', { disabled: true }),
      change(`/users/${id}`, { roles: ['root'] }),
    ]);
    const { body } = await get('/domains/race.example');
    const { body: user } = await get(`/users/${id}`);
    expect([off.status, promoted.status]).toContain(200);
    expect(body['disabled'] && (user['roles'] as string[]).includes('root')).toBe(false);
  });

  test.each(['', 'Upper.example', 'a b', 'a#b', '-a', 'x'.repeat(254)])(
    'cannot be called %j',
    async (name) => {
      const { status, body } = await post('/domains', { name });
      expect([status, body['errors']]).toEqual([
        400,
        [{ field: 'name', detail: expect.any(String) }],
      ]);
    },
  );

  test('other than their own is out of sight for administrators', async () => {
    expect((await get('/domains/far.com', admin)).status).toBe(404);
    expect((await get('/domains/ghost.com', admin)).status).toBe(404);
    expect(await all(service, admin, '/domains')).toMatchObject([
      { name: DOMAIN, disabled: false, passwords: 'seed' },
    ]);
    expect((await all(service, root, '/domains', 1)).length).toBeGreaterThan(1);
    expect((await post('/domains', { name: 'x.example' }, keeper)).status).toBe(403);
    expect((await change(`/domains/${DOMAIN}`, {}, '*', keeper)).status).toBe(403);
    expect((await change('/domains/far.com', {}, '*', keeper)).status).toBe(404);
    expect((await remove('/domains/far.com', keeper)).status).toBe(204);
    expect((await get('/domains/far.com')).status).toBe(200);
  });
});

describe('settings', () => {
  test('are one object, changed by parts', async () => {
    const before = await get('/settings');
    const keyLifetime = 31_536_000;
    expect([before.status, before.body]).toEqual([
      200,
      { faveoApiKeyMandatory: false, keyLifetime },
    ]);
    const both = await Promise.all([
      change('/settings', { userCreateScope: ['admin'] }, before.etag),
      change('/settings', { faveoApiKeyMandatory: true }, before.etag),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 412]);
    const after = await change('/settings', {
      userCreateScope: ['admin'],
      faveoApiKeyMandatory: true,
    });
    const changed = { userCreateScope: ['admin'], faveoApiKeyMandatory: true, keyLifetime };
    expect(after.body).toEqual(changed);
    const last = { userCreateScope: null, faveoApiKeyMandatory: false };
    const asBefore = { faveoApiKeyMandatory: false, keyLifetime };
    expect((await change('/settings', last)).body).toEqual(asBefore);
  });

  test.each<[object, string]>([
    [{ cursorKey: 'x' }, 'cursorKey'],
    [{ faveoApiKey: 'x' }, 'faveoApiKey'],
    [{ userCreateScope: ['ghost'] }, 'userCreateScope'],
    [{ faveoApiKeyMandatory: 'yes' }, 'faveoApiKeyMandatory'],
  ])('refuse %j', async (body, field) => {
    expect(await change('/settings', body)).toMatchObject({
      status: 400,
      body: { errors: [{ field }] },
    });
  });

  test('are changed by root alone, and are neither made nor deleted', async () => {
    expect((await change('/settings', {}, '*', keeper)).status).toBe(403);
    expect((await get('/settings', keeper)).status).toBe(200);
    const { status, headers } = await remove('/settings');
    expect([status, headers['allow']]).toEqual([405, 'GET, HEAD, PATCH']);
  });
});
