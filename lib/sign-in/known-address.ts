/**
 * Whether a user is known at an address, or in its network: a live session of theirs was opened there, with
 * a password. The rules that others can use up do not hold them there (throttle.ts).
 *
 * Whoever has stolen a session is known nowhere by it: what counts is where it was opened, not where
 * it is used. Neither is a client that a user has let in, at its own address.
 *
 * Errors: those of lib/aws/table.ts; a name of nobody is known nowhere, by the same requests.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { readUser } from '../store/directory/users.ts';
import { readMembership } from '../store/reads/membership.ts';
import { hasSignInFrom } from '../store/sessions/known-address.ts';
import type { Instant } from '../time.ts';
import { NOBODY } from './authenticate.ts';

/** No session has it. */
const NO_GENERATION = -1;

/** @param now - Epoch seconds. */
export async function isKnownAt(
  { directory, sessions }: Tables,
  { userId = NOBODY, ip }: { userId: string | undefined; ip: string },
  now: Instant,
): Promise<boolean> {
  const user = await readUser(directory, userId);
  const hints = { domain: user?.domain ?? NOBODY, roles: [] };
  const { domain } = await readMembership(directory, hints);
  const generations = {
    subjectGeneration: user?.generation ?? NO_GENERATION,
    domainGeneration: domain?.generation ?? NO_GENERATION,
  };
  return hasSignInFrom(sessions, { subject: userId, ip, ...generations }, now);
}
