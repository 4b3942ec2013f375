/**
 * Signing keys that are good for nothing any more: for the rotation to obey, which alone writes keys.
 *
 * Item:   { pk: "keys#withdrawn", sk: "keys#withdrawn", kids: [...], at }; the last withdrawal
 * Units:  at is epoch seconds.
 *
 * @module
 */
import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { get, type Key, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';

const WITHDRAWAL: Key = { pk: 'keys#withdrawn', sk: 'keys#withdrawn' };

const WithdrawalItem = v.object({ kids: v.array(v.string()), at: InstantItem });
export type Withdrawal = v.InferOutput<typeof WithdrawalItem>;

export async function readWithdrawal(directory: Table): Promise<Withdrawal | undefined> {
  const item = await get(directory, WITHDRAWAL);
  return item && parseItem(WithdrawalItem, item);
}

/** @param also - Written with it, or not at all. */
export async function saveWithdrawal(
  table: Table,
  withdrawal: Withdrawal,
  also: readonly Write[],
): Promise<void> {
  await transact([{ table, put: { ...WITHDRAWAL, ...withdrawal } }, ...also]);
}
