/**
 * Which API keys and domain tokens somebody has made: to be found when that somebody has left.
 *
 * Item: { pk: "created#" + id of who made it, sk: subject id + " " + key, expiresAt? } in the sessions table,
 *       written and removed in the same transaction as the key or token
 * Units: expiresAt is epoch seconds, that of the key or token.
 *
 * @module
 */

import { queryPage } from '../../aws/query.ts';
import type { Item, Key, Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import type { SessionName, Standing } from './sessions.ts';

type Made = { name: SessionName; standing: Standing };

/** A token of a domain keeps the name of who made it beside the id, since a product shows that. */
export const creatorOf = ({ createdBy, creator = createdBy }: Standing): string => creator;

const createdKey = ({ name: { subject, key }, standing }: Made): Key => ({
  pk: `created#${creatorOf(standing)}`,
  sk: `${subject} ${key}`,
});

export const createdWrite = (table: Table, made: Made): Write => ({
  table,
  put: { ...createdKey(made), expiresAt: made.standing.expiresAt },
});
export const uncreatedWrite = (table: Table, made: Made): Write => ({
  table,
  remove: createdKey(made),
});

/** Of both kinds. No name of ours holds a space. */
export async function listCreated(
  sessions: Table,
  creator: string,
  page: { limit: number; after?: Item | undefined },
): Promise<{ names: SessionName[]; next: Item | undefined }> {
  const { items, next } = await queryPage(sessions, { partition: `created#${creator}`, ...page });
  const names = items.map(({ sk }) => {
    const [subject = '', key = ''] = String(sk).split(' ');
    return { subject, key };
  });
  return { names, next };
}
