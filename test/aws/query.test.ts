/** Reads as they go over the wire: strongly consistent but for indexes, and of no more than was asked for. */
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import {
  countItems,
  countPassing,
  type PageQuery,
  queryAll,
  queryPage,
  scanPage,
  skipItems,
} from '../../lib/aws/query.ts';
import { get, type Item, put, type Table } from '../../lib/aws/table.ts';
import { unstorable } from '../support/data/unstorable-keys.ts';
import { broken, startProxy } from '../support/running/proxy.ts';
import { freshTables } from '../support/running/tables.ts';

const proxy = await startProxy(inject('dynamodb'));
const { directory } = await freshTables(proxy.endpoint, 1);
afterAll(() => proxy.stop());
const [PARTITION, LIST] = ['some', 'listed'];
const sorts = ['a#1', 'a#2', 'b#1', 'b#2', 'b#3'];
beforeAll(async () => {
  for (const [n, sk] of sorts.entries())
    await put(directory, { pk: PARTITION, sk, n, list: LIST, listSort: sk });
  await put(directory, { pk: 'other', sk: 'a#1', n: 9 });
  proxy.requests.length = 0;
});
afterEach(() => {
  proxy.heal();
  proxy.requests.length = 0;
});

const ANY = { expression: 'n >= :n', values: { ':n': 0 } };
const reads: [string, (table: Table, query: PageQuery) => Promise<unknown>][] = [
  ['an item', (table) => get(table, { pk: PARTITION, sk: 'a#1' })],
  ['a page', queryPage],
  ['all', queryAll],
  ['a count', countItems],
  ['a count of what passes', (table, query) => countPassing(table, query, ANY)],
  ['a page of the whole table', (table) => scanPage(table, { prefix: PARTITION })],
];
const query = { partition: PARTITION, limit: 10 };

describe.each(reads)('%s', (_name, read) => {
  test('is read strongly consistent', async () => {
    await read(directory, query);
    expect(proxy.requests.map(({ body }) => body['ConsistentRead'])).toEqual([true]);
  });

  test('is a fault where the database is down, and never empty', async () => {
    proxy.inject(() => broken);
    await expect(read(directory, query)).rejects.toMatchObject({
      said: { code: 'temporarily_unavailable' },
    });
  });
});

test.each(reads.slice(1, 4))('%s of an index is read as an index can be', async (_name, read) => {
  await read(directory, { index: 'byList', partition: LIST, limit: 10 });
  expect(proxy.requests.map(({ body }) => [body['IndexName'], body['ConsistentRead']])).toEqual([
    ['byList', undefined],
  ]);
});

const nameless = unstorable.filter(([, { sk }]) => sk === 'item');
test.each(nameless)('nothing is in %s', async (_case, { pk: partition }) => {
  expect(await queryPage(directory, { partition, limit: 1 })).toEqual({
    items: [],
    next: undefined,
  });
  expect(await queryAll(directory, { partition })).toEqual([]);
  expect(await countItems(directory, { partition, limit: 1 })).toBe(0);
  expect(await skipItems(directory, { partition }, 1)).toBeUndefined();
  expect(proxy.requests).toEqual([]);
});

describe('of a partition', () => {
  const page = async (asked: Partial<PageQuery>) =>
    (await queryPage(directory, { ...query, ...asked })).items.map(({ sk }) => sk);

  test.each<[Partial<PageQuery>, string[]]>([
    [{}, sorts],
    [{ newestFirst: true }, sorts.toReversed()],
    [{ prefix: 'b#' }, ['b#1', 'b#2', 'b#3']],
    [{ between: ['a#2', 'b#2'] }, ['a#2', 'b#1', 'b#2']],
    [{ limit: 2 }, ['a#1', 'a#2']],
    [{ filter: { expression: 'n > :n', values: { ':n': 2 } } }, ['b#2', 'b#3']],
    [{ limit: 2, filter: { expression: 'n > :n', values: { ':n': 2 } } }, []],
    [{ index: 'byList', partition: LIST, prefix: 'a#' }, ['a#1', 'a#2']],
  ])('%j comes to %j', async (asked, found) => expect(await page(asked)).toEqual(found));

  test('pages go on after one another', async () => {
    const first = await queryPage(directory, { ...query, limit: 2 });
    expect(await page({ after: first.next })).toEqual(sorts.slice(2));
  });

  test('so many are counted, at most as many as asked for, and of those what passes', async () => {
    const some = { expression: 'n > :n', values: { ':n': 2 } };
    expect(await countItems(directory, query)).toBe(5);
    expect(await countItems(directory, { ...query, limit: 3 })).toBe(3);
    expect(await countPassing(directory, query, some)).toBe(2);
    expect(await countPassing(directory, { ...query, limit: 3 }, some)).toBe(0);
    expect(await countPassing(directory, { ...query, prefix: 'a#' }, ANY)).toBe(2);
  });

  test.each([
    [1, 'a#1'],
    [4, 'b#2'],
  ])('%i are gone past, without their contents', async (count, sk) => {
    expect(await skipItems(directory, { partition: PARTITION }, count)).toMatchObject({ sk });
    expect(proxy.requests.map(({ body }) => body['Select'])).toEqual(['COUNT']);
  });

  test('more than there are lead nowhere', async () =>
    expect(await skipItems(directory, { partition: PARTITION }, 6)).toBeUndefined());
});

test('of a whole table what begins with the prefix is found', async () => {
  const { items } = await scanPage(directory, { prefix: 'so' });
  expect(items.map(({ sk }) => sk).toSorted()).toEqual(sorts);
});

describe('of more than a page, which is a megabyte,', () => {
  const names = Array.from({ length: 30 }, (_, index) => `c#${10 + index}`);
  beforeAll(async () => {
    for (const sk of names) await put(directory, { pk: 'large', sk, text: 'x'.repeat(60_000) });
    proxy.requests.length = 0;
  });

  test('any number is skipped', async () => {
    const after = await skipItems(directory, { partition: 'large' }, 25);
    expect(proxy.requests.length).toBeGreaterThan(1);
    expect(after).toMatchObject({ sk: names[24] });
  });

  test('all of the table is found, page by page', async () => {
    const found: unknown[] = [];
    let after: Item | undefined;
    do {
      const page = await scanPage(directory, { prefix: 'large', after });
      found.push(...page.items.map(({ sk }) => sk));
      after = page.next;
    } while (after);
    expect(proxy.requests.length).toBeGreaterThan(1);
    expect(found.toSorted()).toEqual(names);
  });
});
