/**
 * The two switches that subjects and domains share. Both act on the next request: the verdict reads
 * them every time.
 *
 * What is switched off is ended, and not only held up: whoever stole a session before gets in no more
 * once it is switched on again. Both ways count, so that nothing of before comes back with what was
 * off already when there was no such rule.
 *
 * A new subject or domain starts at `firstGeneration`, so that one deleted and made again under the
 * same name does not revive sessions of its predecessor.
 *
 * @module
 */

import type { Key, Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import type { EpochMilliseconds } from '../../time.ts';

type Switchable = { disabled: boolean; generation: number; switched?: number | undefined };

/** @param now - Epoch milliseconds. */
export const firstGeneration = (now: EpochMilliseconds): number => now;

/** What a change makes of it, in the same write. */
export const afterSwitch = <T extends Switchable>(before: T, after: T): T =>
  before.disabled === after.disabled
    ? after
    : { ...after, generation: after.generation + 1, switched: (after.switched ?? 0) + 1 };

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

/** Beyond any that was given until then, and never back. @returns Whether it was below. */
export async function raiseGenerationTo(
  directory: Table,
  key: Key,
  generation: EpochMilliseconds,
  also: readonly Write[] = [],
): Promise<boolean> {
  const set = {
    expression: 'generation = :to, version = version + :one',
    values: { ':to': generation, ':one': 1 },
  };
  const when = { expression: 'attribute_exists(pk) AND generation < :to' };
  const failed = await transact([{ table: directory, update: key, set, when }, ...also]);
  return !failed.includes(true);
}
