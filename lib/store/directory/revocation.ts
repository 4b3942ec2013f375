/**
 * The two switches that subjects and domains share. Both act on the next request: the verdict reads
 * them every time.
 *
 * A new subject or domain starts at `firstGeneration`, so that one deleted and made again under the
 * same name does not revive sessions of its predecessor.
 *
 * @module
 */

import { type Key, type Table, updateIf } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import type { EpochMilliseconds } from '../../time.ts';

/** @param now - Epoch milliseconds. */
export const firstGeneration = (now: EpochMilliseconds): number => now;

/** Stops sign-ins and calls until it is enabled again. @returns Whether the item exists. */
export const setDisabled = async (directory: Table, key: Key, disabled: boolean) =>
  (await updateIf(directory, key, {
    set: {
      expression: 'disabled = :disabled, version = version + :one',
      values: { ':disabled': disabled, ':one': 1 },
    },
    when: { expression: 'attribute_exists(pk)' },
  })) !== undefined;

/**
 * Ends every session issued so far, with one write and no clock: a sign-in that raced it recorded
 * the old number and is dead too. @returns Whether the item exists.
 */
export async function raiseGeneration(
  directory: Table,
  key: Key,
  also: readonly Write[] = [],
): Promise<boolean> {
  const set = {
    expression: 'generation = generation + :one, version = version + :one',
    values: { ':one': 1 },
  };
  const when = { expression: 'attribute_exists(pk)' };
  const failed = await transact([{ table: directory, update: key, set, when }, ...also]);
  return !failed.includes(true);
}
