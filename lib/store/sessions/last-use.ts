/**
 * When a key was last used, to the minute, and about how often. Beside the key and not in it: a write to
 * what the verdict reads would compete with the switch that turns the key off.
 *
 * Item:  { pk: "used#" + key, sk: "used", at, calls, expiresAt } in the sessions table. The calls are those
 *        that instances have told of: what one had counted when it was called for the last time is missing.
 * Units: epoch seconds; expiresAt is the table's TTL attribute.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { batchGet, type Key, type Table, updateIf } from '../../aws/table.ts';
import { type Instant, seconds } from '../../time.ts';

const UseItem = v.object({ at: InstantItem, calls: v.optional(v.number(), 0) });

/** `calls`: about; none for a key whose uses were noted before they were counted. */
export type Use = { lastUsed: Instant; calls: number };

/** Seconds between two writes for one key, whoever writes. */
export const USE_RESOLUTION = seconds(60);
/** A key unused for longer shows as never used. */
const KEPT = 400 * 86_400;

export const useKey = (key: string): Key => ({ pk: `used#${key}`, sk: 'used' });

/**
 * @param calls - Since whoever tells told the last time.
 * @returns `false` when somebody else noted a use within the last minute; then nothing is counted.
 */
export async function noteUse(
  sessions: Table,
  key: string,
  { now, calls }: { now: Instant; calls: number },
): Promise<boolean> {
  const names = { '#at': 'at' };
  const written = await updateIf(sessions, useKey(key), {
    set: {
      expression: '#at = :now, expiresAt = :end ADD calls :calls',
      values: { ':now': now, ':end': now + KEPT, ':calls': calls },
      names,
    },
    when: {
      expression: 'attribute_not_exists(pk) OR #at <= :before',
      values: { ':before': now - USE_RESOLUTION },
      names,
    },
  });
  return written !== undefined;
}

/** @param keys - At most 100. @returns By key; a key that was not used is missing. */
export async function readUses(
  sessions: Table,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Use>> {
  const items = await batchGet(keys.map((key) => ({ table: sessions, key: useKey(key) })));
  return new Map(
    keys.flatMap((key, index) => {
      const item = items[index];
      if (!item) return [];
      const { at: lastUsed, calls } = parseItem(UseItem, item);
      return [[key, { lastUsed, calls }] as const];
    }),
  );
}
