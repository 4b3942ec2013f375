/**
 * Whose name people see on a page and in a mail: of a domain, or of a client, which goes before it.
 *
 * Item:  { pk: "brand#" + owner, sk: "brand", name, logo?, accent?, accentDark?, terms?, privacy?,
 *        help? } in the directory table; the owner is a client's id, or `domain#` and a domain's name. Written
 *        together with its owner, and apart from it, since no verdict reads a logo.
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import { batchGet, type Key, type Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';

export const BrandItem = v.object({
  name: v.string(),
  /** `data:` with the picture in it, or its https address. */
  logo: v.optional(v.string()),
  /** Six hexadecimal digits, readable on a light card, and on a dark one: both or neither. */
  accent: v.optional(v.string()),
  accentDark: v.optional(v.string()),
  terms: v.optional(v.string()),
  privacy: v.optional(v.string()),
  help: v.optional(v.string()),
});
export type Brand = v.InferOutput<typeof BrandItem>;

const brandKey = (owner: string): Key => ({ pk: `brand#${owner}`, sk: 'brand' });

/** In the order of their owners; `undefined` for who has none. @param owners - At most 100. */
export async function readBrands(
  directory: Table,
  owners: readonly string[],
): Promise<(Brand | undefined)[]> {
  const items = await batchGet(owners.map((owner) => ({ table: directory, key: brandKey(owner) })));
  return items.map((item) => item && parseItem(BrandItem, item));
}

/** @param brand - `undefined` takes it away. */
export const brandWrite = (directory: Table, owner: string, brand: Brand | undefined): Write =>
  brand
    ? { table: directory, put: { ...brandKey(owner), ...brand } }
    : { table: directory, remove: brandKey(owner) };
