/**
 * Deletes a user and hands out a ticket to ask about it with. The user is gone, and every session
 * dead, when the ticket is handed out; asking is for clients that expect it to take a while.
 *
 * The ticket is kept before the user is deleted, so that a fault in between leaves nothing but a
 * ticket that nobody has.
 *
 * Units:  epoch seconds.
 * Errors: those of lifecycle.ts
 *
 * @module
 */

import { type Administrator, inReach } from '../../authority/reach.ts';
import type { Tables } from '../../aws/tables.ts';
import { randomKey } from '../../crypto.ts';
import type { Trail } from '../../events/trail.ts';
import { readUser } from '../../store/directory/users.ts';
import { readDeletion, saveDeletion } from '../../store/sessions/deletions.ts';
import { after, type Instant, isOver, seconds } from '../../time.ts';
import { deleteUser, findUser } from './lifecycle.ts';

/** How long a ticket is good for. */
const TICKET_SECONDS = seconds(86_400);

/** @returns The ticket. */
export async function deleteWithTicket(
  tables: Tables,
  administrator: Administrator,
  id: string,
  now: Instant,
  trail?: Trail,
): Promise<string> {
  const { directory, sessions } = tables;
  const user = await findUser(directory, administrator, id);
  const ticket = randomKey();
  await saveDeletion(
    sessions,
    { userId: id, ticket },
    { domain: user.domain, expiresAt: after(now, TICKET_SECONDS) },
  );
  await deleteUser(tables, administrator, id, { trail });
  return ticket;
}

/** @returns `false` without such a ticket, or one of a deletion that was refused. */
export async function isDeleted(
  { directory, sessions }: Tables,
  administrator: Administrator,
  deletion: { userId: string; ticket: string },
  now: Instant,
): Promise<boolean> {
  const found = await readDeletion(sessions, deletion);
  if (!found || isOver(found.expiresAt, now)) return false;
  if (!inReach(administrator, { id: deletion.userId, domain: found.domain })) return false;
  return (await readUser(directory, deletion.userId)) === undefined;
}
