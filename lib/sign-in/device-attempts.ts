/**
 * Attempts to sign in in a browser in which the user has signed in before, where all others would have to
 * wait: counted for that browser and that user alone, by the rule of a name from one address (throttle.ts). So
 * no stranger uses up what the owner may try, and whoever has stolen the cookie gets few tries.
 *
 * Counted before the password is looked at, so that many at once count too.
 *
 * Units: epoch seconds.
 *
 * @module
 * @see OWASP, Slow Down Online Guessing Attacks with Device Cookies
 */
import type { Table } from '../aws/table.ts';
import { sha256 } from '../crypto.ts';
import { countAttempt, readAttempts } from '../store/sessions/attempts.ts';
import type { Instant } from '../time.ts';
import { deviceHash } from './known-device.ts';
import { type Attempt, OF_ONE_PLACE, waitOf } from './throttle.ts';

const countedOf = (userId: string, secret: string): string =>
  sha256(`device\n${userId}\n${deviceHash(secret)}`).toString('base64url');

/** @param of - A user, and the secret of a browser that is known to be theirs. */
export async function beginInDevice(
  sessions: Table,
  { userId, secret }: { userId: string; secret: string },
  now: Instant,
): Promise<Attempt | { early: number }> {
  const what = countedOf(userId, secret);
  const [seen] = await readAttempts(sessions, [what], now);
  const early = waitOf(OF_ONE_PLACE, seen, now);
  if (early > 0) return { early };
  const counted = await countAttempt(sessions, { what, seen, below: OF_ONE_PLACE.free }, now);
  if (!counted) return { early: 1 };
  return { whats: [what], countedAt: now, wait: 0, count: (seen?.count ?? 0) + 1 };
}
