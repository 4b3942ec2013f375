/**
 * Who holds a role: to be known before the role is deleted or its name is used again, and to be listed.
 *
 * Item: { pk: "holders#" + role, sk: id, list, listSort } in the directory for each user and client that
 *       holds it, written in the same transaction as the holder itself
 *       { pk: "holders#" + role, sk: subject id + " " + key, expiresAt? } in the sessions table for
 *       each key or token of a domain that has roles, likewise
 * Index: byList (list, listSort) of the directory: "holder#" + kind + "#" + role + "#" + domain, as the lists
 *       of users and of clients are sorted
 * Units: expiresAt is epoch seconds, the holder's own.
 *
 * @module
 */

import { queryPage } from '../../aws/query.ts';
import type { Item, Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import type { Write } from '../../aws/transaction.ts';
import { type Instant, isOver, NEVER } from '../../time.ts';
import { inList, type Listed } from './disabled.ts';

export type Holder = {
  id: string;
  roles: readonly string[];
  expiresAt?: Instant | undefined;
  /** Of a user or a client. */
  listed?: Listed | undefined;
};

/** The writes to put into the transaction that makes, changes or deletes the holder. */
export function holderWrites(
  table: Table,
  before: Holder | undefined,
  after: Holder | undefined,
): Write[] {
  const [held, holds] = [new Set(before?.roles), new Set(after?.roles)];
  const key = (role: string) => ({ pk: holdersOf(role), sk: before?.id ?? after?.id ?? '' });
  const isMoved = before?.listed?.name !== after?.listed?.name;
  return [
    ...[...(isMoved ? holds : holds.difference(held))].map((role) => ({
      table,
      put: {
        ...key(role),
        expiresAt: after?.expiresAt,
        ...(after?.listed && inList(holderList(after.listed, role), after.listed)),
      },
    })),
    ...[...held.difference(holds)].map((role) => ({ table, remove: key(role) })),
  ];
}

export const holdersOf = (role: string): string => `holders#${role}`;
/** The id of a user or a client that holds the role, or of the one that a list names. */
export const holderId = ({ sk }: Item): string => String(sk);

export const holderList = ({ kind, domain }: Pick<Listed, 'kind' | 'domain'>, role: string) =>
  `holder#${kind}#${role}#${domain}`;

/** @param now - Epoch seconds: a key that has expired holds nothing. */
export async function isHeld(
  { directory, sessions }: Tables,
  role: string,
  now: Instant,
): Promise<boolean> {
  const partition = holdersOf(role);
  const subjects = await queryPage(directory, { partition, limit: 1 });
  if (subjects.items.length > 0) return true;
  let after: Item | undefined;
  do {
    const page = await queryPage(sessions, { partition, limit: 100, after });
    const alive = ({ expiresAt = NEVER }: { expiresAt?: Instant }) => !isOver(expiresAt, now);
    if (page.items.some(alive)) return true;
    after = page.next;
  } while (after);
  return false;
}
