/**
 * A standing session in more copies than one, or in itself alone.
 *
 * @module
 */
import type { Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import type { Spread } from '../spread/copies.ts';
import { type Standing, sessionCopies, sessionKey } from './sessions.ts';
import type { Named } from './standing.ts';

/** One transaction. @returns `undefined` when another change came first, or it is gone. */
export async function spreadStanding(
  sessions: Table,
  { name, standing }: Named,
  spread: Spread | undefined,
  also: readonly Write[] = [],
): Promise<Standing | undefined> {
  const { spread: before, ...alone } = standing;
  const after: Standing = { ...alone, ...(spread && { spread }), version: standing.version + 1 };
  const set = {
    expression: `version = :next${spread ? ', spread = :spread' : ' REMOVE spread'}`,
    values: { ':next': after.version, ':spread': spread },
  };
  const when = { expression: 'version = :read', values: { ':read': standing.version } };
  const copies = sessionCopies(sessions, name, before, after);
  const update = sessionKey(name);
  const failed = await transact([{ table: sessions, update, set, when }, ...copies, ...also]);
  return failed.includes(true) ? undefined : after;
}
