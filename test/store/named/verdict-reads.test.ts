/** What a verdict costs, counted on the wire, with as much in the registry and the roles as there may be. */
import type { BatchGetItemCommandInput } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { type Exchange, startWire, unitsOf } from '../../../bench/wire.ts';
import type { Tables } from '../../../lib/aws/tables.ts';
import { nameContent, spreadContent } from '../../../lib/manage/deployment/name-content.ts';
import { registerResources } from '../../../lib/manage/resources/registry.ts';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import { createDomain } from '../../../lib/store/directory/domains.ts';
import { readRegistry, saveRegistry } from '../../../lib/store/directory/resources.ts';
import { type Acl, readAllRoles } from '../../../lib/store/directory/roles.ts';
import { saveRoles } from '../../../lib/store/directory/save-roles.ts';
import { saveUser } from '../../../lib/store/directory/users.ts';
import { readInForce } from '../../../lib/store/named/manifest.ts';
import { pieceOf } from '../../../lib/store/named/pieces.ts';
import { type NewSession, saveSession } from '../../../lib/store/sessions/sessions.ts';
import { instant } from '../../../lib/time.ts';
import { judge } from '../../../lib/verdict/judge.ts';
import { userItem } from '../../support/actors/people.ts';
import { freshTables, localClient } from '../../support/running/tables.ts';

/** Another one's work may share the processor. */
vi.setConfig({ testTimeout: 90_000 });

const NOW = 1_000_000;
const RESOURCES = 10_000;
const ROLES = 2000;
const NAME = { subject: 'user-1', key: 'key-1' };
const GRANTED = { subject: 'user-1', key: 'browser-1~grant-1' };
const CALL = { method: 'GET', path: '/api-7777/book-7777/1' };

const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
const resourceOf = (index: number): string => `api-${index}/book-${index}`;
/** With one among them that is asked for. */
const longAcl = (from: number): Acl =>
  Object.fromEntries(
    [7777, ...Array.from({ length: 99 }, (_, index) => (from * 97 + index) % RESOURCES)].map(
      (index) => [resourceOf(index), ['r'] as const],
    ),
  ) as Acl;
const MINE = ['role-1', 'role-2', 'role-3'];
const HINTS = { domain: 'mydomain.com', roles: MINE };

let tables: Tables;
let wire: Awaited<ReturnType<typeof startWire>>;

beforeAll(async () => {
  wire = await startWire(inject('dynamodb'));
  tables = await freshTables();
  const { directory, sessions } = tables;
  await createDomain(directory, { name: 'mydomain.com', disabled: false, generation: 7 });
  await nameContent(directory);
  const all = Object.fromEntries(
    Array.from({ length: RESOURCES }, (_, index) => [resourceOf(index), []]),
  );
  expect(await saveRegistry(directory, await readRegistry(directory), all)).toBe(true);
  const roles = numbered('role', ROLES).map((name, index) => {
    const acl = longAcl(index);
    return { name, number: 0, parents: [], acl, effective: acl, ancestors: [] };
  });
  const names = roles.map(({ name }) => name);
  const { retired, version, inForce } = await readAllRoles(directory);
  if (!inForce) throw new Error('nothing is named');
  expect(await saveRoles(directory, { version, names, retired, inForce, heirs: roles })).toBe(true);

  const user = userItem({ id: NAME.subject, names: ['u'], roles: MINE, domain: HINTS.domain });
  await saveUser(directory, { after: { ...user, generation: 3 } });
  const session: NewSession = {
    ...{ kind: 'webitel', client: 'webitel', ip: '192.0.2.1' },
    ...{ issuedAt: instant(NOW), expiresAt: instant(NOW + 60) },
    ...{ subjectGeneration: 3, domainGeneration: 7 },
  };
  await saveSession(sessions, NAME, session);
  await saveSession(sessions, { ...GRANTED, key: 'browser-1' }, session);
  await saveSession(sessions, GRANTED, session);
}, 120_000);
afterAll(() => wire.stop());

/** As a new instance has them, which remembers nothing. */
const cold = (): Tables => {
  const client = localClient(wire.endpoint);
  const { directory, sessions } = tables;
  return { directory: { ...directory, client }, sessions: { ...sessions, client } };
};
const verdict = (own: Tables, more: Partial<Parameters<typeof judge>[1]> = {}, call = CALL) =>
  judge(own, { name: NAME, hints: HINTS, ...more }, call, instant(NOW));
const during = async (run: () => Promise<{ status: string }>, status = 'allowed') =>
  wire.during(async () => expect((await run()).status).toBe(status));
const keysIn = (exchanges: readonly Exchange[]): string[] =>
  exchanges.flatMap(({ body }) => {
    const { RequestItems = {} } = body as BatchGetItemCommandInput;
    return Object.values(RequestItems).flatMap(({ Keys = [] }) =>
      Keys.map(({ pk }) => String(pk?.S)),
    );
  });

