/**
 * The tables of a deployment, and whether what was just read of them may be remembered.
 *
 * @module
 */
import type { Item, Key, Table } from './table.ts';

export type Tables = {
  directory: Table;
  sessions: Table;
  /** Has items again that were read a moment ago, where that is wanted: read-cache.ts. */
  remember?: Remember;
};
export type Wanted = { table: Table; key: Key };
/** @param read - Reads all that is missing, at once. @returns In the order asked for. */
export type Remember = (
  wanted: readonly Wanted[],
  read: (missing: readonly Wanted[]) => Promise<(Item | undefined)[]>,
) => Promise<(Item | undefined)[]>;
