/**
 * Whose a login name is, and how often it has been tried of late: read together in one strongly
 * consistent request, so that the second question costs a sign-in nothing.
 *
 * @module
 */
import { type Attempts, attemptsOf, wantedAttempts } from './attempts.ts';
import type { Tables } from './snapshot.ts';
import { batchGet } from './table.ts';
import { loginKey, userIdOf } from './users.ts';

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
  now: number,
): Promise<LoginSnapshot> {
  const [login, ...counted] = await batchGet([
    { table: directory, key: loginKey(name) },
    ...wantedAttempts(sessions, whats, now),
  ]);
  return { userId: userIdOf(login), attempts: counted.map(attemptsOf) };
}
