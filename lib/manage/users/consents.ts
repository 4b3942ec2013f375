/**
 * What a user has agreed that clients may do in their name: shown, and taken back. With an agreement all
 * that came of it ends, from the next call on: each grant, and its refresh token. Clients are told by the
 * events of the grants. A client that asks nobody has no agreement; its grants end all the same.
 *
 * The agreement goes first, so that no other grant comes of it, of a code on its way neither; who tries
 * again after a failure ends what is left.
 *
 * Errors: `not_found` for a user that is out of reach, `insufficient_scope` for one who holds more than the
 *         caller.
 *
 * @module
 */

import { requireHeld } from '../../authority/grant.ts';
import type { Administrator } from '../../authority/reach.ts';
import type { Item } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { consentWithdrawn, sessionEnded } from '../../events/kinds/session.ts';
import type { Trail } from '../../events/trail.ts';
import { readClient } from '../../store/directory/clients.ts';
import {
  deleteConsent,
  type Given,
  pageOfConsents as pageOf,
  readConsent,
} from '../../store/sessions/consents.ts';
import { grantsTo } from '../../store/sessions/grants.ts';
import { endSession } from '../../store/sessions/sessions.ts';
import type { Instant } from '../../time.ts';
import { findUser } from './lifecycle.ts';

/** `name`: none where the client is gone. */
export type Shown = Given & { name: string | undefined };

export async function pageOfConsents(
  { directory, sessions }: Tables,
  administrator: Administrator,
  user: string,
  page: { limit: number; after?: Item | undefined; now: Instant },
): Promise<{ items: Shown[]; next: Item | undefined }> {
  const { id } = await findUser(directory, administrator, user);
  const { items, next } = await pageOf(sessions, id, page);
  const clients = await Promise.all(items.map(({ client }) => readClient(directory, client)));
  const shown = items.map((given, index) => ({ ...given, name: clients[index]?.username }));
  return { items: shown, next };
}

export async function withdrawConsent(
  { directory, sessions }: Tables,
  administrator: Administrator,
  { user: id, client }: { user: string; client: string },
  { now, trail }: { now: Instant; trail: Trail },
): Promise<void> {
  const user = await findUser(directory, administrator, id);
  await requireHeld(directory, administrator.caller, user);
  const name = { subject: user.id, client };
  const given = await readConsent(sessions, name, now);
  const told = given && consentWithdrawn(user, { client, scopes: given.scopes });
  await deleteConsent(sessions, name, told && trail(told));
  for (const grant of await grantsTo(sessions, name)) {
    const of = { name: grant, domain: user.domain };
    const also = trail(sessionEnded(of, { why: 'administrator', client }));
    await endSession(sessions, grant, now, also);
  }
}
