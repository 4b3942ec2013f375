/** Conditional writes, held to each part of their condition. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, expect, test } from 'vitest';
import { type Item, put, type Table } from '../../../lib/aws/table.ts';
import { transact, type Write } from '../../../lib/aws/transaction.ts';
import { freshTables } from '../running/tables.ts';

/** Put over the item, where what is `undefined` is left out; or there is no item. */
type Changed = Readonly<Item> | 'none';

export type Conditional = {
  what: string;
  /** Where the condition holds. */
  item: Changed;
  /** Stores it; without one, under the key that it has. */
  save?: (table: Table, item: Item) => Promise<unknown>;
  /** Resolves to whether it was done, where it says so. */
  write: (table: Table) => Promise<unknown>;
  /** What is other than before, once it was done. */
  after: Readonly<Item> | 'gone';
  /** What is written with it, or not at all. */
  beside?: readonly Item[];
  /** Where it holds, too. */
  also?: Readonly<Record<string, Changed>>;
  /** Where it does not. */
  unless: Readonly<Record<string, Changed>>;
};

/** @returns Whether it was written, by itself. */
export const written = async (write: Write): Promise<boolean> =>
  !(await transact([write])).includes(true);

export function testCondition(
  of: 'directory' | 'sessions' | 'events',
  { item, save = put, write, after, beside = [], also = {}, unless }: Conditional,
): void {
  let table: Table;
  beforeEach(async () => {
    table = (await freshTables())[of];
  });
  const stored = async (): Promise<Item[]> => {
    const { Items = [] } = await table.client.send(new ScanCommand({ TableName: table.name }));
    return Items.map((one) => unmarshall(one));
  };
  const begin = async (changed: Changed): Promise<Item[]> => {
    if (changed !== 'none') await save(table, { ...(item === 'none' ? {} : item), ...changed });
    return stored();
  };

  test.each(Object.entries({ 'it is as it was seen': item, ...also }))(
    'where %s',
    async (_case, changed) => {
      const [before] = await begin(changed);
      expect(await write(table)).not.toBe(false);
      const wanted = after === 'gone' ? [] : [{ ...before, ...after }];
      const now = await stored();
      expect(now).toHaveLength(wanted.length + beside.length);
      expect(now).toEqual(
        expect.arrayContaining([...wanted, ...beside].map((one) => expect.objectContaining(one))),
      );
    },
  );

  test.each(Object.entries(unless))('not where %s', async (_case, changed) => {
    const before = await begin(changed);
    expect((await write(table)) ?? false).toBe(false);
    expect(await stored()).toEqual(before);
  });
}
