/**
 * Where a directory is at home: its table's own name, in the item that every verdict reads anyway. A table
 * that was restored from it has another name and the same item, so it says of itself that nobody has gone
 * over it yet (manage/deployment/finish-restore.ts), and no verdict is given on it.
 *
 * Item: `home` of the registry (resources.ts), and of each manifest (named/manifest.ts). A fresh table has no registry, so nobody may do anything
 *       there; one of before there was such a mark has none, and counts as at home until somebody who
 *       looks after the deployment gives it one (claimHome).
 *
 * @module
 */
import { get, type Item, type Table, updateIf } from '../../aws/table.ts';
import { transact } from '../../aws/transaction.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { Fault } from '../../errors.ts';
import { homeWrites, readInForce } from '../named/manifest.ts';
import { REGISTRY } from './resources.ts';

/** @throws Fault on a restored table that is not finished. */
export function requireHome(directory: Table, registry: Item | undefined): void {
  const home = registry?.['home'];
  if (home !== undefined && home !== directory.name)
    throw new Fault('a restored table, which is not to be used before `latchkey restore finish`');
}

/** The last step of a restore: from then on it is used. Again, it changes nothing. */
export async function markHome(directory: Table): Promise<void> {
  await untilUncontested('a restored table is being edited', async () => {
    const inForce = await readInForce(directory);
    const failed = inForce ? await transact(homeWrites(directory, inForce)) : [];
    return failed.includes(true) ? CONTESTED : undefined;
  });
  await mark(directory, 'attribute_exists(pk)');
}

/**
 * For one that says nothing yet, so that a table restored from it does.
 *
 * @throws Fault on a restored table that is not finished.
 */
export async function claimHome(directory: Table): Promise<void> {
  await mark(directory, 'attribute_exists(pk) AND attribute_not_exists(home)');
  requireHome(directory, await get(directory, REGISTRY));
}

const mark = (directory: Table, expression: string): Promise<Item | undefined> =>
  updateIf(directory, REGISTRY, {
    set: { expression: 'home = :home', values: { ':home': directory.name } },
    when: { expression },
  });
