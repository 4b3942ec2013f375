/**
 * Ends the session of whoever presents its credential; from then on, every call with it is refused.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { provePresented, type TokenServices } from '../guard/prove.ts';
import type { Presented } from '../http/credential.ts';
import { endGrant } from '../store/sessions/participants.ts';
import { endSession } from '../store/sessions/sessions.ts';

export type SignOutServices = { tables: Tables; tokens: TokenServices };

/** `reason`: for the log. */
export async function signOut(
  { tables, tokens }: SignOutServices,
  presented: Presented,
): Promise<{ status: 'ok' } | { status: 'nobody'; reason: string }> {
  const proven = await provePresented(tokens, presented);
  if (proven.status === 'invalid') return { status: 'nobody', reason: proven.reason };
  // Only a client's can be a grant; a dialect's ends in one write.
  const end = proven.hints.client === undefined ? endSession : endGrant;
  const ended = await end(tables.sessions, proven.name, tokens.now());
  return ended ? { status: 'ok' } : { status: 'nobody', reason: 'the session has ended already' };
}
