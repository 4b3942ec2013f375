/**
 * What may be used once: the ids of client assertions, remembered until they expire by themselves.
 *
 * Item:  { pk: "jti#" + fingerprint, sk: "jti", expiresAt } in the sessions table
 * Units: expiresAt is epoch seconds, and the table's TTL attribute, honoured late.
 *
 * @module
 */

import { put, type Table } from '../../aws/table.ts';
import { sha256 } from '../../crypto.ts';
import type { Instant } from '../../time.ts';

/**
 * Uses it up in one conditional write, so of racing requests only one may.
 *
 * @param of - Who made the id, and the id; two clients may choose the same one.
 * @returns `false` if it was used before.
 */
export const useOnce = (
  sessions: Table,
  of: readonly string[],
  { expiresAt, now }: { expiresAt: Instant; now: Instant },
): Promise<boolean> =>
  put(
    sessions,
    { pk: `jti#${sha256(JSON.stringify(of)).toString('base64url')}`, sk: 'jti', expiresAt },
    { expression: 'attribute_not_exists(pk) OR expiresAt <= :now', values: { ':now': now } },
  );
