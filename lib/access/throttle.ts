/**
 * How often somebody may try to sign in. Nobody is ever locked out: after some free attempts each
 * further one has to wait twice as long as the one before, so guessing gets slow and a person who has
 * mistyped does not notice.
 *
 * An attempt is counted before the password is looked at, so that many at once count too, and
 * forgiven when it was right.
 *
 *   account from one address    5 free, then 1 s, 2 s, 4 s … to the end of the window
 *   account from anywhere       50 free, then up to 30 s: a stranger can slow its owner, not stop them
 *   address, any account        100 free, then up to 30 s: a whole office may be behind it
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

export type Attempt = { whats: readonly string[]; countedAt: number };

/** @returns `undefined` where it is too early for another one. */
export async function beginAttempt(
  sessions: Table,
  { username, ip }: { username: string; ip: string },
  now: number,
): Promise<Attempt | undefined> {
  const name = normaliseLoginName(username) ?? '';
  const whats = RULES.map(({ of }) => sha256(of(name, ip)).toString('base64url'));
  const attempt = { whats, countedAt: now };
  // Nearly always nobody has to wait, and then nothing need be read.
  if (await count(sessions, attempt)) return attempt;
  const seen = await readAttempts(sessions, whats, now);
  if (RULES.some((rule, index) => now < nextAt(rule, seen[index]))) return undefined;
  return (await count(sessions, attempt, seen)) ? attempt : undefined;
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
