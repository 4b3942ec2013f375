/**
 * The published half of the signing keys. It lives in the directory, not in Secrets Manager, so that
 * whoever verifies tokens needs no permission on the secret that signs them.
 *
 * Item:   { pk: "keys", sk: "keys", madeAt, keys: [{ kid, alg, jwk, signsFrom, verifiesUntil? }] }
 * Units:  epoch seconds.
 * Only functions/rotate.ts may write it; the IAM roles in infra/roles.yml see to that.
 *
 * @module
 */

import { get, type Item, type Key, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import type { Instant } from '../../time.ts';

export const KEYS: Key = { pk: 'keys', sk: 'keys' };

/** @returns As stored; tokens/key-set.ts parses it. */
export async function readPublicKeys(directory: Table): Promise<unknown> {
  return keysIn(await get(directory, KEYS));
}

export const keysIn = (item: Item | undefined): unknown => item?.['keys'];

/**
 * @param madeAt - Of the set, not of this write.
 * @param also - Written with it, or not at all.
 * @returns `false` when a younger set stands there already, which must not be undone.
 */
export async function publishKeys(
  directory: Table,
  keys: readonly object[],
  madeAt: Instant,
  also: readonly Write[] = [],
): Promise<boolean> {
  const when = {
    expression: 'attribute_not_exists(pk) OR madeAt <= :made',
    values: { ':made': madeAt },
  };
  const put = { ...KEYS, madeAt, keys };
  return !(await transact([{ table: directory, put, when }, ...also])).includes(true);
}
