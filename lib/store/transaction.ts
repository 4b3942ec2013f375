/**
 * Several writes as one: all of them happen, or none.
 *
 * Errors: as in table.ts; a condition that does not hold is an answer. At most 100 writes.
 *
 * @module
 */
import { TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { toFault } from './fault.ts';
import { conditionOf, type Expression, type Item, type Key, type Table } from './table.ts';

export type Write = { table: Table; when?: Expression } & ({ put: Item } | { remove: Key });

/** @returns Which conditions failed, one a write; all `false` when everything was written. */
export async function transact(writes: readonly Write[]): Promise<boolean[]> {
  const client = writes[0]?.table.client;
  if (!client) return [];
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems: writes.map(toItem) }));
    return writes.map(() => false);
  } catch (error) {
    const reasons =
      error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    const failed = reasons.map(({ Code }) => Code === 'ConditionalCheckFailed');
    if (failed.includes(true)) return failed;
    throw toFault(error);
  }
}

function toItem({ table, when, ...write }: Write) {
  const common = { TableName: table.name, ...conditionOf(when) };
  return 'put' in write
    ? { Put: { ...common, Item: marshall(write.put, { removeUndefinedValues: true }) } }
    : { Delete: { ...common, Key: marshall(write.remove) } };
}
