/**
 * The spread of a client (store/spread), as a part of its change.
 *
 * Errors: those of ../spread/may-spread.ts.
 *
 * @module
 */
import type { Administrator } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import type { Client } from '../../store/directory/clients.ts';
import { wished } from '../../store/directory/subject-spread.ts';
import { requireMaySpread } from '../spread/may-spread.ts';

/** What it comes to for a client, to be written with what else changes. */
export async function spreadAfter(
  directory: Table,
  administrator: Administrator,
  { id, spread }: Client,
  copies: number | undefined,
): Promise<Client['spread']> {
  if (copies === undefined) return spread;
  const since = await requireMaySpread(directory, administrator, copies);
  return wished(spread, { by: id, copies }, since);
}