describe(`of ${RESOURCES} resources and ${ROLES} roles, each with 100`, () => {
  test('a warm call is one request of three read units, whatever roles the caller has', async () => {
    const own = cold();
    await verdict(own);
    const sent = await during(() => verdict(own));
    expect(sent.map(({ action }) => action)).toEqual(['BatchGetItem']);
    expect(unitsOf(sent)).toBe(3);
  });

  test('another path and a refusal cost no more, once their pieces are known', async () => {
    const own = cold();
    const other = { method: 'DELETE', path: '/api-4/book-4' };
    await verdict(own);
    await verdict(own, {}, other);
    expect(unitsOf(await during(() => verdict(own, {}, other), 'forbidden'))).toBe(3);
  });

  test('the token of a user’s grant to a client takes five', async () => {
    const own = cold();
    const grant = { name: GRANTED, hints: { ...HINTS, client: 'app' } };
    await verdict(own, grant);
    const sent = await wire.during(() => verdict(own, grant));
    expect(sent).toHaveLength(1);
    expect(unitsOf(sent)).toBeLessThanOrEqual(5);
    expect(keysIn(sent)).toHaveLength(5);
  });

  test('the first call of an instance is two requests, and of the registry it reads two pieces', async () => {
    const sent = await during(() => verdict(cold()));
    // It does not know yet that anything is named, and looks for items; then for what is.
    expect(sent.map(({ action }) => action)).toEqual(['BatchGetItem', 'BatchGetItem']);
    const keys = keysIn(sent.slice(1));
    const registry = (await readInForce(tables.directory))?.manifests[0]?.registry ?? {};
    const names = Object.values(registry);
    expect(names).toHaveLength(32);
    expect(keys.filter((key) => names.some((name) => key.includes(name)))).toHaveLength(1);
  });

  test('an edit of a role costs an instance one request more, once', async () => {
    const own = cold();
    await verdict(own);
    await editRole(tables.directory, { name: 'role-1', number: 1, parents: [], acl: longAcl(1) });
    expect(await during(() => verdict(own))).toHaveLength(2);
    expect(await during(() => verdict(own))).toHaveLength(1);
  });

  test('an edit of a role writes the pieces whose roles it changes, and no other', async () => {
    const own = cold();
    const edit = { name: 'role-2', number: 0, parents: [], acl: longAcl(5) };
    const { manifests: [before] = [] } = (await readInForce(tables.directory)) ?? {};
    const sent = await wire.during(() => editRole(own.directory, edit));
    const { manifests: [after] = [] } = (await readInForce(tables.directory)) ?? {};
    const changed = Object.keys(after?.roles ?? {}).filter(
      (piece) => before?.roles[piece] !== after?.roles[piece],
    );
    expect(changed).toEqual([pieceOf('role-2')]);
    expect(sent.filter(({ action }) => action === 'PutItem')).toHaveLength(1);
  });

  test('spread over more manifests it costs the same', async () => {
    await spreadContent(tables.directory, { buckets: 2, shards: 2 });
    const own = cold();
    for (let warm = 0; warm < 3; warm++) await verdict(own);
    for (let calls = 0; calls < 8; calls++) {
      const sent = await during(() => verdict(own));
      expect([sent.length, unitsOf(sent)]).toEqual([1, 3]);
    }
    await spreadContent(tables.directory, { buckets: 1, shards: 1 });
  });
});

describe('of whoever proves nothing', () => {
  test.each([1, 50, 500])('%s invented roles make us read no item more', async (count) => {
    const hints = { ...HINTS, roles: numbered('invented', count), client: 'invented' };
    const invented = { name: { subject: 'x', key: 'lkx' }, hints, secret: 'guess' };
    const sent = await during(() => verdict(cold(), invented), 'unauthenticated');
    expect(sent).toHaveLength(1);
    expect(keysIn(sent).length).toBeLessThanOrEqual(8);
  });
});

describe('what cannot be stored is refused, and nothing is written', () => {
  const unchanged = async (run: () => Promise<unknown>, refusal: object) => {
    const before = await readInForce(tables.directory);
    const sent = await wire.during(async () => {
      await expect(run()).rejects.toMatchObject(refusal);
    });
    expect(sent.filter(({ action }) => !/Get|Query/.test(action))).toEqual([]);
    expect(await readInForce(tables.directory)).toEqual(before);
  };

  test('a resource beyond 10,000', () =>
    unchanged(() => registerResources(cold().directory, { another: [] }), {
      status: 400,
      said: { code: 'invalid_request' },
      message: expect.stringContaining('10000'),
    }));

  test('a role beyond 2,000', () => {
    const another = { name: 'another', number: 0, parents: [], acl: {} };
    return unchanged(() => editRole(cold().directory, another), {
      status: 400,
      message: expect.stringContaining('2000'),
    });
  });

  test('patterns that begin alike and together are more than an item holds', () => {
    const noise = () => Buffer.from(crypto.getRandomValues(new Uint8Array(45))).toString('hex');
    const alike = Array.from({ length: 9000 }, () => `/alike/${noise()}`);
    const save = async () => {
      const { directory } = cold();
      return saveRegistry(directory, await readRegistry(directory), { alike });
    };
    return unchanged(save, { status: 400, message: expect.stringContaining('begin alike') });
  });

  test('an ACL of more resources than a role may have', () => {
    const acl = Object.fromEntries(numbered('more', 201).map((name) => [name, ['r' as const]]));
    const edit = { name: 'role-1', number: 0, parents: [], acl };
    return unchanged(() => editRole(cold().directory, edit), { status: 400 });
  });
});

test('a role with 1,500 heirs is edited in one go, and every heir has what it gave', async () => {
  const { directory } = await freshTables();
  await createDomain(directory, { name: 'mydomain.com', disabled: false, generation: 7 });
  await nameContent(directory);
  const role = { number: 0, ancestors: [], parents: [], acl: {}, effective: {} };
  const heirs = numbered('heir', 1500).map((name) => ({
    ...{ ...role, name, parents: ['parent'], ancestors: ['parent'] },
  }));
  const all = await readAllRoles(directory);
  const names = ['parent', ...heirs.map(({ name }) => name)];
  const change = { ...all, names, edited: { ...role, name: 'parent' }, heirs };
  expect(await saveRoles(directory, change)).toBe(true);
  await editRole(directory, { name: 'parent', number: 0, parents: [], acl: { book: ['r'] } });
  const { roles } = await readAllRoles(directory);
  expect(roles).toHaveLength(1501);
  for (const { effective } of roles) expect(effective).toEqual({ book: ['r'] });
});
