/**
 * What an administrator can ask about after a user was deleted, by the ticket of the deletion.
 *
 * Item:  { pk: user id, sk: "deletion#" + ticket, domain, expiresAt } in the sessions table
 * Units: epoch seconds; DynamoDB deletes late, so a reader compares expiresAt itself.
 *
 * @module
 */
import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { get, type Key, put, type Table } from '../../aws/table.ts';

const DeletionItem = v.object({ domain: v.string(), expiresAt: InstantItem });
export type Deletion = v.InferOutput<typeof DeletionItem>;

const deletionKey = (userId: string, ticket: string): Key => ({
  pk: userId,
  sk: `deletion#${ticket}`,
});

export const saveDeletion = (
  sessions: Table,
  { userId, ticket }: { userId: string; ticket: string },
  deletion: Deletion,
) => put(sessions, { ...deletionKey(userId, ticket), ...deletion });

export async function readDeletion(
  sessions: Table,
  { userId, ticket }: { userId: string; ticket: string },
): Promise<Deletion | undefined> {
  const item = await get(sessions, deletionKey(userId, ticket));
  return item && parseItem(DeletionItem, item);
}
