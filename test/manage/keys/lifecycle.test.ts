/** API keys at the authorizer. Real handler, real store; nothing patched. */

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeApiKey, parseApiKey } from '../../../lib/guard/api-key.ts';
import { newClient } from '../../../lib/manage/clients/register.ts';
import { createApiKey, type NewApiKey } from '../../../lib/manage/keys/create.ts';
import {
  deleteApiKey,
  listApiKeys,
  rotateApiKey,
  switchApiKey,
} from '../../../lib/manage/keys/lifecycle.ts';
import { deleteRole } from '../../../lib/manage/roles/edit.ts';
import { saveClient } from '../../../lib/store/directory/clients.ts';
import { raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { readUser, saveUser, type User } from '../../../lib/store/directory/users.ts';
import { readUses } from '../../../lib/store/sessions/last-use.ts';
import { deleteAllStanding, deleteStanding } from '../../../lib/store/sessions/standing.ts';
import { epochMilliseconds, type Instant, instant, seconds } from '../../../lib/time.ts';
import { type Caller, identify } from '../../../lib/verdict/judge.ts';
import { callerOf, DOMAIN, makeDomain, makeRole, makeUser } from '../../support/actors/roles.ts';
import { setDisabled } from '../../support/actors/switch.ts';
import { forge } from '../../support/actors/tokens.ts';
import { httpCall } from '../../support/calls/events.ts';
import { throttled } from '../../support/running/proxy.ts';
import {
  advance,
  both,
  coldStart,
  outcome,
  type Service,
  startService,
} from '../../support/running/service.ts';

const OWNER_ROLES = ['reader', 'lister'];
let service: Service;
let root: Caller;
let keeper: Caller;
let owner: User;
const now = (): Instant => instant(Math.floor(Date.now() / 1000));

beforeAll(async () => {
  service = await startService();
  await makeRole(service, { name: 'reader', acl: { cdr: ['r'] } });
  await makeRole(service, { name: 'lister', parents: ['reader'], acl: { book: ['r'] } });
  await makeRole(service, { name: 'keeper', parents: ['lister'], acl: { 'cdr/files': ['ro'] } });
  await makeUser(service, 'keeper@mydomain.com', ['keeper']);
  await makeDomain(service, 'other.com');
  root = await callerOf(service, await service.login('100@mydomain.com'));
  keeper = await callerOf(service, await service.login('keeper@mydomain.com'));
});
beforeEach(async () => {
  owner = await makeUser(service, `owner-${Math.random()}`, OWNER_ROLES);
});
afterEach(() => service.dynamodb.heal());
afterAll(() => service.stop());

const onAll = (caller: Caller) => ({ caller, permission: { own: false } });
const create = (key: Partial<NewApiKey> = {}, who = root) =>
  createApiKey(service.tables, who, { owner: owner.id, name: 'a machine', ...key }, now());
const call = (headers: Record<string, string>, to = 'GET /cdr') =>
  outcome(() => service.authorizer(httpCall(to, headers)));
const use = (text: string, to?: string) => call({ 'x-api-key': text }, to);
const change = async (edit: Partial<User>) => {
  const before = await readUser(service.tables.directory, owner.id);
  if (!before) throw new Error('no owner');
  await saveUser(service.tables.directory, { before, after: { ...before, ...edit } });
};
const refused = (code: string, field = '') => ({
  said: field ? { code, field } : { code },
});

describe('the authorizer', () => {
  test.each([
    ['X-API-Key', (text: string) => ({ 'x-api-key': text })],
    ['Authorization: Bearer', (text: string) => ({ authorization: `Bearer ${text}` })],
  ])('takes a key as %s', async (_form, headers) => {
    const { text, name } = await create();
    expect(await call(headers(text))).toMatchObject({
      status: 200,
      context: { subject: owner.id, key: name.key, client: 'api-key', roles: 'reader lister' },
    });
    expect((await call(headers(text), 'POST /cdr')).status).toBe(403);
  });

  test('takes one credential and no more', async () => {
    const { text } = await create();
    const session = await service.login('200@mydomain.com');
    const bearer = { authorization: `Bearer ${text}` };
    const others = [
      { ...bearer, 'x-api-key': text },
      { 'x-api-key': text, ...both(session) },
      { 'x-api-key': text, 'x-key': session.key },
      { ...bearer, ...both(session) },
      { ...bearer, 'x-key': session.key },
      { 'x-api-key': text, authorization: 'Basic dXNlcjpwYXNz' },
      { 'x-api-key': `${text},${text}` },
      { 'x-access-token': text },
      { 'x-access-token': text, 'x-key': 'any' },
      { 'x-api-key': session.token },
    ];
    for (const headers of others) expect(await call(headers)).toEqual({ status: 401 });
  });

  test('refuses what is not the whole, right key', async () => {
    const { text, name, standing } = await create();
    const stranger = await makeUser(service, `stranger-${Math.random()}`, ['reader']);
    const hints = { domain: DOMAIN, roles: OWNER_ROLES };
    const wrong = [
      text.slice(0, -1),
      text.slice(0, -7),
      `${text}0`,
      text.replace('lk_', 'lk-'),
      text.slice(0, -1) + (text.endsWith('0') ? '1' : '0'),
      // Right checksums over a guessed secret, another owner, another key.
      makeApiKey({ name, hints }).text,
      makeApiKey({ name: { ...name, subject: stranger.id }, hints }).text,
      makeApiKey({ name: { ...name, key: 'key-guessed' }, hints }).text,
    ];
    for (const guess of wrong) expect(await use(guess)).toEqual({ status: 401 });
    expect((await use(text)).status).toBe(200);
    expect(JSON.stringify(standing)).not.toContain(parseApiKey(text)?.secret);
  });

  test('never takes a key id for a sign-in, nor a sign-in for a key', async () => {
    const session = await service.login('200@mydomain.com');
    const { sub } = JSON.parse(
      Buffer.from(session.token.split('.')[1] ?? '', 'base64url').toString(),
    );
    const name = { subject: sub, key: session.key };
    const forged = makeApiKey({ name, hints: { domain: DOMAIN, roles: ['user'] } });
    expect(await use(forged.text)).toEqual({ status: 401 });
  });

  test('never takes a token that we signed for a key: it proves no secret', async () => {
    const { text, name } = await create();
    const session = await service.login('200@mydomain.com');
    const claims = { sub: name.subject, sid: name.key, roles: OWNER_ROLES, domain: DOMAIN };
    const token = await forge(service, session.token, { claims });
    expect(await call({ authorization: `Bearer ${token}` })).toEqual({ status: 401 });
    expect(await call(both({ token, key: name.key }))).toEqual({ status: 401 });
    expect((await use(text)).status).toBe(200);
  });

  test('a key cannot be logged out by whoever knows its id', async () => {
    const { text, name } = await create();
    const guess = makeApiKey({ name, hints: { domain: DOMAIN, roles: [] } }).text;
    for (const token of [text, guess])
      expect((await service.logout({ token, key: name.key })).status).toBe(401);
    expect((await use(text)).status).toBe(200);
  });

  test.each<[string, (name: { subject: string; key: string }) => Promise<unknown>]>([
    [
      'switched off',
      (name) => switchApiKey(service.tables, onAll(root), name, { enabled: false, now: now() }),
    ],
    ['deleted', (name) => deleteApiKey(service.tables, root, name, { now: now() })],
    ['of a disabled owner', () => change({ disabled: true })],
    [
      'of a deleted owner',
      async () => {
        const before = await readUser(service.tables.directory, owner.id);
        if (before) await saveUser(service.tables.directory, { before });
      },
    ],
  ])('refuses at the next call a key %s', async (_case, act) => {
    const { text, name } = await create();
    expect((await use(text)).status).toBe(200);
    await act(name);
    expect(await use(text)).toEqual({ status: 401 });
  });

  test('refuses a key from the second of its expiry on', async () => {
    const { text } = await create({ expiresAt: instant(now() + 30) });
    advance(29);
    expect((await use(text)).status).toBe(200);
    advance(1);
    expect(await use(text)).toEqual({ status: 401 });
  });

  test('signing the owner out everywhere leaves the key, disabling the domain does not', async () => {
    await makeDomain(service, 'machines.com');
    owner = await makeUser(service, `owner-${Math.random()}`, OWNER_ROLES, 'machines.com');
    const { text } = await create();
    const domain = { pk: 'domain#machines.com', sk: 'domain' };
    await raiseGeneration(service.tables.directory, subjectKey(owner.id));
    await raiseGeneration(service.tables.directory, domain);
    expect((await use(text)).status).toBe(200);
    await setDisabled(service.tables.directory, domain, true);
    expect(await use(text)).toEqual({ status: 401 });
  });

  test('a failing database is a fault, never an answer', async () => {
    const { text } = await create();
    service.dynamodb.inject(({ action }) => (action === 'BatchGetItem' ? throttled : undefined));
    expect(await use(text)).toEqual({ status: 500 });
  });
});

describe('what a key may do', () => {
  test('its own ACL, no further than its owner', async () => {
    const { text } = await create({ acl: { cdr: ['r', 'd'], 'cdr/files': ['r'] } });
    expect(await use(text)).toMatchObject({ status: 200, context: { roles: '' } });
    expect((await use(text, 'DELETE /cdr')).status).toBe(403);
    expect((await use(text, 'GET /cdr/files')).status).toBe(403);
    expect((await use(text, 'GET /book')).status).toBe(403);
  });

  test("its own role, also one that its owner's role inherits from", async () => {
    await change({ roles: ['lister'] });
    const { text } = await create({ roles: ['reader'] });
    expect(await use(text)).toMatchObject({ status: 200, context: { roles: 'reader' } });
    expect((await use(text, 'GET /book')).status).toBe(403);
  });

  test('what the owner loses, the key loses at the next call, the name of the role too', async () => {
    const byRole = await create({ roles: ['lister'] });
    const byAcl = await create({ acl: { book: ['r'] } });
    expect((await use(byRole.text, 'GET /book')).status).toBe(200);
    expect((await use(byAcl.text, 'GET /book')).status).toBe(200);
    await change({ roles: ['reader', 'user'] });
    expect((await use(byRole.text, 'GET /cdr')).status).toBe(403);
    expect((await use(byAcl.text, 'GET /book')).status).toBe(200);
    await change({ roles: ['reader'] });
    expect((await use(byAcl.text, 'GET /book')).status).toBe(403);
  });

  test('what the owner gains, the key does not', async () => {
    const { text } = await create();
    await change({ roles: [...OWNER_ROLES, 'admin'] });
    expect(await use(text, 'DELETE /cdr')).toEqual({ status: 403 });
  });

  test('a key of a domain has what it was given', async () => {
    const { text } = await create({ owner: `domain#${DOMAIN}`, roles: ['reader'] });
    expect(await use(text)).toMatchObject({
      status: 200,
      context: { subject: `domain#${DOMAIN}`, kind: 'domain', username: DOMAIN, roles: 'reader' },
    });
    expect((await use(text, 'GET /book')).status).toBe(403);
  });

  test('a key of a client', async () => {
    const registration = { name: 'C', domain: DOMAIN, roles: ['reader'], scopes: [] };
    const id = `client-${Math.random().toString(36).slice(2)}`;
    const client = newClient(
      { id, ...registration },
      'x'.repeat(43),
      epochMilliseconds(Date.now()),
    );
    await saveClient(service.tables.directory, { after: client });
    const { text } = await create({ owner: client.id });
    expect((await use(text)).status).toBe(200);
    await setDisabled(service.tables.directory, subjectKey(client.id), true);
    expect(await use(text)).toEqual({ status: 401 });
  });
});

describe('reads', () => {
  const actions = () => service.dynamodb.requests.map(({ action }) => action);

  test('one, also after its owner got other roles than the key names', async () => {
    const { text } = await create();
    await use(text);
    service.dynamodb.requests.length = 0;
    await use(text);
    expect(actions()).toEqual(['BatchGetItem']);

    await change({ roles: [...OWNER_ROLES, 'user'] });
    service.dynamodb.requests.length = 0;
    expect((await use(text)).status).toBe(200);
    expect(actions()).toEqual(['BatchGetItem']);
  });

  test('none for a key that its checksum gives away', async () => {
    const { text } = await create();
    service.dynamodb.requests.length = 0;
    await use(`${text.slice(0, -8)}00000000`);
    expect(actions()).toEqual([]);
  });
});

describe('the last use', () => {
  const lastUse = async (key: string) =>
    (await readUses(service.tables.sessions, [key])).get(key)?.lastUsed;

  test('is noted at most once a minute, and after the read', async () => {
    const { text, name } = await create();
    expect(await lastUse(name.key)).toBeUndefined();
    service.dynamodb.requests.length = 0;
    const first = now();
    for (let calls = 0; calls < 3; calls++) await use(text);
    const actions = service.dynamodb.requests.map(({ action }) => action);
    expect(actions).toEqual([
      ...['BatchGetItem', 'BatchGetItem', 'UpdateItem'],
      ...['BatchGetItem', 'BatchGetItem'],
    ]);
    expect(await lastUse(name.key)).toBe(first);
    advance(60);
    await use(text);
    expect(await lastUse(name.key)).toBe(first + 60);
  });

  test('a second instance within the minute writes nothing', async () => {
    const { text, name } = await create();
    await use(text);
    const first = await lastUse(name.key);
    advance(30);
    const other = await coldStart();
    await outcome(() => other.authorizer(httpCall('GET /cdr', { 'x-api-key': text })));
    expect(await lastUse(name.key)).toBe(first);
  });

  test('is not noted for a key that is refused, nor for a sign-in', async () => {
    const { name } = await create();
    await use(makeApiKey({ name, hints: { domain: DOMAIN, roles: [] } }).text);
    expect(await lastUse(name.key)).toBeUndefined();
    const session = await service.login('200@mydomain.com');
    service.dynamodb.requests.length = 0;
    await service.call(session, 'GET /cdr');
    expect(service.dynamodb.requests.map(({ action }) => action)).not.toContain('UpdateItem');
  });

  // The last of these: the SDK goes on trying the write for seconds after it.
  test.each(['hang', 'cut', throttled] as const)(
    'that cannot be written (%j) neither refuses nor delays the call',
    async (fault) => {
      const { text } = await create();
      service.dynamodb.inject(({ action }) => (action === 'UpdateItem' ? fault : undefined));
      const started = performance.now();
      expect((await use(text)).status).toBe(200);
      expect(performance.now() - started).toBeLessThan(1000);
    },
  );
});

describe('making a key is refused', () => {
  test.each<[string, Partial<NewApiKey>, string]>([
    ['without a name', { name: ' ' }, 'name'],
    ['with a long name', { name: 'n'.repeat(129) }, 'name'],
    ['that has expired', { expiresAt: instant(1) }, 'expiresAt'],
    ['with half a second', { expiresAt: instant(4_000_000_000.5) }, 'expiresAt'],
    ['with roles and an ACL', { roles: ['reader'], acl: { cdr: ['r'] } }, 'acl'],
    ['with a role that does not exist', { roles: ['ghost'] }, 'roles'],
    ['with a role that its owner does not hold', { roles: ['admin'] }, 'roles'],
    ['with no role', { roles: [] }, 'roles'],
    ['for a domain, with nothing', { owner: `domain#${DOMAIN}` }, 'roles'],
    ['with an ACL that permits nothing', { acl: {} }, 'acl'],
    ['with an unknown resource', { acl: { 'no/such': ['r'] } }, 'acl'],
    ['with an unknown letter', { acl: { cdr: ['x' as 'r'] } }, 'acl'],
  ])('%s', async (_case, key, field) => {
    await expect(create(key)).rejects.toMatchObject(refused('invalid_request', field));
  });

  test.each<[string, Partial<NewApiKey>]>([
    ['a role that the maker does not hold', { owner: `domain#${DOMAIN}`, roles: ['root'] }],
    ['a letter that the maker does not hold', { acl: { cdr: ['d'] } }],
    ['all objects, where the maker holds their own', { acl: { 'cdr/files': ['r'] } }],
    ['another domain', { owner: 'domain#other.com', roles: ['reader'] }],
  ])('for %s', async (_case, key) => {
    await expect(create(key, keeper)).rejects.toMatchObject(refused('insufficient_scope'));
  });

  test.each<[string, Partial<NewApiKey>]>([
    ['all of them', {}],
    ['one that the maker holds', { roles: ['reader'] }],
    ['a letter that the maker holds', { acl: { cdr: ['r'] } }],
  ])(
    "for an owner with more roles than the maker's, whatever the key has: %s",
    async (_case, key) => {
      await change({ roles: ['reader', 'admin'] });
      await expect(create(key, keeper)).rejects.toMatchObject(refused('insufficient_scope'));
      await change({ roles: ['reader'] });
      expect((await use((await create(key, keeper)).text)).status).toBe(200);
    },
  );

  test.each<[string, Partial<NewApiKey>]>([
    ['a letter', { acl: { 'cdr/files': ['ro'] } }],
    ['a role', { roles: ['keeper'] }],
    ['the roles of the owner', {}],
  ])(
    'with own objects, which are not the maker’s where the owner is another: %s',
    async (_case, key) => {
      await change({ roles: ['keeper'] });
      await expect(create(key, keeper)).rejects.toMatchObject(refused('insufficient_scope'));
      const own = await create({ ...key, owner: keeper.subject.id }, keeper);
      expect(await use(own.text, 'GET /cdr/files')).toMatchObject({ context: { own: 'true' } });
      expect((await create({ roles: ['reader'] }, keeper)).text).toMatch(/^lk_/);
      await makeRole(service, { name: 'all-files', acl: { 'cdr/files': ['r'] } });
      const more = await makeUser(service, `more-${Math.random()}`, ['keeper', 'all-files']);
      const caller = await callerOf(service, await service.login(more.username));
      expect((await create(key, caller)).text).toMatch(/^lk_/);
    },
  );

  test('for an owner that does not exist', async () => {
    await expect(create({ owner: 'nobody' })).rejects.toMatchObject(refused('not_found'));
  });

  test('by a key, of more than the key itself has', async () => {
    const key = parseApiKey((await create({ acl: { cdr: ['r'] } })).text);
    if (!key) throw new Error('no key');
    const live = await identify(service.tables, key, now());
    if (live.status === 'dead') throw new Error(live.reason);
    await expect(create({ roles: ['reader'] }, live.caller)).rejects.toMatchObject(
      refused('insufficient_scope'),
    );
    await expect(create({ acl: { book: ['r'] } }, live.caller)).rejects.toMatchObject(
      refused('insufficient_scope'),
    );
    expect((await create({ acl: { cdr: ['ro'] } }, live.caller)).text).toMatch(/^lk_/);
  });
});

describe('a new secret', () => {
  const rotate = (name: { subject: string; key: string }, overlap: number, who = root) =>
    rotateApiKey(service.tables, who, name, { overlap: seconds(seconds(overlap)), now: now() });

  test('works at once; the one before it until the overlap ends', async () => {
    const { text, name } = await create();
    const next = await rotate(name, 60);
    advance(59);
    expect([(await use(text)).status, (await use(next.text)).status]).toEqual([200, 200]);
    advance(1);
    expect([(await use(text)).status, (await use(next.text)).status]).toEqual([401, 200]);
  });

  test('without an overlap ends the one before it at once', async () => {
    const { text, name } = await create();
    const next = await rotate(name, 0);
    expect([(await use(text)).status, (await use(next.text)).status]).toEqual([401, 200]);
  });

  test('twice leaves two secrets, the newest', async () => {
    const { text, name } = await create();
    const second = await rotate(name, 600);
    const third = await rotate(name, 600);
    const statuses = [text, second.text, third.text].map(async (key) => (await use(key)).status);
    expect(await Promise.all(statuses)).toEqual([401, 200, 200]);
  });

  test('of racing rotations one wins, and only its text is handed out', async () => {
    const { text, name, standing } = await create();
    const racing = () =>
      rotateApiKey(service.tables, root, name, {
        overlap: seconds(seconds(60)),
        now: now(),
        read: standing.version,
      });
    const results = await Promise.allSettled([racing(), racing(), racing()]);
    const won = results.filter((result) => result.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const { value } of won) expect((await use(value.text)).status).toBe(200);
    expect((await use(text)).status).toBe(200);
    for (const result of results.filter((one) => one.status === 'rejected'))
      expect(result.reason).toMatchObject(refused('precondition_failed'));
  });

  test('loses to a switch that came first', async () => {
    const { name, standing } = await create();
    await switchApiKey(service.tables, onAll(root), name, { enabled: false, now: now() });
    const late = rotateApiKey(service.tables, root, name, {
      overlap: seconds(seconds(0)),
      now: now(),
      read: standing.version,
    });
    await expect(late).rejects.toMatchObject(refused('precondition_failed'));
  });

  test.each([-1, 0.5, 31 * 86_400, Number.NaN])('refuses an overlap of %d', async (overlap) => {
    const { name } = await create();
    await expect(rotate(name, overlap)).rejects.toMatchObject(
      refused('invalid_request', 'overlap'),
    );
  });

  const turn = (name: { subject: string; key: string }, enabled: boolean, who = keeper) =>
    switchApiKey(service.tables, onAll(who), name, { enabled, now: now() });
  const remove = (name: { subject: string; key: string }, who = keeper) =>
    deleteApiKey(service.tables, who, name, { now: now() });

  test('is not for whoever holds less than the key, who may switch it off', async () => {
    const { name } = await create({ owner: `domain#${DOMAIN}`, roles: ['admin'] });
    await expect(rotate(name, 0, keeper)).rejects.toMatchObject(refused('insufficient_scope'));
    await turn(name, false);
    await expect(turn(name, true)).rejects.toMatchObject(refused('insufficient_scope'));
    expect(await remove(name)).toBe(true);
  });

  test('is not for whoever holds less than the owner, nor are switches and the end', async () => {
    await change({ roles: ['reader', 'admin'] });
    const { name, text } = await create({ roles: ['reader'] });
    const acts = [
      () => rotate(name, 0, keeper),
      () => turn(name, false),
      () => turn(name, true),
      () => remove(name),
    ];
    for (const act of acts)
      await expect(act()).rejects.toMatchObject(refused('insufficient_scope'));
    expect((await use(text)).status).toBe(200);
  });

  test('of own objects is not for another who has only their own', async () => {
    await change({ roles: ['keeper'] });
    const { name } = await create({ acl: { 'cdr/files': ['ro'] } });
    for (const act of [() => rotate(name, 0, keeper), () => turn(name, true)])
      await expect(act()).rejects.toMatchObject(refused('insufficient_scope'));
    await turn(name, false);
    expect(await remove(name)).toBe(true);
  });

  test('is for a key of the same owner, as far as that key reaches', async () => {
    const key = parseApiKey((await create({ acl: { cdr: ['r'] } })).text);
    const live = key && (await identify(service.tables, key, now()));
    if (live?.status !== 'live') throw new Error('no key');
    const more = await create();
    await expect(rotate(more.name, 0, live.caller)).rejects.toMatchObject(
      refused('insufficient_scope'),
    );
    const less = await create({ acl: { cdr: ['ro'] } });
    expect((await rotate(less.name, 0, live.caller)).text).toMatch(/^lk_/);
    expect(await remove(more.name, live.caller)).toBe(true);
  });

  test.each(['rotate', 'switch'])('%s of a key that is gone', async (what) => {
    const { name, standing } = await create();
    await deleteStanding(service.tables.sessions, { name, standing });
    const act =
      what === 'rotate'
        ? rotate(name, 0)
        : switchApiKey(service.tables, onAll(root), name, { enabled: true, now: now() });
    await expect(act).rejects.toMatchObject(refused('not_found'));
    expect(await deleteApiKey(service.tables, root, name, { now: now() })).toBe(false);
  });
});

describe('the list', () => {
  const list = (limit: number, after?: Record<string, unknown>, who = root) =>
    listApiKeys(service.tables, who, owner.id, { limit, after, now: now() });

  test('has all keys of one owner, a page at a time, with their last use', async () => {
    const made = await Promise.all([create(), create(), create({ expiresAt: instant(now() + 5) })]);
    await service.login(owner.username);
    const [first] = made;
    if (first) await use(first.text);
    const used = now();
    const all = await list(10);
    expect(all.items.map(({ name }) => name.key).sort()).toEqual(
      made.map(({ name }) => name.key).sort(),
    );
    const listed = all.items.find(({ name }) => name.key === first?.name.key);
    expect(listed).toMatchObject({ lastUsed: used, calls: 1, standing: { name: 'a machine' } });

    const page = await list(2);
    expect(page.items).toHaveLength(2);
    expect((await list(2, page.next)).items).toHaveLength(1);
    advance(5);
    expect((await list(10)).items).toHaveLength(2);
  });

  test('is not for the administrator of another domain', async () => {
    owner = await makeUser(service, `far-${Math.random()}`, ['reader'], 'other.com');
    await expect(list(10, undefined, keeper)).rejects.toMatchObject(refused('insufficient_scope'));
  });
});

test('a role that a key holds cannot be deleted; with the key it can', async () => {
  await makeRole(service, { name: 'carried', acl: { cdr: ['r'] } });
  const { name } = await create({ owner: `domain#${DOMAIN}`, roles: ['carried'] });
  await expect(deleteRole(service.tables, 'carried', now())).rejects.toMatchObject(
    refused('conflict'),
  );
  expect(await deleteApiKey(service.tables, root, name, { now: now() })).toBe(true);
  expect(await deleteRole(service.tables, 'carried', now())).toBe(true);
});

test('of a deleted domain no key is left, nor the roles that it held', async () => {
  await makeRole(service, { name: 'lent', acl: { cdr: ['r'] } });
  await makeDomain(service, 'closing.com');
  const { text } = await create({ owner: 'domain#closing.com', roles: ['lent'] });
  expect((await use(text)).status).toBe(200);
  await deleteAllStanding(service.tables.sessions, 'domain#closing.com', () => []);
  expect(await use(text)).toEqual({ status: 401 });
  expect(await deleteRole(service.tables, 'lent', now())).toBe(true);
});
