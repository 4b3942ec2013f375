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

import { type Expression, get, type Key, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import type { EpochMilliseconds } from '../../time.ts';
import { asRead, type SubjectSpread, subjectCopies } from './subjects.ts';

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
export const raiseGeneration = (
  directory: Table,
  key: Key,
  also: readonly Write[] = [],
): Promise<boolean> =>
  raise(directory, { key, next: (generation) => generation + 1 }, also, {
    set: { expression: `generation = generation + :one, ${CHANGED}`, values: { ':one': 1 } },
    when: { expression: ALONE },
  });

/** Beyond any that was given until then, and never back. @returns Whether it was below. */
export const raiseGenerationTo = (
  directory: Table,
  key: Key,
  to: EpochMilliseconds,
  also: readonly Write[] = [],
): Promise<boolean> =>
  raise(directory, { key, next: (generation) => (generation < to ? to : undefined) }, also, {
    set: { expression: `generation = :to, ${CHANGED}`, values: { ':to': to, ':one': 1 } },
    when: { expression: `${ALONE} AND generation < :to` },
  });

const CHANGED = 'version = version + :one';
const ALONE = 'attribute_exists(version) AND attribute_not_exists(spread)';

type Raised = { key: Key; next: (generation: number) => number | undefined };

/** @param blind - Of one without copies, which need not be read for it. */
async function raise(
  directory: Table,
  { key, next }: Raised,
  also: readonly Write[],
  blind: { set: Expression; when: Expression },
): Promise<boolean> {
  const [isRefused, ...others] = await transact([
    { table: directory, update: key, ...blind },
    ...also,
  ]);
  if (!isRefused) return !others.includes(true);
  return untilUncontested('a subject is being signed out', async () => {
    const before = await get(directory, key);
    const generation = before && next(Number(before['generation']));
    if (before?.['version'] === undefined || generation === undefined) return false;
    const spread = before['spread'] as SubjectSpread | undefined;
    const after = { ...before, spread, generation, version: Number(before['version'] ?? 0) + 1 };
    const [isContested, ...failed] = await transact([
      { table: directory, put: after, when: asRead(before) },
      ...subjectCopies(directory, key.pk, spread, after),
      ...also,
    ]);
    return isContested ? CONTESTED : !failed.includes(true);
  });
}
