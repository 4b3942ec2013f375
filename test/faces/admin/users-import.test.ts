/** Users of another system, through the admin API: POST /users/imports. Real function, real store. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readUser } from '../../../lib/store/directory/users.ts';
import { makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { FIXTURES } from '../../support/data/foreign-hashes.ts';
import { type Admin, type Caller, startAdmin } from '../../support/running/admin.ts';
import { advance } from '../../support/running/service.ts';
import { numberAll } from '../../support/running/trail.ts';

let service: Admin;
let root: Caller;
let admin: Caller;
beforeAll(async () => {
  service = await startAdmin();
  await makeDomain(service, 'far.com');
  await makeRole(service, { name: 'hires', acl: { 'admin/users': ['c', 'r'] } });
  await makeRole(service, { name: 'hires-own', acl: { 'admin/users': ['co', 'ro'] } });
  await makeUser(service, 'hirer', ['hires', 'user']);
  await makeUser(service, 'own-hirer', ['hires-own']);
  root = await service.by('100@mydomain.com');
  admin = await service.by('hirer');
});
afterAll(() => service.stop());

type Result = { status: string; id?: string; field?: string; rule?: string; detail?: string };
const sent = (users: unknown, more: object = {}, who = root) =>
  service.admin(who, 'POST /users/imports', { body: { users, ...more } });
async function results(users: unknown, more: object = {}, who = root): Promise<Result[]> {
  const { status, body } = await sent(users, more, who);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body['results'] as Result[];
}
const one = async (user: object, more: object = {}, who = root): Promise<Result> => {
  const [result] = await results([user], more, who);
  if (!result) throw new Error('no result');
  return result;
};
const tried = (username: string, password: string) =>
  service.postLogin({
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password }),
  });
async function audited({ id }: Result) {
  await numberAll(service.tables.events);
  return service.admin(root, `GET /audit?target=${id}`);
}
const userOf = ({ id = '' }: Result) => readUser(service.tables.directory, id);
const BCRYPT = '$2b$05$HDThP4oaA50klHfcqCLv4OWBRYJ..pNNKZX9v6er8IRsdzBqjkG.q';

describe('an imported user', () => {
  test('is as it was said, in every member', async () => {
    const user = {
      username: 'Ada',
      email: 'ada@example.com',
      domain: 'far.com',
      roles: ['user', 'user'],
      activated: true,
      disabled: true,
      profile: { name: 'Ada', address: { country: 'GB' } },
      plan: 'beta',
      vendor: ['a', 'b'],
    };
    const made = await userOf(await one(user));
    expect(made).toMatchObject({ ...user, roles: ['user'] });
    expect(made?.passwordHash).toBeUndefined();
    expect(made?.verified).toBeUndefined();
  });

  test('signs in with the password of before, and from then on by a hash of ours', async () => {
    const { password = '', hash = '' } = FIXTURES['Django bcrypt'] ?? {};
    const made = await one({ username: 'moved', roles: ['user'], passwordHash: hash });
    expect((await userOf(made))?.passwordHash).toMatch(/^\$2b\$12\$/);
    expect((await tried('moved', `${password}!`)).status).toBe(401);
    expect((await userOf(made))?.passwordHash).toMatch(/^\$2b\$12\$/);
    await service.login('moved', password);
    expect((await userOf(made))?.passwordHash).toMatch(/^\$argon2id\$/);
    await service.login('moved', password);
    expect((await tried('moved', `${password}!`)).status).toBe(401);
  });

  test('without a hash has no password, and nobody signs in', async () => {
    await one({ username: 'bare', roles: ['user'] });
    expect((await tried('bare', '')).status).not.toBe(200);
    expect((await tried('bare', 'undefined')).status).toBe(401);
  });

  test('stands in the trail as imported, and the hash stands nowhere', async () => {
    const made = await one({ username: 'traced', roles: ['user'], passwordHash: BCRYPT });
    const { body } = await audited(made);
    expect(body['items']).toMatchObject([
      { type: 'user.created', detail: { means: 'import' }, after: { username: 'traced' } },
    ]);
    expect(JSON.stringify(body)).not.toContain('$2b$');
    const shown = await service.admin(root, `GET /users/${made.id}`);
    expect(JSON.stringify(shown.body)).not.toContain('$2b$');
  });
});

describe('that an address is verified', () => {
  const user = (username: string) => ({
    username,
    email: `${username}@example.com`,
    profile: { phone_number: '+420 123' },
    verified: { email: true, phone_number: true },
  });

  test('counts for nothing, unless it is trusted', async () =>
    expect((await userOf(await one(user('v1'))))?.verified).toBeUndefined());

  test('is believed where a root says so, with when and by which means, and audited', async () => {
    const made = await one(user('v2'), { trustVerified: true });
    const proof = { at: expect.any(Number), means: 'import', address: 'v2@example.com' };
    expect((await userOf(made))?.verified).toMatchObject({
      email: proof,
      phone_number: { ...proof, address: '+420 123' },
    });
    const { body } = await audited(made);
    expect(body['items']).toMatchObject([{ after: { verified: { email: proof } } }]);
  });

  test('is believed of an address that is there, and that is said to be', async () => {
    const none = { username: 'v3', verified: { email: true } };
    const not = { ...user('v4'), verified: { email: false } };
    for (const one of await results([none, not], { trustVerified: true }))
      expect((await userOf(one))?.verified).toBeUndefined();
  });

  test('is not an administrator’s to trust', async () => {
    const { status, body } = await sent([user('v5')], { trustVerified: true }, admin);
    expect([status, body['rule']]).toEqual([403, 'root-only']);
    expect(await one(user('v5'))).toMatchObject({ status: 'created' });
  });
});

describe('one is refused alone, and told why', () => {
  test.each<[string, object, Partial<Result>]>([
    ['no name', {}, { field: 'username', rule: 'field-required' }],
    ['a text', 'x' as unknown as object, { rule: 'field-wrong-type' }],
    ['nothing', null as unknown as object, { rule: 'field-wrong-type' }],
    ['a list', [] as object, { field: 'username' }],
    ['a list in a list', [[]] as object, { status: 'refused' }],
    ['a prototype', JSON.parse('{"username":"x","__proto__":{"a":1}}'), { field: '__proto__' }],
    ['a password', { username: 'x', password: 'secret' }, { field: 'password' }],
    ['an unknown member', { username: 'x', isAdmin: true }, { rule: 'field-unknown' }],
    ['an unknown claim', { username: 'x', profile: { shoe: '44' } }, { field: 'profile.shoe' }],
    [
      'a day that is none',
      { username: 'x', profile: { birthdate: '1900-02-29' } },
      { field: 'profile.birthdate', rule: 'field-malformed' },
    ],
    ['a name of nothing', { username: ' ' }, { rule: 'login-name-unusable' }],
    ['a name with a control character', { username: 'a\u0000b' }, { field: 'username' }],
    ['a name of 300 characters', { username: 'x'.repeat(300) }, { rule: 'field-too-long' }],
    ['no e-mail address', { username: 'x', email: 'x' }, { field: 'email' }],
    [
      'a header in the address',
      { username: 'x', email: 'x@a.b\r\nBcc: y@a.b' },
      { field: 'email' },
    ],
    ['a role of nobody', { username: 'x', roles: ['nope'] }, { rule: 'role-unknown' }],
    ['a domain of nobody', { username: 'x', domain: 'nope.com' }, { rule: 'domain-unknown' }],
    ['no hash', { username: 'x', passwordHash: 'secret' }, { rule: 'password-hash-unknown' }],
    [
      'an absurd cost',
      { username: 'x', passwordHash: `$2b$31$${'a'.repeat(53)}` },
      { field: 'passwordHash', rule: 'password-hash-too-dear' },
    ],
  ])('%s', async (_case, user, refusal) => {
    const [refused, other] = await results([user, { username: `beside ${_case}` }]);
    expect(refused).toMatchObject({ status: 'refused', ...refusal });
    expect(refused?.detail).not.toMatch(/secret|\$2b|Bcc/);
    expect(other).toMatchObject({ status: 'created' });
  });

  test('a name twice is made once', async () => {
    const users = [{ username: 'Twin' }, { username: 'twin' }, { username: 'ｔｗｉｎ' }];
    const [first, ...others] = await results(users);
    expect(first).toMatchObject({ status: 'created' });
    for (const other of others)
      expect(other).toMatchObject({ status: 'refused', rule: 'named-before' });
  });

  test('a name that is somebody’s exists, an address that is somebody’s is refused', async () => {
    await one({ username: 'first', email: 'first@example.com' });
    const again = await results([
      { username: 'FIRST', email: 'other@example.com' },
      { username: 'second', email: 'First@example.com' },
    ]);
    expect(again).toMatchObject([
      { status: 'exists' },
      { status: 'refused', field: 'email', rule: 'already-taken' },
    ]);
    expect(await one({ username: 'first@example.com' })).toMatchObject({ status: 'exists' });
  });
});

test('what broke off is done again as a whole, and makes nobody twice', async () => {
  const users = Array.from({ length: 40 }, (_, at) => ({ username: `again-${at}` }));
  await results(users.slice(0, 25));
  const statuses = (await results(users)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 'exists')).toHaveLength(25);
  expect(statuses.slice(25)).toEqual(Array(15).fill('created'));
});

test('of two who import the same at once, each is told, and each user is made once', async () => {
  const users = Array.from({ length: 30 }, (_, at) => ({ username: `raced-${at}` }));
  const both = await Promise.all([results(users), results(users)]);
  for (const at of users.keys())
    expect(both.map((one) => one[at]?.status).sort()).toEqual(['created', 'exists']);
});

describe('what is sent again, by its import and its line,', () => {
  const numbered = (id: string, count: number, from = 1) => ({
    import: { id, lines: Array.from({ length: count }, (_, at) => at + from) },
  });
  const people = (name: string, count: number) =>
    Array.from({ length: count }, (_, at) => ({ username: `${name}-${at}` }));

  test('is answered as it was at first, and makes nobody and no event twice', async () => {
    const users = people('lost', 20);
    const first = await results(users.slice(0, 12), numbered('i-1', 12));
    const again = await results(users, numbered('i-1', 20));
    expect(again.map(({ status }) => status)).toEqual(Array(20).fill('created'));
    expect(again.slice(0, 12)).toEqual(first);
    const { body } = await audited(again[0] ?? { status: '' });
    expect(body['items']).toHaveLength(1);
  });

  test('is the same also while the first try is still under way', async () => {
    const users = people('overtaken', 30);
    const [one, other] = await Promise.all([
      results(users, numbered('i-2', 30)),
      results(users, numbered('i-2', 30)),
    ]);
    expect(one).toEqual(other);
    expect(new Set(one.map(({ status }) => status))).toEqual(new Set(['created']));
  });

  test('counts as created also where the database failed in the midst of the first try', async () => {
    const users = people('halfway', 20);
    service.dynamodb.inject(({ action, body }) =>
      action === 'TransactWriteItems' && JSON.stringify(body).includes('halfway-7"')
        ? { status: 500, body: { __type: 'InternalServerError' } }
        : undefined,
    );
    const failed = await sent(users, numbered('i-6', 20));
    service.dynamodb.heal();
    expect([failed.status, failed.body['rule']]).toEqual([503, 'service-unavailable']);
    expect((await one({ username: 'halfway-0' })).status).toBe('exists');
    const again = await results(users, numbered('i-6', 20));
    expect(again.map(({ status }) => status)).toEqual(Array(20).fill('created'));
  });

  test('exists for another import, for another line is named before, unsaid exists', async () => {
    const users = people('twofold', 1);
    await results(users, numbered('i-3', 1));
    expect(await results(users, numbered('i-4', 1))).toMatchObject([{ status: 'exists' }]);
    expect(await results(users)).toMatchObject([{ status: 'exists' }]);
    expect(await results(users, numbered('i-3', 1, 2))).toMatchObject([
      { status: 'refused', rule: 'named-before' },
    ]);
  });

  test('is no line of another domain’s user, of whom the id is not told', async () => {
    const there = { username: 'told-elsewhere', domain: 'far.com' };
    expect(await one(there, { import: { id: 'guessed', lines: [1] } })).toMatchObject({
      status: 'created',
    });
    for (const line of [1, 2])
      expect(
        await one(
          { username: 'told-elsewhere' },
          { import: { id: 'guessed', lines: [line] } },
          admin,
        ),
      ).toEqual({ status: 'exists' });
  });

  test('is known also of somebody who was changed since', async () => {
    const [made] = await results(people('edited', 1), numbered('i-5', 1));
    const headers = { 'if-match': '*' };
    await service.admin(root, `PATCH /users/${made?.id}`, { headers, body: { plan: 'beta' } });
    expect(await results(people('edited', 1), numbered('i-5', 1))).toEqual([made]);
  });

  test.each<[string, object]>([
    ['fewer lines than users', { id: 'x', lines: [] }],
    ['more lines than users', { id: 'x', lines: [1, 2] }],
    ['a line 0', { id: 'x', lines: [0] }],
    ['a line that is no number', { id: 'x', lines: ['1'] }],
    ['an import without an id', { lines: [1] }],
    ['an id of 65 characters', { id: 'x'.repeat(65), lines: [1] }],
  ])('is refused as a whole with %s', async (_case, named) => {
    const { status } = await sent([{ username: 'misnumbered' }], { import: named });
    expect(status).toBe(400);
  });
});

describe('onExists: update', () => {
  const UPDATE = { onExists: 'update' };
  const REPLACE = { ...UPDATE, replacePasswords: true };
  const OTHER = FIXTURES['bcrypt $2a$'];

  test('changes what is said and differs, and nothing else', async () => {
    const profile = { name: 'Ada', nickname: 'A', address: { country: 'GB' } };
    const before = await one({
      username: 'u1',
      email: 'u1@example.com',
      roles: ['user'],
      activated: true,
      plan: 'beta',
      profile,
    });
    const said = { username: 'U1', roles: ['user', 'bookkeeper'], profile: { name: 'Ada L.' } };
    await makeRole(service, { name: 'bookkeeper', acl: {} });
    expect(await one({ ...said, disabled: true }, UPDATE)).toEqual({
      status: 'updated',
      id: before.id,
    });
    expect(await userOf(before)).toMatchObject({
      username: 'u1',
      email: 'u1@example.com',
      roles: ['user', 'bookkeeper'],
      activated: true,
      disabled: true,
      plan: 'beta',
      profile: { ...profile, name: 'Ada L.' },
    });
    const { body } = await audited(before);
    expect(JSON.stringify(body['items'])).toContain('user.disabled');
  });

  test('leaves alone whoever is as it is said, and makes who is not there', async () => {
    const user = { username: 'u2', roles: ['user'], profile: { name: 'U' }, vendor: ['a'] };
    const made = await one(user, UPDATE);
    expect(made).toMatchObject({ status: 'created' });
    const { version } = (await userOf(made)) ?? {};
    expect(await one(user, UPDATE)).toEqual({ status: 'exists' });
    expect(await one({ ...user, roles: ['user', 'user'] }, UPDATE)).toEqual({ status: 'exists' });
    expect((await userOf(made))?.version).toBe(version);
  });

  test('sent again is updated once, and counts as that', async () => {
    const made = await one({ username: 'u3' });
    const line = { ...UPDATE, import: { id: 'u-3', lines: [1] } };
    const first = await one({ username: 'u3', plan: 'p' }, line);
    const { version } = (await userOf(made)) ?? {};
    expect(await one({ username: 'u3', plan: 'p' }, line)).toEqual(first);
    expect(first).toEqual({ status: 'updated', id: made.id });
    expect((await userOf(made))?.version).toBe(version);
  });

  test('sent again while the first try is under way is updated once, and no conflict', async () => {
    const users = Array.from({ length: 10 }, (_, at) => ({ username: `u3-${at}` }));
    await results(users);
    const line = { ...UPDATE, import: { id: 'u-3b', lines: users.map((_one, at) => at + 1) } };
    const changed = users.map((user) => ({ ...user, plan: 'p' }));
    const [first, again] = await Promise.all([results(changed, line), results(changed, line)]);
    expect(again).toEqual(first);
    expect(first?.map(({ status }) => status)).toEqual(Array(10).fill('updated'));
    for (const made of first ?? []) expect((await userOf(made))?.version).toBe(2);
  });

  test('keeps the password, unless it is asked for another; then the sessions end', async () => {
    const { password = '', hash = '' } = FIXTURES['bcrypt $2b$'] ?? {};
    const made = await one({ username: 'u4', roles: ['user'], passwordHash: hash });
    await service.login('u4', password);
    const kept = await userOf(made);
    const said = { username: 'u4', passwordHash: OTHER?.hash };
    expect(await one(said, UPDATE)).toEqual({ status: 'exists' });
    expect((await userOf(made))?.passwordHash).toBe(kept?.passwordHash);
    expect(await one(said, REPLACE)).toMatchObject({ status: 'updated' });
    const changed = await userOf(made);
    expect(changed?.passwordHash).toBe(OTHER?.hash);
    expect(changed?.generation).toBe((kept?.generation ?? 0) + 1);
    const { body } = await audited(made);
    expect(JSON.stringify(body['items'])).toContain('user.password-changed');
    expect(JSON.stringify(body)).not.toContain('$2a$');
  });

  test('believes that an address is verified where that is trusted, and keeps an older proof', async () => {
    const email = 'u5@example.com';
    const made = await one({ username: 'u5', email });
    const said = { username: 'u5', verified: { email: true } };
    expect(await one(said, UPDATE)).toEqual({ status: 'exists' });
    const trusted = { ...UPDATE, trustVerified: true };
    expect(await one({ ...said, email }, trusted)).toMatchObject({ status: 'updated' });
    const proof = (await userOf(made))?.verified;
    expect(proof?.email).toMatchObject({ means: 'import', address: email });
    expect(await one({ ...said, email }, trusted)).toEqual({ status: 'exists' });
    await one({ username: 'u5', email: 'other@example.com' }, UPDATE);
    expect((await userOf(made))?.verified).toBeUndefined();
  });

  test('in a dry run is said, and not done', async () => {
    const made = await one({ username: 'u6' });
    expect(await one({ username: 'u6', plan: 'p' }, { ...UPDATE, dryRun: true })).toEqual({
      status: 'differs',
    });
    expect((await userOf(made))?.plan).toBeUndefined();
  });

  test.each<[string, object, object]>([
    ['of another domain', { username: 'u-far', plan: 'p' }, { rule: 'already-taken' }],
    ['whose address that name is', { username: 'u-far@example.com' }, { rule: 'already-taken' }],
    [
      'with an address of somebody else’s',
      { username: 'u-near', email: 'u-far@example.com' },
      { rule: 'already-taken', field: 'email' },
    ],
  ])('of somebody %s is refused', async (_case, user, refusal) => {
    await results([
      { username: 'u-far', email: 'u-far@example.com', domain: 'far.com' },
      { username: 'u-near' },
    ]);
    expect(await one(user, UPDATE)).toMatchObject({ status: 'refused', ...refusal });
  });

  test('of two at once with one user, nobody overwrites what they have not seen', async () => {
    const made = await one({ username: 'u7' });
    const both = await Promise.all(
      ['a', 'b'].map((plan) => one({ username: 'u7', plan, vendor: plan }, UPDATE)),
    );
    for (const { status, rule } of both)
      expect(status === 'updated' || rule === 'changed-meanwhile').toBe(true);
    const { plan, vendor } = (await userOf(made)) ?? {};
    expect(plan).toBe(vendor);
  });

  test('of one’s own password, or of whoever holds more, is refused by the caller', async () => {
    await makeRole(service, { name: 'hires-all', acl: { 'admin/users': ['c', 'r', 'u'] } });
    await makeUser(service, 'u-hirer', ['hires-all', 'user']);
    await one({ username: 'u-boss', roles: ['admin'] });
    const hirer = await service.by('u-hirer');
    const outcomes = await results(
      [
        { username: 'u-boss', plan: 'p' },
        { username: 'u-hirer', passwordHash: BCRYPT },
        { username: 'u-fine', plan: 'p' },
      ],
      REPLACE,
      hirer,
    );
    expect(outcomes).toMatchObject([
      { status: 'refused', rule: 'user-outranks' },
      { status: 'refused', rule: 'own-password' },
      { status: 'created' },
    ]);
  });

  test('needs the letter u beside c', async () => {
    const { status } = await sent([{ username: 'u8' }], UPDATE, admin);
    expect(status).toBe(403);
    expect((await sent([{ username: 'u8' }], {}, admin)).status).toBe(200);
  });
});

test('a dry run says what would become of each, and does nothing', async () => {
  await one({ username: 'there' });
  const users = [{ username: 'not yet' }, { username: 'there' }, { username: '' }];
  for (const _time of ['first', 'second'])
    expect((await results(users, { dryRun: true })).map(({ status }) => status)).toEqual([
      'ready',
      'exists',
      'refused',
    ]);
});

describe('whoever imports', () => {
  test('makes users of the own domain, with roles that are their own', async () => {
    const [own, far, above] = await results(
      [
        { username: 'by-hirer', roles: ['user'] },
        { username: 'far-away', domain: 'far.com' },
        { username: 'above', roles: ['admin'] },
      ],
      {},
      admin,
    );
    expect((await userOf(own ?? { status: '' }))?.domain).toBe('mydomain.com');
    expect(far).toMatchObject({ status: 'refused', rule: 'domain-unknown' });
    expect(above).toMatchObject({ status: 'refused', rule: 'grant-beyond-own' });
  });

  test('makes no root without being one', async () =>
    expect(await one({ username: 'climber', roles: ['root'] }, {}, admin)).toMatchObject({
      status: 'refused',
      rule: 'grant-beyond-own',
    }));

  test('needs the letter c, of all users', async () => {
    for (const name of ['bookman', 'own-hirer']) {
      if (name === 'bookman') await makeUser(service, name, ['user']);
      const { status } = await sent([{ username: 'no' }], {}, await service.by(name));
      expect(status).toBe(403);
    }
  });
});

describe('the whole call is refused for', () => {
  test.each<[string, object]>([
    ['more than 100', { users: Array(101).fill({ username: 'x' }) }],
    ['no users', {}],
    ['a member more', { users: [], force: true }],
  ])('%s', async (_case, body) =>
    expect((await service.admin(root, 'POST /users/imports', { body })).status).toBe(400),
  );

  test('more than 64 KB', async () => {
    const users = Array(80).fill({ username: 'x', plan: 'x'.repeat(1000) });
    expect((await sent(users)).status).toBe(413);
  });
});

test('another password for a root needs a sign-in of the last ten minutes', async () => {
  const made = await one({ username: 'old-root', roles: ['root'] });
  advance(601);
  const said = { username: 'old-root', passwordHash: BCRYPT };
  const { status, body } = await sent([said], { onExists: 'update', replacePasswords: true });
  expect([status, body['rule']]).toEqual([401, 'sign-in-too-old']);
  expect((await userOf(made))?.passwordHash).toBeUndefined();
});
