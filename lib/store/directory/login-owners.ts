/**
 * Whose login names are.
 *
 * Item:  { pk: "login#" + normalised name, sk: "login", userId } in the directory table: a claim that makes a
 *        name unique, written in the same transaction as the user (users.ts)
 *
 * There are claims of before on names whose domain is spelt in ASCII. None is made any more, so one that is
 * looked for in either spelling is found, and nobody else gets it.
 *
 * All reads are strongly consistent. Names are normalised already (login-name.ts).
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import { batchGet, get, type Item, type Key, type Table } from '../../aws/table.ts';
import { formerSpelling } from './login-name.ts';

export const loginKey = (name: string): Key => ({ pk: `login#${name}`, sk: 'login' });

/** Where its claim may be: nearly always in one place, and of two the first one counts. */
export function loginKeys(name: string): Key[] {
  const former = formerSpelling(name);
  return [loginKey(name), ...(former === undefined ? [] : [loginKey(former)])];
}

/** @param items - Of `loginKeys`. */
export function userIdOf(items: readonly (Item | undefined)[]): string | undefined {
  const item = items.find((one) => one !== undefined);
  return item && parseItem(v.object({ userId: v.string() }), item).userId;
}

export async function findUserId(directory: Table, name: string): Promise<string | undefined> {
  for (const key of loginKeys(name)) {
    const item = await get(directory, key);
    if (item) return userIdOf([item]);
  }
  return undefined;
}

/** Those of the names that somebody else has by a claim of before. */
export async function claimedBefore(
  directory: Table,
  names: readonly string[],
  userId: string | undefined,
): Promise<string[]> {
  const claimed = await Promise.all(
    names.map(async (name) => {
      const former = formerSpelling(name);
      const item = former === undefined ? undefined : await get(directory, loginKey(former));
      return item !== undefined && userIdOf([item]) !== userId;
    }),
  );
  return names.filter((_, at) => claimed[at]);
}

/** By the name, the user's id; names of nobody are left out. */
export type Owners = ReadonlyMap<string, string>;

/** What DynamoDB reads at once. */
const MAX_KEYS = 100;

export async function findOwners(directory: Table, names: readonly string[]): Promise<Owners> {
  const keys = names.flatMap((name) => loginKeys(name));
  const batches = Array.from({ length: Math.ceil(keys.length / MAX_KEYS) }, (_, at) =>
    keys.slice(at * MAX_KEYS, (at + 1) * MAX_KEYS),
  );
  const found = await Promise.all(
    batches.map((batch) => batchGet(batch.map((key) => ({ table: directory, key })))),
  );
  const items = new Map(found.flat().map((item, at) => [keys[at]?.pk, item]));
  return new Map(
    names.flatMap((name) => {
      const id = userIdOf(loginKeys(name).map(({ pk }) => items.get(pk)));
      return id === undefined ? [] : [[name, id] as const];
    }),
  );
}
