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
 *   account from anywhere       50 free, then up to 30 s
 *   address, any account        100 free, then up to 30 s: a whole office may be behind it
 *   address, names of nobody    100 free, then up to 30 s
 *
 * Only the first holds whoever is known at the address: a user with a live session that was opened there
 * (known-address.ts). Else strangers could keep the owner out everywhere, and a neighbour at home.
 *
 * The last holds nobody who is right. It is a count by itself, so that invented names use up nothing of
 * what real ones may try; and while it says no, the password is looked at all the same: who is right is let
 * in, and anybody else hears that it was too early. So that answer, like each other one, is the same for a
 * name of nobody and a wrong password.
 *
 * In a browser in which the user has signed in before, none of them holds the user (device-attempts.ts).
 *
 * NOT covered: an owner in another browser, at an address where they have no session. Enough addresses can
 * keep them out there as long as they go on, whatever the password. What is left then: a link by mail
 * (lib/account/unlock.ts), an administrator, AWS WAF (docs/edge.md). Who fails often enough with names that
 * they know to be real can tell by the time of an answer which of the last two rules gave it.
 *
 * An address is its network (http/source-address.ts): of IPv6 a /64.
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
import { networkOf } from '../http/source-address.ts';
import { normaliseLoginName } from '../store/directory/login-name.ts';
import {
  type Attempts,
  countAttempt,
  forgiveAttempt,
  NO_ATTEMPTS,
  WINDOW,
  windowEnd,
} from '../store/sessions/attempts.ts';
import type { Instant } from '../time.ts';

/** For one name from one place. */
export const OF_ONE_PLACE = { free: 5, most: WINDOW } as const;
export const RULES = [
  {
    of: (name: string, from: string) => `account and address\n${name}\n${from}`,
    ...OF_ONE_PLACE,
    sparesKnown: false,
  },
  { of: (name: string) => `account\n${name}`, free: 50, most: 30, sparesKnown: true },
  {
    of: (_name: string, from: string) => `address\n${from}`,
    free: 100,
    most: 30,
    sparesKnown: true,
  },
] as const;
const OF_NOBODY = {
  of: (_name: string, from: string) => `names of nobody\n${from}`,
  free: 100,
  most: 30,
} as const;

export type Tried = { username: string; ip: string };

/** What is counted of it: hashes (store/sessions/attempts.ts). One a rule, and the one of names of nobody last. */
export function countedOf({ username, ip }: Tried): string[] {
  const name = normaliseLoginName(username) ?? '';
  const from = networkOf(ip);
  return [...RULES, OF_NOBODY].map(({ of }) => sha256(of(name, from)).toString('base64url'));
}

/** Which of them a failure raises. Nobody's name takes as many writes as one of somebody. */
export const raisedBy = (whats: readonly string[], isSomebody: boolean): string[] =>
  whats.filter((_, index) => index !== (isSomebody ? RULES.length : RULES.length - 1));

/** @returns Seconds until another one may be made; 0 where it may be now. */
export function waitAfter(seen: readonly Attempts[], now: Instant, known = false): number {
  const turns = RULES.map((rule, index) =>
    known && rule.sparesKnown ? 0 : nextAt(rule, seen[index]),
  );
  return waitFor(Math.max(...turns), now);
}

/** @returns Seconds to tell whoever turns out to be wrong. */
export const waitIfWrong = (seen: readonly Attempts[], now: Instant): number =>
  waitOf(OF_NOBODY, seen[RULES.length], now);

/** @returns Seconds to wait by one rule. */
export const waitOf = (rule: Rule, seen: Attempts | undefined, now: Instant): number =>
  waitFor(nextAt(rule, seen), now);

const waitFor = (turn: number, now: Instant): number =>
  Math.max(0, Math.min(turn, windowEnd(now)) - now);

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

/** `wait`: for whoever turns out to be wrong. `count`: for the name from the address, with this one. */
export type Attempt = {
  whats: readonly string[];
  countedAt: Instant;
  wait: number;
  count: number;
};

/** `login`: whose the name is, with what was counted of it, in the order of `countedOf`. */
export type Begun = { isSomebody: boolean; seen: readonly Attempts[] };

/** @returns How many seconds to wait, where it is too early for another one. */
export async function beginAttempt(
  sessions: Table,
  tried: Tried,
  { isSomebody, seen }: Begun,
  now: Instant,
  isKnown: IsKnown,
): Promise<Attempt | { early: number }> {
  const { wait: early, known } = await waitUnlessKnown(seen, now, isKnown);
  if (early > 0) return { early };
  const whats = raisedBy(countedOf(tried), isSomebody);
  const count = (seen[0]?.count ?? 0) + 1;
  const attempt = { whats, countedAt: now, wait: waitIfWrong(seen, now), count };
  // Somebody else was quicker, and now it is their attempt that has to be waited for.
  const counted = await countIn(sessions, attempt, { isSomebody, seen, known });
  return counted ? attempt : { early: 1 };
}

/** All of them, or none. */
async function countIn(
  sessions: Table,
  { whats, countedAt }: Attempt,
  { isSomebody, seen, known }: Begun & { known: boolean },
): Promise<boolean> {
  const counted = await Promise.all(
    whats.map((what, index) => {
      const rule = RULES[index];
      const isHeld = rule && (isSomebody || index < RULES.length - 1);
      const below = isHeld && !(known && rule.sparesKnown) ? rule.free : Number.MAX_SAFE_INTEGER;
      return countAttempt(sessions, { what, seen: seen[index], below }, countedAt);
    }),
  );
  if (!counted.includes(false)) return true;
  await forgive(
    sessions,
    whats.filter((_, index) => counted[index]),
    countedAt,
  );
  return false;
}

type Rule = { free: number; most: number };
/** @returns Epoch seconds: when another one may be made. `most`: seconds, however many there were. */
export const nextAt = ({ free, most }: Rule, { count, lastAt }: Attempts = NO_ATTEMPTS): number =>
  count < free ? 0 : lastAt + Math.min(most, 2 ** (count - free));

/** It does not count: the password was right. */
export const endAttempt = (
  sessions: Table,
  { whats, countedAt }: Pick<Attempt, 'whats' | 'countedAt'>,
): Promise<void> => forgive(sessions, whats, countedAt);

async function forgive(sessions: Table, whats: readonly string[], countedAt: Instant) {
  await Promise.all(whats.map((what) => forgiveAttempt(sessions, what, countedAt)));
}
