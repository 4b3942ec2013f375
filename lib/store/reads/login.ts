/**
 * Whose a login name is, and how often it has been tried of late: read together in one strongly
 * consistent request, so that the second question costs a sign-in nothing.
 *
 * @module
 */

import { batchGet } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import type { Instant } from '../../time.ts';
import { loginKey, userIdOf } from '../directory/users.ts';
import { type Attempts, attemptsOf, wantedAttempts } from '../sessions/attempts.ts';

export type LoginSnapshot = {
  userId: string | undefined;
  /** In the order asked for. */
  attempts: Attempts[];
};

/**
 * @param name - Already normalised (access/login-name.ts).
 * @param whats - What is counted (attempts.ts).
 * @param now - Epoch seconds.
 */
export async function readLogin(
  { directory, sessions }: Tables,
  { name, whats }: { name: string; whats: readonly string[] },
  now: Instant,
): Promise<LoginSnapshot> {
  const [login, ...counted] = await batchGet([
    { table: directory, key: loginKey(name) },
    ...wantedAttempts(sessions, whats, now),
  ]);
  return { userId: userIdOf(login), attempts: counted.map(attemptsOf) };
}
