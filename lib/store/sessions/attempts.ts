/**
 * Attempts to sign in that have not succeeded, counted a quarter of an hour.
 *
 * Single writes and no transaction: behind one address there may be many who sign in at once, and
 * transactions on one item refuse each other.
 *
 * Item:  { pk: "attempts#" + what, sk: window, count, lastAt, expiresAt } in the sessions table; `what`
 *        is a hash, since a name that somebody mistyped may be a password
 * Units: epoch seconds; a window is its number since the epoch.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { batchGet, type Item, type Key, type Table, update, updateIf } from '../../aws/table.ts';
import { type Instant, instant, seconds } from '../../time.ts';

export const WINDOW = seconds(900);

const AttemptsItem = v.object({ count: v.number(), lastAt: InstantItem });
export type Attempts = v.InferOutput<typeof AttemptsItem>;

export const NO_ATTEMPTS: Attempts = { count: 0, lastAt: instant(0) };

const attemptsKey = (what: string, now: Instant): Key => ({
  pk: `attempts#${what}`,
  sk: String(Math.floor(now / WINDOW)),
});

/** When all that has been counted until now is forgotten. */
export const windowEnd = (now: Instant): number => (Math.floor(now / WINDOW) + 1) * WINDOW;

/** What to ask for, where other items are read in the same request. */
export const wantedAttempts = (sessions: Table, whats: readonly string[], now: Instant) =>
  whats.map((what) => ({ table: sessions, key: attemptsKey(what, now) }));

export const attemptsOf = (item: Item | undefined): Attempts =>
  item ? parseItem(AttemptsItem, item) : NO_ATTEMPTS;

/** In the order asked for. */
export async function readAttempts(
  sessions: Table,
  whats: readonly string[],
  now: Instant,
): Promise<Attempts[]> {
  const items = await batchGet(wantedAttempts(sessions, whats, now));
  return items.map(attemptsOf);
}

const oneMore = (now: Instant) => ({
  expression: '#count = if_not_exists(#count, :none) + :one, lastAt = :now, expiresAt = :end',
  values: { ':none': 0, ':one': 1, ':now': now, ':end': now + 2 * WINDOW },
  names: { '#count': 'count' },
});

/** Counts it whatever was counted before. A retry may count it twice. */
export const countFailed = (sessions: Table, what: string, now: Instant): Promise<void> =>
  update(sessions, attemptsKey(what, now), oneMore(now));

/**
 * Below `below` nobody has to wait, so many may count at once; from there on only one that has seen
 * the last.
 */
export type Counted = { what: string; seen?: Attempts | undefined; below: number };

/** @returns `false` where this one should have waited; then it is not counted. */
export async function countAttempt(
  sessions: Table,
  { what, seen = NO_ATTEMPTS, below }: Counted,
  now: Instant,
): Promise<boolean> {
  const when =
    seen.count < below
      ? {
          expression: 'attribute_not_exists(#count) OR #count < :below',
          values: { ':below': below },
        }
      : {
          expression: '#count = :seen AND lastAt = :last',
          values: { ':seen': seen.count, ':last': seen.lastAt },
        };
  return (
    (await updateIf(sessions, attemptsKey(what, now), { set: oneMore(now), when })) !== undefined
  );
}

/** The attempt was none: it has succeeded, or was not looked at. */
export async function forgiveAttempt(
  sessions: Table,
  what: string,
  countedAt: Instant,
): Promise<void> {
  const set = {
    expression: '#count = #count - :one',
    values: { ':one': 1 },
    names: { '#count': 'count' },
  };
  const when = { expression: '#count > :none', values: { ':none': 0 } };
  await updateIf(sessions, attemptsKey(what, countedAt), { set, when });
}
