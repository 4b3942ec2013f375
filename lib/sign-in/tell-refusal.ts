/**
 * Tells of a sign-in that was refused, now and then (isTold). It is an event by itself: nothing was changed
 * but the count of attempts, which no transaction may hold up.
 *
 * Errors: none. Where it cannot be written, or not in time, it is a line in the log, and the refusal stays one.
 *
 * @module
 */
import { transact } from '../aws/transaction.ts';
import { sayLost } from '../events/go-on.ts';
import { signInRefused } from '../events/kinds/session.ts';
import {
  type CalledFrom,
  NOBODY_KNOWN,
  type TrailServices,
  trailOf,
  type Who,
} from '../events/trail.ts';
import type { Subject } from '../store/directory/subjects.ts';
import type { Attempts } from '../store/sessions/attempts.ts';
import { RULES } from './throttle.ts';

type Refused = {
  /** Whose name it was. */
  subject?: Pick<Subject, 'id' | 'domain'> | undefined;
  detail: Parameters<typeof signInRefused>[1] & { count: number };
  /** What had been counted before, in the order of `countedOf`. */
  seen: readonly Attempts[];
};

/** @param who - Whose session it was tried in. */
export async function tellRefusal(
  trail: TrailServices,
  { subject, detail, seen }: Refused,
  origin: CalledFrom,
  who: Who = NOBODY_KNOWN,
): Promise<void> {
  if (!isTold(detail.count, seen)) return;
  const events = trailOf(trail, who, origin)(signInRefused(subject, detail));
  try {
    await transact(events);
  } catch (error) {
    sayLost(error, { ...trail, what: 'sign-in' });
  }
}

/**
 * Whether a refusal is told of: of one name from one address the 1st, 2nd, 4th, 8th … in a window; and once
 * the account or the address has used up what is free, only each of these that is such a one there, too. So
 * nobody outside fills the table. The same for a name of nobody as for a wrong password: its write takes time.
 */
export function isTold(count: number, seen: readonly Attempts[]): boolean {
  const [, account, address, nobodys] = seen.map((one) => one.count);
  const elsewhere = [
    { count: (account ?? 0) + 1, free: RULES[1].free },
    { count: (address ?? 0) + (nobodys ?? 0) + 1, free: RULES[2].free },
  ];
  return (
    isPowerOfTwo(count) &&
    elsewhere.every((one) => one.count <= one.free || isPowerOfTwo(one.count))
  );
}

const isPowerOfTwo = (count: number): boolean => Number.isInteger(Math.log2(count));
