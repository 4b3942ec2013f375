/** Items as they were at one moment, in the order asked for; where they are being written, once more. */
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { snapshot } from '../../lib/aws/snapshot.ts';
import { put } from '../../lib/aws/table.ts';
import { transact } from '../../lib/aws/transaction.ts';
import { broken, cancelled, startProxy } from '../support/running/proxy.ts';
import { freshTables } from '../support/running/tables.ts';

const proxy = await startProxy(inject('dynamodb'));
const { directory, sessions } = await freshTables(proxy.endpoint, 1);
const ITEM = { pk: 'a', sk: 'item', n: 1, more: ['x'] };
const OTHER = { pk: 'a', sk: 'item', n: 2 };
beforeAll(async () => {
  await put(directory, ITEM);
  await put(sessions, OTHER);
  proxy.requests.length = 0;
});
afterEach(() => {
  proxy.heal();
  proxy.requests.length = 0;
});
afterAll(() => proxy.stop());

const key = { pk: 'a', sk: 'item' };
const read = () =>
  snapshot([
    { table: sessions, key },
    { table: directory, key: { pk: 'b', sk: 'item' } },
    { table: directory, key },
  ]);
const sent = () => proxy.requests.map(({ action }) => action);

test('of several tables it is one request, and what is not there is missing in its place', async () => {
  expect(await read()).toEqual([OTHER, undefined, ITEM]);
  expect(sent()).toEqual(['TransactGetItems']);
});

test('of nothing it is nothing, without a request', async () => {
  expect(await snapshot([])).toEqual([]);
  expect(sent()).toEqual([]);
});

test('that met a write is read again', async () => {
  let met = 0;
  proxy.inject(() => {
    met += 1;
    return met <= 2 ? cancelled('None', 'TransactionConflict', 'None') : undefined;
  });
  expect(await read()).toEqual([OTHER, undefined, ITEM]);
  expect(sent()).toHaveLength(3);
});

test('that always meets one, or finds the database down, is said to come again later', async () => {
  const later = { said: { code: 'temporarily_unavailable' } };
  proxy.inject(() => cancelled('TransactionConflict'));
  await expect(read()).rejects.toMatchObject(later);
  expect(sent()).toHaveLength(5);
  proxy.inject(() => broken);
  await expect(read()).rejects.toMatchObject(later);
  expect(sent()).toHaveLength(6);
});

test('of a transaction it shows all, or nothing', async () => {
  const keys = ['c', 'd', 'e', 'f'].map((pk) => ({ pk, sk: 'item' }));
  const write = (n: number) =>
    transact(keys.map((one) => ({ table: directory, put: { ...one, n } })));
  await write(0);
  const writing = { isOver: false };
  const written = (async () => {
    for (let n = 1; n <= 30; n += 1) await write(n);
    writing.isOver = true;
  })();
  while (!writing.isOver) {
    const items = await snapshot(keys.map((one) => ({ table: directory, key: one })));
    expect(new Set(items.map((item) => item?.['n'])).size).toBe(1);
  }
  await written;
});
