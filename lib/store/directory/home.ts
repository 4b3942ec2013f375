/**
 * Where a directory is at home: its table's own name, in the item that every verdict reads anyway. A table
 * that was restored from it has another name and the same item, so it says of itself that nobody has gone
 * over it yet (manage/deployment/finish-restore.ts), and no verdict is given on it.
 *
 * Item: `home` of the registry (resources.ts). A fresh table has no registry, so nobody may do anything
 *       there; one of before there was such a mark has none, and counts as at home.
 *
 * @module
 */
import type { Item, Table } from '../../aws/table.ts';
import { updateIf } from '../../aws/table.ts';
import { Fault } from '../../errors.ts';
import { REGISTRY } from './resources.ts';

/** @throws Fault on a restored table that is not finished. */
export function requireHome(directory: Table, registry: Item | undefined): void {
  const home = registry?.['home'];
  if (home !== undefined && home !== directory.name)
    throw new Fault('a restored table, which is not to be used before `latchkey restore finish`');
}

/** The last step of a restore: from then on it is used. */
export const markHome = (directory: Table): Promise<Item | undefined> =>
  updateIf(directory, REGISTRY, {
    set: { expression: 'home = :home', values: { ':home': directory.name } },
    when: { expression: 'attribute_exists(pk)' },
  });
