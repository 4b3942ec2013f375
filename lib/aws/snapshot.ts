/**
 * Several items as they were at one moment: of each transaction all that it wrote to them shows, or nothing. A
 * batch read is no such thing (table.ts).
 *
 * Errors: as in table.ts; `temporarily_unavailable` where they are being written all the time. At most 100
 *         items, and 4 MB.
 *
 * @module
 * @see "Amazon DynamoDB Transactions: How it works" in the Amazon DynamoDB Developer Guide
 */
import { TransactGetItemsCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { toFault } from './fault.ts';
import type { Item, Key, Table } from './table.ts';
import { conflicts } from './transaction.ts';

/** @returns In the order asked for; `undefined` where there is none. */
export async function snapshot(
  wanted: readonly { table: Table; key: Key }[],
): Promise<(Item | undefined)[]> {
  const client = wanted[0]?.table.client;
  if (!client) return [];
  const TransactItems = wanted.map(({ table, key }) => ({
    Get: { TableName: table.name, Key: marshall(key) },
  }));
  const isOver = conflicts();
  for (;;) {
    try {
      const { Responses = [] } = await client.send(new TransactGetItemsCommand({ TransactItems }));
      return wanted.map((_, index) => {
        const found = Responses[index]?.Item;
        return found && unmarshall(found);
      });
    } catch (error) {
      if (await isOver(error)) throw toFault(error);
    }
  }
}
