/**
 * How often somebody may try to sign in. No account is switched off by failures: after some free
 * attempts each further one has to wait twice as long as the one before, so guessing gets slow and a
 * person who has mistyped does not notice. Every door counts with these rules on the same counters, so
 * another door gives no fresh attempts.
 *
 * Here, as the pages need it, an attempt is counted before the password is looked at, so that many at
 * once count too, and forgiven when it was right. The dialects count after it: count-failures.ts.
 *
 *   account from one address    5 free, then 1 s, 2 s, 4 s … to the end of the window
 *   account from anywhere       50 free, then up to 30 s; it does not hold whoever is known at the address
 *   address, any account        100 free, then up to 30 s: a whole office may be behind it
 *
 * Known is a user with a live session that was opened at that address (known-address.ts). Without the
 * exemption strangers could keep the owner out everywhere: enough addresses take each turn as it comes.
 *
 * NOT covered: an owner at an address where they have no session. Enough addresses can keep them out
 * there as long as they go on, whatever the password. What is left then: a device that is signed in or
 * shares its address, an administrator, AWS WAF.
 *
 * An account is a name as it was given, in its normal form: a user with two names has attempts for
 * each.
 *
 * Units: epoch seconds.
 *
 * @module
 * @see NIST SP 800-63B-4 §3.2.2 (rate limiting), OWASP Authentication Cheat Sheet (exponential delay)
 */

import type { Table } from '../aws/table.ts';
import { sha256 } from '../crypto.ts';
import { normaliseLoginName } from '../store/directory/login-name.ts';
import {
  type Attempts,
  countAttempt,
  forgiveAttempt,
  NO_ATTEMPTS,
  readAttempts,
  WINDOW,
  windowEnd,
} from '../store/sessions/attempts.ts';
import type { Instant } from '../time.ts';

const RULES = [
  {
    of: (name: string, ip: string) => `account and address\n${name}\n${ip}`,
    free: 5,
    most: WINDOW,
    sparesKnown: false,
  },
  { of: (name: string) => `account\n${name}`, free: 50, most: 30, sparesKnown: true },
  {
    of: (_name: string, ip: string) => `address\n${ip}`,
    free: 100,
    most: 30,
    sparesKnown: false,
  },
] as const;

export type Tried = { username: string; ip: string };

/** What is counted of it, one a rule: hashes (store/attempts.ts). */
export function countedOf({ username, ip }: Tried): string[] {
  const name = normaliseLoginName(username) ?? '';
  return RULES.map(({ of }) => sha256(of(name, ip)).toString('base64url'));
}

/** @returns Seconds until another one may be made; 0 where it may be now. */
export function waitAfter(seen: readonly Attempts[], now: Instant, known = false): number {
  const turns = RULES.map((rule, index) =>
    known && rule.sparesKnown ? 0 : nextAt(rule, seen[index]),
  );
  return Math.max(0, Math.min(Math.max(...turns), windowEnd(now)) - now);
}

/** Whether the user is known at the address. */
export type IsKnown = () => Promise<boolean>;

/** As waitAfter. Who is known is asked only where that alone decides, and so nearly never. */
export async function waitUnlessKnown(
  seen: readonly Attempts[],
  now: Instant,
  isKnown: IsKnown,
): Promise<{ wait: number; known: boolean }> {
  const wait = waitAfter(seen, now);
  const decides = wait > 0 && waitAfter(seen, now, true) === 0;
  const known = decides && (await isKnown());
  return { wait: known ? 0 : wait, known };
}

export type Attempt = { whats: readonly string[]; countedAt: Instant };

/** @returns How many seconds to wait, where it is too early for another one. */
export async function beginAttempt(
  sessions: Table,
  tried: Tried,
  now: Instant,
  isKnown: IsKnown,
): Promise<Attempt | { wait: number }> {
  const whats = countedOf(tried);
  const attempt = { whats, countedAt: now };
  // Nearly always nobody has to wait, and then nothing need be read.
  if (await count(sessions, attempt)) return attempt;
  const seen = await readAttempts(sessions, whats, now);
  const { wait, known } = await waitUnlessKnown(seen, now, isKnown);
  if (wait > 0) return { wait };
  // Somebody else was quicker, and now it is their attempt that has to be waited for.
  return (await count(sessions, attempt, { seen, known })) ? attempt : { wait: 1 };
}

/** All of them, or none. */
async function count(
  sessions: Table,
  attempt: Attempt,
  { seen, known }: { seen: Attempts[]; known: boolean } = { seen: [], known: false },
): Promise<boolean> {
  const { whats, countedAt } = attempt;
  const counted = await Promise.all(
    RULES.map(({ free, sparesKnown }, index) => {
      const below = known && sparesKnown ? Number.MAX_SAFE_INTEGER : free;
      return countAttempt(
        sessions,
        { what: whats[index] ?? '', seen: seen[index], below },
        countedAt,
      );
    }),
  );
  if (!counted.includes(false)) return true;
  await endAttempt(sessions, { whats: whats.filter((_, index) => counted[index]), countedAt });
  return false;
}

type Rule = (typeof RULES)[number];
const nextAt = ({ free, most }: Rule, { count, lastAt }: Attempts = NO_ATTEMPTS): number =>
  count < free ? 0 : lastAt + Math.min(most, 2 ** (count - free));

/** It does not count: the password was right. */
export async function endAttempt(sessions: Table, { whats, countedAt }: Attempt): Promise<void> {
  await Promise.all(whats.map((what) => forgiveAttempt(sessions, what, countedAt)));
}
