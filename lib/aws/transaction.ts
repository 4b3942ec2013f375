/**
 * Several writes as one: all of them happen, or none.
 *
 * Errors: as in table.ts; a condition that does not hold is an answer, and none holds for what can be no
 *         key. At most 100 writes.
 *
 * @module
 */
import { TransactionCanceledException, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { toFault } from './fault.ts';
import { isStorable } from './storable-key.ts';
import { conditionOf, type Expression, type Item, type Key, type Table } from './table.ts';

/** To a number that starts as 0; unconditional. */
type Adding = { add: Key; attribute: string; amount: number; when?: never };
export type Write = { table: Table; when?: Expression } & (
  | { put: Item }
  | { remove: Key }
  | { update: Key; set: Expression }
  | Adding
  /** Writes nothing: the others happen only if this holds. */
  | { check: Key; when: Expression }
);

/** Transactions that touch one item at once refuse each other; the next try finds out who won. */
const RETRIES = 4;
/** Why a transaction was cancelled that will never pass. */
const OUR_FAULT = ['ValidationError', 'ItemCollectionSizeLimitExceeded'];

/** @returns Which conditions failed, one a write; all `false` when everything was written. */
export async function transact(writes: readonly Write[]): Promise<boolean[]> {
  const client = writes[0]?.table.client;
  if (!client) return [];
  const absent = writes.map(isNowhere);
  if (absent.includes(true)) return absent;
  const TransactItems = writes.map(toItem);
  const isOver = conflicts();
  for (;;) {
    try {
      await client.send(new TransactWriteItemsCommand({ TransactItems }));
      return writes.map(() => false);
    } catch (error) {
      const codes = codesOf(error);
      const failed = codes.map((code) => code === 'ConditionalCheckFailed');
      if (failed.includes(true)) return failed;
      if (codes.some((code) => OUR_FAULT.includes(code))) throw error;
      if (await isOver(error)) throw toFault(error);
    }
  }
}

/** @returns What to ask after each failure: whether it was the last try; otherwise it waits first. */
export function conflicts(): (error: unknown) => Promise<boolean> {
  let tries = 0;
  return async (error) => {
    if (tries >= RETRIES || !codesOf(error).includes('TransactionConflict')) return true;
    await new Promise((resolve) => setTimeout(resolve, 40 * 2 ** tries * Math.random()));
    tries += 1;
    return false;
  };
}

/** Why it was cancelled, one a write. */
const codesOf = (error: unknown): string[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code = '' }) => Code)
    : [];

/** Of what has to be there already. What is put is new, and has the key that we give it. */
function isNowhere(write: Write): boolean {
  if ('remove' in write) return !isStorable(write.remove);
  if ('update' in write) return !isStorable(write.update);
  return 'check' in write && !isStorable(write.check);
}

function toItem(all: Write) {
  if ('check' in all) {
    const Key = marshall(all.check);
    return { ConditionCheck: { TableName: all.table.name, Key, ...conditionOf(all.when) } };
  }
  const { table, when, ...write } = all;
  const common = { TableName: table.name, ...conditionOf(when) };
  if ('put' in write)
    return { Put: { ...common, Item: marshall(write.put, { removeUndefinedValues: true }) } };
  if ('remove' in write) return { Delete: { ...common, Key: marshall(write.remove) } };
  if ('add' in write) return { Update: { TableName: table.name, ...adding(write) } };
  return {
    Update: {
      TableName: table.name,
      Key: marshall(write.update),
      UpdateExpression: `SET ${write.set.expression}`,
      ...conditionOf(joined(write.set, when)),
    },
  };
}

const adding = ({ add, attribute, amount }: Adding) => ({
  Key: marshall(add),
  UpdateExpression: `ADD ${attribute} :amount`,
  ExpressionAttributeValues: marshall({ ':amount': amount }),
});

/** The condition, with the values and names of both: DynamoDB takes them once an item. */
const joined = (set: Expression, when: Expression | undefined): Expression => ({
  expression: when?.expression ?? 'attribute_exists(pk)',
  values: { ...set.values, ...when?.values },
  names: { ...set.names, ...when?.names },
});
