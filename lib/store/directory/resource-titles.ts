/**
 * What resources are called where a person reads of them.
 *
 * Item: { pk: "resources", sk: "titles", titles: { resource name, or name#cs: title } } in the directory table,
 *       beside the registry and written together with it: no verdict reads it.
 *
 * @module
 * @see RFC 7591 §2.2: `#` and a language tag after a name, for what it is in that language
 */
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import { get, type Key, type Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';

const TitlesItem = v.object({ titles: v.record(v.string(), v.string()) });
export type Titles = Readonly<Record<string, string>>;

const TITLES: Key = { pk: 'resources', sk: 'titles' };

/** To be changed, it is read after the registry, whose version tells whether it is still so. */
export async function readTitles(directory: Table): Promise<Titles> {
  const item = await get(directory, TITLES);
  return item ? parseItem(TitlesItem, item).titles : {};
}

export const titlesWrite = (directory: Table, titles: Titles): Write => ({
  table: directory,
  put: { ...TITLES, titles },
});
