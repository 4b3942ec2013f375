/** What all share, named and not: on, off and spread while nobody notices, in a restored table, a fresh and an old one. */
import { BatchWriteItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { batchGet, get, put, type Table } from '../../lib/aws/table.ts';
import type { Tables } from '../../lib/aws/tables.ts';
import { trailOf, UNTRACKED } from '../../lib/events/trail.ts';
import { bootstrap } from '../../lib/manage/deployment/bootstrap.ts';
import { finishRestore } from '../../lib/manage/deployment/finish-restore.ts';
import {
  nameContent,
  readSpread,
  spreadContent,
  unnameContent,
} from '../../lib/manage/deployment/name-content.ts';
import { registerResources } from '../../lib/manage/resources/registry.ts';
import { deleteRole, editRole } from '../../lib/manage/roles/edit.ts';
import { createDomain, domainKey, raiseDomain } from '../../lib/store/directory/domains.ts';
import { claimHome } from '../../lib/store/directory/home.ts';
import { REGISTRY, readRegistry } from '../../lib/store/directory/resources.ts';
import { ROLES, readAllRoles, readRoles, roleKey } from '../../lib/store/directory/roles.ts';
import { saveUser } from '../../lib/store/directory/users.ts';
import { contentKey } from '../../lib/store/named/content.ts';
import { manifestKey, placesOf, readInForce } from '../../lib/store/named/manifest.ts';
import { saveSession } from '../../lib/store/sessions/sessions.ts';
import { epochMilliseconds, instant } from '../../lib/time.ts';
import { judge } from '../../lib/verdict/judge.ts';
import { userItem } from '../support/actors/people.ts';
import { createTable, freshTables, localClient } from '../support/running/tables.ts';
import { eventsIn, trailTo } from '../support/running/trail.ts';

const NOW = 1_000_000;
const NAME = { subject: 'user-1', key: 'key-1' };
const HINTS = { domain: 'mydomain.com', roles: ['reader'] };

let tables: Tables & { events: Table };
let directory: Table;
beforeEach(async () => {
  tables = await freshTables();
  ({ directory } = tables);
  await createDomain(directory, { name: 'mydomain.com', disabled: false, generation: 7 });
  await registerResources(directory, { cdr: [], book: ['/book', '/books/{id}'] });
  await editRole(directory, { name: 'reader', number: 0, parents: [], acl: { cdr: ['r'] } });
  await editRole(directory, { name: 'heir', number: 1, parents: ['reader'], acl: {} });
  const user = userItem({ id: NAME.subject, names: ['u'], roles: ['reader'] });
  await saveUser(directory, { after: { ...user, generation: 3 } });
  await saveSession(tables.sessions, NAME, {
    ...{ kind: 'webitel', client: 'webitel', ip: '192.0.2.1' },
    ...{ issuedAt: instant(NOW), expiresAt: instant(NOW + 60) },
    ...{ subjectGeneration: 3, domainGeneration: 7 },
  });
});

const statusOn = async (own: Tables = tables, path = '/cdr') => {
  const call = { method: 'GET', path };
  return (await judge(own, { name: NAME, hints: HINTS }, call, instant(NOW))).status;
};
const stated = async (of = directory) => {
  const { version: _, inForce: __, ...registry } = await readRegistry(of);
  const { version: ___, inForce: ____, ...roles } = await readAllRoles(of);
  return { registry, roles };
};
const empty = (): never => {
  throw new Error('nothing is named');
};
const copied = async ({ name: from, client }: Table): Promise<Table> => {
  const engine = localClient(inject('dynamodb'));
  const to = `${from}-restored`;
  await createTable(engine, to);
  for await (const { Items = [] } of paginateScan({ client: engine }, { TableName: from }))
    for (let start = 0; start < Items.length; start += 25) {
      const batch = Items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
      await engine.send(new BatchWriteItemCommand({ RequestItems: { [to]: batch } }));
    }
  return { client, name: to };
};

describe('on, off and spread', () => {
  test('leave everything as it was, in registry, roles and verdicts', async () => {
    const before = await stated();
    expect(await readSpread(directory)).toBeUndefined();
    for (const change of [
      () => nameContent(directory),
      () => spreadContent(directory, { buckets: 8, shards: 8 }),
      () => spreadContent(directory, { buckets: 3, shards: 2 }),
      () => spreadContent(directory, { buckets: 1, shards: 64 }),
      () => unnameContent(directory),
      () => nameContent(directory, { buckets: 4, shards: 4 }),
      () => unnameContent(directory),
    ]) {
      await change();
      expect(await stated()).toEqual(before);
      expect([await statusOn(), await statusOn(tables, '/book')]).toEqual(['allowed', 'forbidden']);
    }
    for (const [bucket, shard] of placesOf({ buckets: 8, shards: 8 }))
      expect(await get(directory, manifestKey(bucket, shard))).toBeUndefined();
  });

  test('content lies in as many copies as there are manifests that name it, and in no more', async () => {
    const spread = { buckets: 3, shards: 2 };
    await nameContent(directory, spread);
    const copiesOf = async (content: string) => {
      const places = Array.from({ length: 64 }, (_, copy) => contentKey(content, copy));
      const items = await batchGet(places.map((key) => ({ table: directory, key })));
      return items.flatMap((item, copy) =>
        item?.['contentUntil'] === undefined && item ? copy : [],
      );
    };
    for (const change of [
      async () => {},
      () => registerResources(directory, { more: ['/more'] }),
      () => editRole(directory, { name: 'reader', number: 0, parents: [], acl: { more: ['r'] } }),
      () => raiseDomain(directory, 'mydomain.com'),
      () => spreadContent(directory, { buckets: 2, shards: 4 }),
      () => spreadContent(directory, spread),
    ]) {
      await change();
      const { buckets, shards, manifests } = (await readInForce(directory)) ?? empty();
      for (const { registry, roles, domains } of manifests) {
        for (const content of [...Object.values(registry), ...Object.values(roles)])
          expect(await copiesOf(content)).toEqual([...Array(buckets * shards).keys()]);
        if (domains) expect(await copiesOf(domains)).toEqual([...Array(shards).keys()]);
      }
    }
  });

  test('may each be repeated', async () => {
    for (const change of [
      () => nameContent(directory),
      () => spreadContent(directory, { buckets: 2, shards: 2 }),
      () => unnameContent(directory),
    ]) {
      await change();
      const before = await readSpread(directory);
      await change();
      expect(await readSpread(directory)).toEqual(before);
    }
  });

  test.each([
    ['no bucket', { buckets: 0, shards: 1 }],
    ['no shard', { buckets: 1, shards: 0 }],
    ['more manifests than one transaction writes', { buckets: 13, shards: 5 }],
  ])('over %s are refused, and nothing changes', async (_case, spread) => {
    await expect(nameContent(directory, spread)).rejects.toMatchObject({ status: 400 });
    expect(await readSpread(directory)).toBeUndefined();
    await nameContent(directory);
    await expect(spreadContent(directory, spread)).rejects.toMatchObject({ status: 400 });
    expect(await readSpread(directory)).toEqual({ buckets: 1, shards: 1 });
  });

  test('nothing is spread where nothing is named', () =>
    expect(spreadContent(directory, { buckets: 1, shards: 2 })).rejects.toMatchObject({
      status: 409,
    }));

  test('off is refused with more resources than fit without, and all goes on', async () => {
    await nameContent(directory);
    const many = Array.from({ length: 1001 }, (_, index) => [`r-${index}`, []]);
    await registerResources(directory, Object.fromEntries(many));
    await expect(unnameContent(directory)).rejects.toMatchObject({ status: 400 });
    expect(await readSpread(directory)).toEqual({ buckets: 1, shards: 1 });
    expect(await statusOn()).toBe('allowed');
  });

  test('off that was cut short is done by the next one', async () => {
    await nameContent(directory);
    const stored = await get(directory, domainKey('mydomain.com'));
    expect(stored).toMatchObject({ named: expect.any(Number) });
    expect(stored).not.toHaveProperty('version');
    await unnameContent(directory);
    await put(directory, stored ?? {});
    expect(await raiseDomain(directory, 'mydomain.com')).toBe(true);
    await put(directory, stored ?? {});
    await unnameContent(directory);
    const after = await get(directory, domainKey('mydomain.com'));
    expect(after).toMatchObject({ version: Number(stored?.['named']) + 1 });
    expect(after).not.toHaveProperty('named');
  });

  test('are told in the trail', async () => {
    const trail = trailOf(trailTo(tables.events), { kind: 'aws', arn: 'arn:aws:iam::0:user/ada' });
    await nameContent(directory, undefined, trail);
    await spreadContent(directory, { buckets: 2, shards: 3 }, trail);
    await unnameContent(directory, trail);
    const [one, spread] = [
      { buckets: 1, shards: 1 },
      { buckets: 2, shards: 3 },
    ];
    const told = (await eventsIn(tables.events)).map(({ type, target, before, after }) => ({
      ...{ type, target, before, after },
    }));
    const common = { type: 'settings.changed', target: 'memory' };
    expect(told).toEqual([
      { ...common, before: {}, after: { memory: one } },
      { ...common, before: { memory: one }, after: { memory: spread } },
      { ...common, before: { memory: spread }, after: {} },
    ]);
  });

  test('a deleted role is in none of them, and comes back with none', async () => {
    await nameContent(directory);
    await deleteRole(tables, 'heir', instant(NOW));
    await unnameContent(directory);
    expect((await readRoles(directory, ['heir', 'reader'])).map((one) => one.name)).toEqual([
      'reader',
    ]);
    expect(await get(directory, roleKey('heir'))).toBeUndefined();
  });
});

describe('a restored table in which things are named', () => {
  test('is refused until a restore is finished, whatever its spread, and then used', async () => {
    await nameContent(directory, { buckets: 2, shards: 2 });
    const restored = { ...tables, directory: await copied(directory) };
    await expect(statusOn(restored)).rejects.toThrow(/restore finish/);
    await expect(claimHome(restored.directory)).rejects.toThrow(/restore finish/);
    await expect(readRoles(restored.directory, ['reader'])).rejects.toThrow(/restore finish/);
    await finishRestore(restored, undefined, {
      now: epochMilliseconds(NOW * 1000),
      trail: UNTRACKED,
    });
    for (const { home } of (await readInForce(restored.directory))?.manifests ?? [])
      expect(home).toBe(restored.directory.name);
    // All sessions are over; what all share is as it was.
    expect(await statusOn(restored)).toBe('unauthenticated');
    expect(await stated(restored.directory)).toEqual(await stated());
    await expect(statusOn()).resolves.toBe('allowed');
  });

  test('that has an edit in one manifest and not in another has one of the two in all', async () => {
    await nameContent(directory, { buckets: 1, shards: 2 });
    const before = await get(directory, manifestKey(0, 1));
    await editRole(directory, { name: 'reader', number: -1, parents: [], acl: {} });
    await raiseDomain(directory, 'mydomain.com');
    await put(directory, before ?? {});
    const restored = await copied(directory);
    await finishRestore({ ...tables, directory: restored }, undefined, {
      now: epochMilliseconds(NOW * 1000),
      trail: UNTRACKED,
    });
    const [first, second] = (await readInForce(restored))?.manifests ?? [];
    expect(second).toEqual(first);
    expect(first?.roles).not.toEqual(before?.['roles']);
    expect((await readRoles(restored, ['reader'])).map(({ acl }) => acl)).toEqual([{}]);
  });

  test('remembers nothing of the table that it is a copy of', async () => {
    await nameContent(directory);
    expect(await statusOn()).toBe('allowed');
    const restored = { ...tables, directory: await copied(directory) };
    await raiseDomain(directory, 'mydomain.com');
    await expect(statusOn(restored)).rejects.toThrow();
    expect(await statusOn()).toBe('unauthenticated');
  });
});

describe('a first administrator', () => {
  const first = { username: 'root', password: 'a long enough passphrase', domain: 'd.com' };
  const terms = { now: epochMilliseconds(NOW * 1000), trail: UNTRACKED };
  const made = (of: Table) => bootstrap(of, { ...first, resources: [] }, terms);

  test('of an empty table has everything named from then on', async () => {
    const { directory: empty } = await freshTables();
    await made(empty);
    expect(await readSpread(empty)).toEqual({ buckets: 1, shards: 1 });
    expect((await readAllRoles(empty)).roles.map((role) => role.name)).toEqual(['root']);
  });

  test('of an older deployment leaves it as it is: functions of before may run', async () => {
    await made(directory);
    expect(await readSpread(directory)).toBeUndefined();
    expect(await statusOn()).toBe('allowed');
  });
});

describe('a release of before', () => {
  /** What its registry and list of roles had to have, and was looked for: a version. */
  test('finds neither registry nor roles where things are named, and so faults', async () => {
    await nameContent(directory);
    expect(await get(directory, REGISTRY)).not.toHaveProperty('version');
    expect(await get(directory, REGISTRY)).not.toHaveProperty('patterns');
    expect(await get(directory, ROLES)).not.toHaveProperty('version');
  });

  test('whose edit was under way when things were named is not done', async () => {
    const { version } = (await get(directory, REGISTRY)) as unknown as { version: number };
    await nameContent(directory);
    const asRead = { expression: 'version = :read', values: { ':read': version } };
    const edit = { ...REGISTRY, version: version + 1, patterns: { cdr: [] } };
    expect(await put(directory, edit, asRead)).toBe(false);
    expect(await statusOn(tables, '/book')).toBe('forbidden');
  });
});
