/**
 * Who says how many copies there are of what a verdict reads of a hot caller (store/spread). It is the deployment
 * that pays for them, so only `root` does.
 *
 * Errors: `insufficient_scope`; `conflict` where the memory is off, without which no copy counts.
 *
 * @module
 * @see docs/scaling.md, "One key"
 */
import { type Administrator, requireRoot } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { refuse } from '../../errors.ts';
import { readSince } from '../../store/directory/subject-spread.ts';

export { MOST_COPIES } from '../../store/spread/copies.ts';

/** @returns What copies have to say in order to count; `undefined` where there are to be none. */
export async function requireMaySpread(
  directory: Table,
  administrator: Administrator,
  copies: number,
): Promise<string | undefined> {
  requireRoot(administrator);
  if (copies === 1) return undefined;
  const since = await readSince(directory);
  if (since === undefined)
    throw refuse(
      'conflict',
      'spread-without-memory',
      'Copies count only where the memory is on: `latchkey memory on` comes first.',
    );
  return since;
}
