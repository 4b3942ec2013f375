/**
 * Whose a login name is, and how often it has been tried of late: read together in one strongly
 * consistent request, so that the second question costs a sign-in nothing.
 *
 * @module
 */

import { batchGet } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import type { Instant } from '../../time.ts';
import { loginKeys, userIdOf } from '../directory/login-owners.ts';
import { type Attempts, attemptsOf, wantedAttempts } from '../sessions/attempts.ts';

export type LoginSnapshot = {
  userId: string | undefined;
  /** In the order asked for. */
  attempts: Attempts[];
};

/**
 * @param name - Already normalised (../directory/login-name.ts).
 * @param whats - What is counted (attempts.ts).
 * @param now - Epoch seconds.
 */
export async function readLogin(
  { directory, sessions }: Tables,
  { name, whats }: { name: string; whats: readonly string[] },
  now: Instant,
): Promise<LoginSnapshot> {
  const claims = loginKeys(name).map((key) => ({ table: directory, key }));
  const found = await batchGet([...claims, ...wantedAttempts(sessions, whats, now)]);
  return {
    userId: userIdOf(found.slice(0, claims.length)),
    attempts: found.slice(claims.length).map(attemptsOf),
  };
}
