/** Transactions: all or nothing, whoever else writes, and what a cancelled one means. */
import { afterAll, afterEach, describe, expect, inject, test } from 'vitest';
import { batchGet, get, type Key, put } from '../../lib/aws/table.ts';
import { transact } from '../../lib/aws/transaction.ts';
import { unstorable } from '../support/data/unstorable-keys.ts';
import { cancelled, startProxy } from '../support/running/proxy.ts';
import { freshTables } from '../support/running/tables.ts';

const proxy = await startProxy(inject('dynamodb'));
const { directory, sessions } = await freshTables(proxy.endpoint, 1);
afterEach(() => {
  proxy.heal();
  proxy.requests.length = 0;
});
afterAll(() => proxy.stop());

const key = (pk: string): Key => ({ pk, sk: 'item' });
const item = (pk: string, members: object = {}) => ({ ...key(pk), ...members });
const absent = { expression: 'attribute_not_exists(pk)' };

describe('a transaction', () => {
  test('writes all of its items or none', async () => {
    await put(directory, item('taken', { by: 'first' }));
    const writes = ['t1', 'taken', 't2'].map((pk) => ({
      table: directory,
      put: item(pk, { by: 'second' }),
      when: absent,
    }));
    expect(await transact(writes)).toEqual([false, true, false]);
    expect(await Promise.all(['t1', 't2'].map((pk) => get(directory, key(pk))))).toEqual([
      undefined,
      undefined,
    ]);
    expect(await get(directory, key('taken'))).toEqual(item('taken', { by: 'first' }));
  });

  test('spans tables', async () => {
    const writes = [directory, sessions].map((table) => ({
      table,
      put: item('both'),
      when: absent,
    }));
    expect(await transact(writes)).toEqual([false, false]);
    expect(await transact([...writes].reverse())).toEqual([true, true]);
  });

  test('of which 20 race for one item succeeds once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        transact([
          { table: directory, put: item(`side-${at}`), when: absent },
          { table: directory, put: item('prize'), when: absent },
        ]),
      ),
    );
    expect(answers.filter((failed) => !failed.includes(true))).toHaveLength(1);
    const sides = answers.map((_, at) => ({ table: directory, key: key(`side-${at}`) }));
    expect((await batchGet(sides)).filter(Boolean)).toHaveLength(1);
  });

  const sent = () => proxy.requests.filter(({ action }) => action === 'TransactWriteItems');
  const one = (pk: string) => [{ table: directory, put: item(pk), when: absent }];

  test('that met another one is tried again, and then it is written', async () => {
    let first = true;
    proxy.inject(() => {
      if (!first) return undefined;
      first = false;
      return cancelled('None', 'TransactionConflict');
    });
    expect(await transact(one('again'))).toEqual([false]);
    expect(sent()).toHaveLength(2);
    expect(await get(directory, key('again'))).toEqual(item('again'));
  });

  test('that meets others always is unavailable after the fifth try', async () => {
    proxy.inject(() => cancelled('TransactionConflict', 'None'));
    await expect(transact(one('never'))).rejects.toMatchObject({
      said: { code: 'temporarily_unavailable' },
      status: 503,
    });
    expect(sent()).toHaveLength(5);
    proxy.heal();
    expect(await get(directory, key('never'))).toBeUndefined();
  });

  test('whose condition fails is not tried again, even if it also met another one', async () => {
    proxy.inject(() => cancelled('TransactionConflict', 'ConditionalCheckFailed'));
    expect(await transact(one('lost'))).toEqual([false, true]);
    expect(sent()).toHaveLength(1);
  });

  test.each(['ValidationError', 'ItemCollectionSizeLimitExceeded'])(
    'that can never be written (%s) is a fault of ours, and not tried again',
    async (code) => {
      proxy.inject(() => cancelled('None', code));
      const refused = { name: 'TransactionCanceledException' };
      await expect(transact(one('invalid'))).rejects.toMatchObject(refused);
      expect(sent()).toHaveLength(1);
    },
  );

  test('that holds a number which cannot be stored is a fault of ours, and not sent', async () => {
    const writes = [{ table: directory, put: item('huge', { number: 1e49 }) }];
    await expect(transact(writes)).rejects.not.toMatchObject({ said: expect.anything() });
    expect(sent()).toHaveLength(0);
  });

  test.each(unstorable)(
    'that changes what has %s as its key fails there, and is not sent',
    async (_case, at) => {
      const set = { expression: 'a = :a', values: { ':a': 1 } };
      const others = [{ table: directory, put: item('beside') }];
      for (const write of [{ remove: at }, { update: at, set }, { check: at, when: absent }])
        expect(await transact([...others, { table: directory, ...write }])).toEqual([false, true]);
      expect(sent()).toHaveLength(0);
      expect(await get(directory, key('beside'))).toBeUndefined();
    },
  );

  test('that was cancelled for anything else is not tried again', async () => {
    proxy.inject(() => cancelled('ThrottlingError'));
    await expect(transact(one('slow'))).rejects.toMatchObject({
      said: { code: 'temporarily_unavailable' },
    });
    expect(sent()).toHaveLength(1);
  });
});
