/**
 * After whatever is done with what all share: what is in force is there, in every copy and for good, in exactly
 * the manifests of its spread; and whatever else was written goes by itself.
 */
import { paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Item, Table } from '../../../lib/aws/table.ts';
import {
  nameContent,
  restateContent,
  spreadContent,
  unnameContent,
} from '../../../lib/manage/deployment/name-content.ts';
import { registerResources } from '../../../lib/manage/resources/registry.ts';
import { editRole } from '../../../lib/manage/roles/edit.ts';
import {
  createDomain,
  type Domain,
  deleteDomain,
  readDomain,
  saveDomain,
} from '../../../lib/store/directory/domains.ts';
import { readRegistry, saveRegistry } from '../../../lib/store/directory/resources.ts';
import { readAllRoles } from '../../../lib/store/directory/roles.ts';
import { saveRoles } from '../../../lib/store/directory/save-roles.ts';
import { bucketOf, readInForce } from '../../../lib/store/named/manifest.ts';
import { freshTables } from '../../support/running/tables.ts';

const SPREAD = { buckets: 3, shards: 2 };
const DOMAINS = Array.from({ length: 4 }, (_, index) => `tenant-${index}.example`);
const RESOURCES = Object.fromEntries(
  Array.from({ length: 6 }, (_, index) => [`thing-${index}`, []]),
);
const NEW = { disabled: false, generation: 7 };
const NO_ROLE = { number: 0, parents: [], acl: {} };

let directory: Table;
beforeEach(async () => {
  ({ directory } = await freshTables());
  for (const name of DOMAINS) await createDomain(directory, { name, ...NEW });
  await registerResources(directory, RESOURCES);
  for (const name of ['reader', 'writer', 'third']) await editRole(directory, { ...NO_ROLE, name });
});

