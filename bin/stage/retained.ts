/**
 * What of a stage outlives its stack, as far as it is there.
 *
 * Errors: Failure, and nothing was changed: a table of another shape, a key that is gone.
 *
 * @module
 */
import { Failure } from '../commands/failure.ts';
import type { Stage } from './connect.ts';
import { type RetainedId, TABLES, type TableId } from './names.ts';
import { findKey, type RetainedKey } from './retained-key.ts';
import { findSecret, type RetainedSecret } from './retained-secret.ts';
import { findTable, type RetainedTable } from './retained-table.ts';

export type Retained = {
  tables: Partial<Record<TableId, RetainedTable>>;
  secret: RetainedSecret | undefined;
  /** That of the first of them that has one. */
  key: RetainedKey | undefined;
  /** That which signs exported events, once the events can be read (retained-export-key.ts). */
  exportKey?: RetainedKey | undefined;
  /** Keys that encrypt something and are not there. */
  lost: readonly string[];
};

export async function findRetained(stage: Stage): Promise<Retained> {
  const [secret, ...found] = await Promise.all([
    findSecret(stage),
    ...TABLES.map((id) => findTable(stage, id)),
  ]);
  const there = TABLES.map((id, index) => [id, found[index]] as const);
  const tables = Object.fromEntries(there.filter(([, table]) => table !== undefined));
  const named = [...found, secret].flatMap((it) => it?.key ?? []);
  const keys = await Promise.all(named.map((name) => findKey(stage, name)));
  const lost = named.filter((_name, index) => !keys[index]);
  const key = keys.find((it) => it !== undefined) ?? (await findKey(stage, stage.names.keyAlias));
  return { tables, secret, key, lost };
}

export const idsOf = ({ tables, secret, key, exportKey }: Retained): RetainedId[] => [
  ...TABLES.filter((id) => tables[id]),
  ...(secret ? (['SigningKeys'] as const) : []),
  ...(key ? (['DataKey'] as const) : []),
  ...(exportKey ? (['ExportKey'] as const) : []),
];

/** Without its key a table is there, and nobody can read it. */
export function requireKeys({ lost }: Retained): void {
  if (lost.length === 0) return;
  const what = `the key ${lost[0]} is gone, and with it all that it encrypted`;
  throw new Failure(`${what}: latchkey destroy, then deploy. Nothing was changed.`);
}
