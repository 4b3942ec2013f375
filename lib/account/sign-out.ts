/**
 * Ends the session of whoever presents its credential; from then on, every call with it is refused.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { goOnUntold } from '../events/go-on.ts';
import { sessionSignedOut } from '../events/kinds/session.ts';
import { type CalledFrom, ownerOf, type TrailServices, trailOf } from '../events/trail.ts';
import { provePresented, type TokenServices } from '../guard/prove.ts';
import type { Presented } from '../http/credential.ts';
import { endGrant } from '../store/sessions/participants.ts';
import { endSession } from '../store/sessions/sessions.ts';

export type SignOutServices = { tables: Tables; tokens: TokenServices; trail: TrailServices };

/** `reason`: for the log. */
export async function signOut(
  { tables, tokens, trail }: SignOutServices,
  presented: Presented,
  from: CalledFrom,
): Promise<{ status: 'ok' } | { status: 'nobody'; reason: string }> {
  const proven = await provePresented(tokens, presented);
  if (proven.status === 'invalid') return { status: 'nobody', reason: proven.reason };
  // Only a client's can be a grant; a dialect's ends in one write.
  const end = proven.hints.client === undefined ? endSession : endGrant;
  const { name, hints } = proven;
  const events = trailOf(
    trail,
    ownerOf(name),
    from,
  )(sessionSignedOut({ name, domain: hints.domain }));
  const ended = await goOnUntold(events, { ...trail, what: 'sign-out' }, (also) =>
    end(tables.sessions, name, tokens.now(), also),
  );
  return ended ? { status: 'ok' } : { status: 'nobody', reason: 'the session has ended already' };
}