async function stored(kind: string): Promise<Item[]> {
  const { client, name: TableName } = directory;
  const items: Item[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
    items.push(...Items.map((item) => unmarshall(item)));
  return items.filter(({ sk }) => sk === kind);
}
const copiesOf = async (isGoing: boolean) =>
  (await stored('content'))
    .filter(({ contentUntil }) => (contentUntil !== undefined) === isGoing)
    .map(({ pk }) => String(pk).slice('content#'.length));

/** @param spread - `undefined` where nothing is named. */
async function expectKept(spread: { buckets: number; shards: number } | undefined) {
  const { buckets, shards } = spread ?? { buckets: 0, shards: 0 };
  const manifests = await stored('manifest');
  const places = Array.from({ length: buckets * shards }, (_, place) => {
    return `manifest#${Math.floor(place / shards)}#${place % shards}`;
  });
  expect(manifests.map(({ pk }) => pk).toSorted()).toEqual(places.toSorted());
  const inCopies = (names: Iterable<string>, count: number) =>
    [...names].flatMap((name) => Array.from({ length: count }, (_, copy) => `${name}#${copy}`));
  const shared = manifests.flatMap(({ registry, roles }) =>
    [registry, roles].flatMap((names) => Object.values(names as object)),
  );
  const domains = manifests.flatMap(({ domains: name }) =>
    name === undefined ? [] : [String(name)],
  );
  const copies = [
    ...inCopies(new Set(shared), buckets * shards),
    ...inCopies(new Set(domains), shards),
  ];
  expect((await copiesOf(false)).toSorted()).toEqual(copies.toSorted());
  for (const content of await stored('content')) expect(content).toHaveProperty('body');
  for (const each of manifests) {
    expect([each['home'], each['buckets'], each['shards']]).toEqual([
      directory.name,
      buckets,
      shards,
    ]);
    expect([each['registry'], each['roles']]).toEqual([
      manifests[0]?.['registry'],
      manifests[0]?.['roles'],
    ]);
  }
}

const domainOf = async (name: string): Promise<Domain> => {
  const domain = await readDomain(directory, name);
  if (!domain) throw new Error(`no domain ${name}`);
  return domain;
};
const [FIRST = '', SECOND = ''] = DOMAINS;
const CHECK_FAILS = () => [
  {
    table: directory,
    check: { pk: 'nothing', sk: 'nothing' },
    when: { expression: 'attribute_exists(pk)' },
  },
];

describe('what is in force, and nothing else, stays', () => {
  test.each<[string, () => Promise<unknown>]>([
    [
      'resources are registered',
      () => registerResources(directory, { another: ['/a', '/other/{x}'] }),
    ],
    [
      'all resources of a piece are taken away',
      async () => saveRegistry(directory, await readRegistry(directory), { 'thing-1': [] }),
    ],
    ['a role is made', () => editRole(directory, { ...NO_ROLE, name: 'fourth' })],
    [
      'roles are taken away',
      async () => {
        const all = await readAllRoles(directory);
        const [removed, names] = [['reader', 'writer'], ['third']];
        return saveRoles(directory, { ...all, names, removed });
      },
    ],
    ['a domain is made', () => createDomain(directory, { name: 'new.example', ...NEW })],
    [
      'a domain is switched off',
      async () => {
        const domain = await domainOf(FIRST);
        return saveDomain(directory, domain, { ...domain, disabled: true });
      },
    ],
    ['a domain is deleted', async () => deleteDomain(directory, await domainOf(SECOND))],
    ['all is named anew', () => restateContent(directory)],
  ])('after %s', async (_what, change) => {
    await nameContent(directory, SPREAD);
    await expectKept(SPREAD);
    const before = await copiesOf(false);
    await change();
    await expectKept(SPREAD);
    const after = await copiesOf(false);
    const replaced = before.filter((copy) => !after.includes(copy));
    expect((await copiesOf(true)).toSorted()).toEqual(expect.arrayContaining(replaced.toSorted()));
    expect(after).not.toEqual(before);
  });

  test.each<[string, () => Promise<boolean>]>([
    [
      'of the registry',
      async () =>
        saveRegistry(directory, await readRegistry(directory), { other: [] }, CHECK_FAILS()),
    ],
    [
      'of roles',
      async () => {
        const { roles: _, ...all } = await readAllRoles(directory);
        const edited = { ...NO_ROLE, name: 'fourth', effective: {}, ancestors: [] };
        const names = ['reader', 'writer', 'third', 'fourth'];
        return saveRoles(directory, { ...all, names, edited, also: CHECK_FAILS() });
      },
    ],
    [
      'of a domain',
      async () => {
        const domain = await domainOf(FIRST);
        return saveDomain(directory, domain, { ...domain, generation: 8 }, CHECK_FAILS());
      },
    ],
    [
      'that makes a domain',
      () => createDomain(directory, { name: 'new.example', ...NEW }, CHECK_FAILS()),
    ],
    [
      'that deletes a domain',
      async () => deleteDomain(directory, await domainOf(FIRST), CHECK_FAILS()),
    ],
  ])('after an edit %s that was not done', async (_what, edit) => {
    await nameContent(directory, SPREAD);
    const [manifests, before] = [await stored('manifest'), await copiesOf(false)];
    const going = await copiesOf(true);
    expect(await edit()).toBe(false);
    expect(await stored('manifest')).toEqual(manifests);
    expect((await copiesOf(false)).toSorted()).toEqual(before.toSorted());
    expect((await copiesOf(true)).length).toBeGreaterThan(going.length);
  });

  test('after all is spread over more, over fewer and otherwise, and once nothing is named', async () => {
    await nameContent(directory, { buckets: 1, shards: 1 });
    await expectKept({ buckets: 1, shards: 1 });
    for (const spread of [
      { buckets: 4, shards: 1 },
      { buckets: 2, shards: 3 },
      { buckets: 2, shards: 3 },
      { buckets: 1, shards: 2 },
      // Of some of them no domain is.
      { buckets: 8, shards: 1 },
    ]) {
      await spreadContent(directory, spread);
      await expectKept(spread);
    }
    await unnameContent(directory);
    await expectKept(undefined);
  });
});

describe('a domain is in the manifests of its bucket', () => {
  const editions = async () =>
    (await readInForce(directory))?.manifests.map(({ edition }) => edition) ?? [];
  const changed = async (edit: () => Promise<unknown>): Promise<number[]> => {
    const before = await editions();
    await edit();
    const after = await editions();
    return after.flatMap((edition, place) => (edition === before[place] ? [] : [place]));
  };

  test('whose edit changes these and no others', async () => {
    await nameContent(directory, SPREAD);
    for (const name of DOMAINS) {
      const domain = await domainOf(name);
      const bucket = bucketOf(name, SPREAD);
      expect(
        await changed(() => saveDomain(directory, domain, { ...domain, generation: 8 })),
      ).toEqual([2 * bucket, 2 * bucket + 1]);
    }
  });

  test('and what a verdict does not read of it changes none', async () => {
    await nameContent(directory, SPREAD);
    const domain = await domainOf(FIRST);
    const after = { ...domain, signUp: 'open' as const };
    expect(await changed(() => saveDomain(directory, domain, after))).toEqual([]);
    expect(await domainOf(FIRST)).toMatchObject({ signUp: 'open', version: domain.version + 1 });
  });

  test('while an edit of resources or roles changes all', async () => {
    await nameContent(directory, SPREAD);
    const all = [0, 1, 2, 3, 4, 5];
    expect(await changed(() => registerResources(directory, { another: [] }))).toEqual(all);
    expect(await changed(() => editRole(directory, { ...NO_ROLE, name: 'fourth' }))).toEqual(all);
  });

  test('and what says nothing new of the resources changes none', async () => {
    await nameContent(directory, SPREAD);
    const read = await readRegistry(directory);
    expect(await changed(() => saveRegistry(directory, read, read.patterns))).toEqual([]);
    expect((await readRegistry(directory)).version).toBe(read.version + 1);
  });
});

describe('a spread is changed at once where one transaction can', () => {
  /** How often it is told of a step. */
  const stepsOf = async (
    from: { buckets: number; shards: number },
    to: { buckets: number; shards: number },
  ) => {
    const { directory: own } = await freshTables();
    await createDomain(own, { name: FIRST, ...NEW });
    await registerResources(own, { cdr: [] });
    await nameContent(own, from);
    let steps = 0;
    await spreadContent(own, to, () => {
      steps += 1;
      return [];
    });
    expect(await readInForce(own)).toMatchObject(to);
    return steps;
  };

  test.each([
    ['all manifests are of both', [8, 8], [8, 8], 1],
    ['those that stay are of both', [8, 8], [4, 8], 1],
    ['those that stay are of both', [8, 8], [8, 4], 1],
    ['ninety are written', [45, 1], [1, 45], 1],
    ['ninety-one would be', [46, 1], [1, 45], 2],
    ['ninety-six would be', [4, 8], [8, 8], 2],
  ])('%s: from %j to %j', async (_case, [a = 0, b = 0], [c = 0, d = 0], steps) =>
    expect(await stepsOf({ buckets: a, shards: b }, { buckets: c, shards: d })).toBe(steps),
  );
});
