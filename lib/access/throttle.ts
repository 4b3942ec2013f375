/**
 * How often somebody may try to sign in. Nobody is ever locked out: after some free attempts each
 * further one has to wait twice as long as the one before, so guessing gets slow and a person who has
 * mistyped does not notice. Every door counts with these rules on the same counters, so another door
 * gives no fresh attempts.
 *
 * Here, as the pages need it, an attempt is counted before the password is looked at, so that many at
 * once count too, and forgiven when it was right. The dialects count after it: count-failures.ts.
 *
 *   account from one address    5 free, then 1 s, 2 s, 4 s … to the end of the window
 *   account from anywhere       50 free, then up to 30 s: a stranger can slow its owner, not stop them
 *   address, any account        100 free, then up to 30 s: a whole office may be behind it
 *
 * An account is a name as it was given, in its normal form: a user with two names has attempts for
 * each.
 *
 * Units: epoch seconds.
 *
 * @module
 * @see NIST SP 800-63B-4 §3.2.2 (rate limiting), OWASP Authentication Cheat Sheet (exponential delay)
 */
import { sha256 } from '../crypto.ts';
import {
  type Attempts,
  countAttempt,
  forgiveAttempt,
  NO_ATTEMPTS,
  readAttempts,
  WINDOW,
  windowEnd,
} from '../store/attempts.ts';
import type { Table } from '../store/table.ts';
import { normaliseLoginName } from './login-name.ts';

const RULES = [
  {
    of: (name: string, ip: string) => `account and address\n${name}\n${ip}`,
    free: 5,
    most: WINDOW,
  },
  { of: (name: string) => `account\n${name}`, free: 50, most: 30 },
  { of: (_name: string, ip: string) => `address\n${ip}`, free: 100, most: 30 },
] as const;

export type Tried = { username: string; ip: string };

/** What is counted of it, one a rule: hashes (store/attempts.ts). */
export function countedOf({ username, ip }: Tried): string[] {
  const name = normaliseLoginName(username) ?? '';
  return RULES.map(({ of }) => sha256(of(name, ip)).toString('base64url'));
}

/** @returns Seconds until another one may be made; 0 where it may be now. */
export function waitAfter(seen: readonly Attempts[], now: number): number {
  const next = Math.max(...RULES.map((rule, index) => nextAt(rule, seen[index])));
  return Math.max(0, Math.min(next, windowEnd(now)) - now);
}

export type Attempt = { whats: readonly string[]; countedAt: number };

/** @returns How many seconds to wait, where it is too early for another one. */
export async function beginAttempt(
  sessions: Table,
  tried: Tried,
  now: number,
): Promise<Attempt | { wait: number }> {
  const whats = countedOf(tried);
  const attempt = { whats, countedAt: now };
  // Nearly always nobody has to wait, and then nothing need be read.
  if (await count(sessions, attempt)) return attempt;
  const seen = await readAttempts(sessions, whats, now);
  const wait = waitAfter(seen, now);
  if (wait > 0) return { wait };
  // Somebody else was quicker, and now it is their attempt that has to be waited for.
  return (await count(sessions, attempt, seen)) ? attempt : { wait: 1 };
}

/** All of them, or none. */
async function count(sessions: Table, attempt: Attempt, seen: Attempts[] = []): Promise<boolean> {
  const { whats, countedAt } = attempt;
  const counted = await Promise.all(
    RULES.map(({ free }, index) =>
      countAttempt(
        sessions,
        { what: whats[index] ?? '', seen: seen[index], below: free },
        countedAt,
      ),
    ),
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
