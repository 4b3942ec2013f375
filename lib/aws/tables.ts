/**
 * The tables of a deployment, and how it reads them.
 *
 * @module
 */
import type { Item, Key, Table } from './table.ts';

export type Tables = {
  directory: Table;
  sessions: Table;
  /** Has items again that were read a moment ago, where that is wanted: read-cache.ts. */
  remember?: Remember;
  /**
   * UNSAFE: a client whose registration names no power has all that its user may, as long as it gets
   * by without the new meaning of scopes: docs/adr/0017-scopes.md.
   */
  impliedAccess?: boolean | undefined;
};
export type Wanted = { table: Table; key: Key };
/** @param read - Reads all that is missing, at once. @returns In the order asked for. */
export type Remember = (
  wanted: readonly Wanted[],
  read: (missing: readonly Wanted[]) => Promise<(Item | undefined)[]>,
) => Promise<(Item | undefined)[]>;
