/** Content is what its name says, or nothing is answered; and what names all of it stays small. */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { get, put, type Table } from '../../../lib/aws/table.ts';
import { transact } from '../../../lib/aws/transaction.ts';
import { Fault } from '../../../lib/errors.ts';
import {
  contentKey,
  isStorableContent,
  pack,
  retireContent,
  unpack,
  writeContent,
} from '../../../lib/store/named/content.ts';
import {
  bucketOf,
  type Manifest,
  manifestKey,
  readInForce,
} from '../../../lib/store/named/manifest.ts';
import { memoryOf, readContent } from '../../../lib/store/named/memory.ts';
import { ANY_SEGMENT, pieceOf } from '../../../lib/store/named/pieces.ts';
import { manifestWrite } from '../../../lib/store/named/rename.ts';
import { freshTables, localClient } from '../../support/running/tables.ts';

let directory: Table;
beforeAll(async () => {
  ({ directory } = await freshTables());
});
/** As another instance has it, which remembers nothing. */
const elsewhere = (): Table => ({ ...directory, client: localClient(inject('dynamodb')) });

describe('content', () => {
  test('is found again under its name, whatever is in it', () => {
    const content = { a: [1, null, 'ü'], constructor: { b: {} }, '': '' };
    const { name, body } = pack(content);
    expect(unpack(name, { body }).content).toEqual(content);
  });

  test('that was there before has another name, so that what is on its way out does not come back', () =>
    expect(pack({ a: 1 }).name).not.toBe(pack({ a: 1 }).name));

  test.each([
    ['another one’s', () => pack({ a: 1 }).body],
    ['cut short', (body: Uint8Array) => body.subarray(1)],
    ['with one bit changed', (body: Uint8Array) => body.with(3, (body[3] ?? 0) ^ 1)],
    ['empty', () => new Uint8Array()],
  ])('whose body is %s is a fault', (_case, spoilt) => {
    const { name, body } = pack({ a: 1 });
    expect(() => unpack(name, { body: spoilt(Uint8Array.from(body)) })).toThrow(Fault);
  });

  test('that is named and missing is a fault, and nothing is remembered of it', async () => {
    const { name } = pack({ a: 1 });
    await expect(readContent(directory, [name], 1)).rejects.toThrow(Fault);
    expect(() => memoryOf(directory).keep(name, undefined)).toThrow(Fault);
    expect(memoryOf(directory).recall(name)).toBeUndefined();
  });

  test('lies in every copy, and goes a day after nothing names it any more', async () => {
    const packed = pack({ a: 1 }, 3);
    await writeContent(directory, [packed]);
    for (const copy of [0, 1, 2])
      expect(await get(directory, contentKey(packed.name, copy))).toBeDefined();
    expect(await get(directory, contentKey(packed.name, 3))).toBeUndefined();
    await retireContent(directory, [packed]);
    const { contentUntil } = (await get(directory, contentKey(packed.name, 2))) ?? {};
    expect(Number(contentUntil)).toBeGreaterThanOrEqual(Math.floor(Date.now() / 1000) + 86_390);
    // Until then a call that was told of it finds it.
    expect(await readContent(elsewhere(), [packed.name], 3)).toEqual([{ a: 1 }]);
  });

  test('larger than an item is known to be before it is written', async () => {
    const noise = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000))).toString('base64');
    const fits = pack({ noise: noise.repeat(4).slice(0, 1000) });
    expect(isStorableContent(fits)).toBe(true);
    const random = Array.from({ length: 6 }, () =>
      Buffer.from(crypto.getRandomValues(new Uint8Array(65_536))).toString('base64'),
    );
    expect(isStorableContent(pack({ random }))).toBe(false);
    const largest = pack({ random: random.slice(0, 5).join('') });
    expect(isStorableContent(largest)).toBe(true);
    await expect(writeContent(directory, [largest])).resolves.toBeUndefined();
  });
});

