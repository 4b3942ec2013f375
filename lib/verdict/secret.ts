/**
 * Random secrets of machines: kept as SHA-256, which is enough for 256 random bits, and compared in
 * constant time. Two may live at once while one replaces the other.
 *
 * @module
 */

import { equalInConstantTime, sha256 } from '../crypto.ts';
import type { SecretHash } from '../store/directory/secret-hash.ts';
import { isStanding, type Session } from '../store/sessions/sessions.ts';
import { after, earlier, type Instant, isOver, NEVER, type Seconds } from '../time.ts';

export const hashSecret = (secret: string): string => sha256(secret).toString('hex');

/** @param now - Epoch seconds; a replaced secret ends at its `until`. */
export function isOneOf(secrets: readonly SecretHash[], presented: string, now: Instant): boolean {
  const digest = sha256(presented);
  const matching = secrets.filter(({ hash, until = NEVER }) => {
    // Compared first, so that the time does not tell which of them it was.
    const equal = equalInConstantTime(Buffer.from(hash, 'hex'), digest);
    return equal && !isOver(until, now);
  });
  return matching.length > 0;
}

/** A session with secrets needs one of them; one without must not be opened by a secret. */
export function secretMatches(
  session: Session,
  presented: string | undefined,
  now: Instant,
): boolean {
  const secrets = isStanding(session) ? session.secrets : undefined;
  if (!secrets || presented === undefined) return secrets === undefined && presented === undefined;
  return isOneOf(secrets, presented, now);
}

/** The newest secret, and the one before it until the overlap ends; older ones are dropped. */
export const replaced = (
  secrets: readonly SecretHash[],
  secret: string,
  { now, overlap }: { now: Instant; overlap: Seconds },
): SecretHash[] => [
  { hash: hashSecret(secret) },
  ...secrets
    .slice(0, 1)
    .filter(() => overlap > 0)
    .map(({ hash, until = NEVER }) => ({
      hash,
      until: earlier(until, after(now, overlap)),
    })),
];
