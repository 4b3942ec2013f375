/**
 * When a key was last used, to the minute. Beside the key and not in it: a write to what the verdict
 * reads would compete with the switch that turns the key off.
 *
 * Item:  { pk: "used#" + key, sk: "used", at, expiresAt } in the sessions table
 * Units: epoch seconds; expiresAt is the table's TTL attribute.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { batchGet, type Key, put, type Table } from '../../aws/table.ts';
import { type Instant, seconds } from '../../time.ts';

const UseItem = v.object({ at: InstantItem });

/** Seconds between two writes for one key, whoever writes. */
export const USE_RESOLUTION = seconds(60);
/** A key unused for longer shows as never used. */
const KEPT = 400 * 86_400;

export const useKey = (key: string): Key => ({ pk: `used#${key}`, sk: 'used' });

/** @returns `false` when somebody else noted a use within the last minute. */
export const noteUse = (sessions: Table, key: string, now: Instant): Promise<boolean> =>
  put(
    sessions,
    { ...useKey(key), at: now, expiresAt: now + KEPT },
    {
      expression: 'attribute_not_exists(pk) OR #at <= :before',
      names: { '#at': 'at' },
      values: { ':before': now - USE_RESOLUTION },
    },
  );

/** @param keys - At most 100. @returns Epoch seconds by key; a key that was not used is missing. */
export async function readUses(
  sessions: Table,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Instant>> {
  const items = await batchGet(keys.map((key) => ({ table: sessions, key: useKey(key) })));
  return new Map(
    keys.flatMap((key, index) => {
      const item = items[index];
      return item ? [[key, parseItem(UseItem, item).at] as const] : [];
    }),
  );
}