describe('the memory of an instance', () => {
  test('belongs to its table: of another one it recalls nothing', async () => {
    const packed = pack({ a: 1 });
    await put(directory, { ...contentKey(packed.name, 0), body: packed.body });
    await readContent(directory, [packed.name], 1);
    expect(memoryOf(directory).recall(packed.name)).toEqual({ a: 1 });
    expect(memoryOf({ ...directory, name: 'restored' }).recall(packed.name)).toBeUndefined();
    expect(memoryOf(elsewhere()).recall(packed.name)).toBeUndefined();
  });

  test('is bounded: what was used longest ago goes first', () => {
    const memory = memoryOf(elsewhere());
    const large = Array.from({ length: 6 }, (_, index) =>
      pack({ index, text: 'x'.repeat(7_000_000) }),
    );
    for (const { name, body } of large.slice(0, 4)) memory.keep(name, { body });
    expect(memory.recall(large[0]?.name ?? '')).toBeDefined();
    for (const { name, body } of large.slice(4)) memory.keep(name, { body });
    const kept = large.map(({ name }) => memory.recall(name) !== undefined);
    expect(kept).toEqual([true, false, false, true, true, true]);
  });
});

describe('a manifest', () => {
  const names = Array.from({ length: 2000 }, (_, index) => `${index}.example.com`);

  test('of a domain is always the same one, and domains are spread over all buckets', () => {
    for (const name of names.slice(0, 9)) {
      expect(bucketOf(name, { buckets: 1, shards: 64 })).toBe(0);
      expect(bucketOf(name, { buckets: 8, shards: 8 })).toBe(
        bucketOf(name, { buckets: 8, shards: 1 }),
      );
    }
    const found = Map.groupBy(names, (name) => bucketOf(name, { buckets: 64, shards: 1 }));
    expect([...found.keys()].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 64 }, (_, at) => at),
    );
  });

  test('of a spread that is not whole is none to edit by', async () => {
    const { directory: own } = await freshTables();
    const one: Manifest = {
      ...{ home: own.name, buckets: 1, shards: 2, edition: 'e', registry: {}, roles: {} },
    };
    const save = (shard: number, more: Partial<Manifest> = {}) =>
      put(own, { ...manifestKey(0, shard), ...one, ...more });
    expect(await readInForce(own)).toBeUndefined();
    await save(0);
    const contested = { status: 503, said: { code: 'temporarily_unavailable' } };
    await expect(readInForce(own)).rejects.toMatchObject(contested);
    for (const other of [{ shards: 3 }, { buckets: 2 }]) {
      await save(1, other);
      await expect(readInForce(own)).rejects.toMatchObject(contested);
    }
    await save(1, { edition: 'of another edit' });
    expect(await readInForce(own)).toEqual({
      ...{ buckets: 1, shards: 2, manifests: [one, { ...one, edition: 'of another edit' }] },
    });
  });

  test('that names as much as there can be, in the table of the longest name, is one read unit', async () => {
    const pieces = new Set(names.map(pieceOf));
    expect(pieces.size).toBe(32);
    const naming = (all: Iterable<string>) =>
      Object.fromEntries([...all].map((piece) => [piece, pack({}).name]));
    const after: Manifest = {
      ...{ home: 'x'.repeat(255), buckets: 64, shards: 64, edition: 'x'.repeat(40) },
      registry: naming([...pieces, ANY_SEGMENT]),
      roles: naming(pieces),
      domains: pack({}).name,
    };
    await transact([manifestWrite(directory, { bucket: 63, shard: 63, before: undefined, after })]);
    expect(await unitsOf(63)).toBe(1);
    // That the judge tells one from two.
    const wide = { ...after, home: 'x'.repeat(2000) };
    await transact([
      manifestWrite(directory, { bucket: 62, shard: 63, before: undefined, after: wide }),
    ]);
    expect(await unitsOf(62)).toBe(2);
  });

  async function unitsOf(bucket: number): Promise<number | undefined> {
    const { ConsumedCapacity } = await directory.client.send(
      new GetItemCommand({
        TableName: directory.name,
        Key: marshall(manifestKey(bucket, 63)),
        ConsistentRead: true,
        ReturnConsumedCapacity: 'TOTAL',
      }),
    );
    return ConsumedCapacity?.CapacityUnits;
  }
});
