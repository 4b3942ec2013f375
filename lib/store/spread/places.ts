/**
 * Where a verdict reads an item of its caller: the item itself, or one of its copies at random.
 *
 * How many there are is remembered from what was read last, and is a hint: a copy that is not there, or does
 * not count (copies.ts), makes the item itself be read by the next request, which decides.
 *
 * @module
 */
import type { Item, Table } from '../../aws/table.ts';
import type { Wanted } from '../../aws/tables.ts';
import { copyKey, type Spread } from './copies.ts';

/** Then it starts anew, at the price of one call a caller that reads the item itself. */
const MOST = 5000;

/** By the table and the key, how many copies there are. */
const hints = new WeakMap<Table['client'], Map<string, number>>();

function hintsOf({ client }: Table): Map<string, number> {
  const known = hints.get(client) ?? new Map<string, number>();
  hints.set(client, known);
  return known;
}

/** In the order asked for; what is asked for twice is read in one place. */
export function somePlaces(wanted: readonly Wanted[]): Wanted[] {
  const chosen = new Map<string, Wanted>();
  return wanted.map((one) => {
    const id = idOf(one);
    const place = chosen.get(id) ?? somePlace(one, hintsOf(one.table).get(id));
    chosen.set(id, place);
    return place;
  });
}

function somePlace(one: Wanted, copies: number | undefined): Wanted {
  if (copies === undefined) return one;
  return { table: one.table, key: copyKey(one.key, Math.floor(Math.random() * copies)) };
}

type Read = { wanted: readonly Wanted[]; places: readonly Wanted[] };

/**
 * @param since - Of the manifest of the same request, if it has read one.
 * @returns Whether all of it counts; otherwise nothing of it does.
 */
export function isSettled(
  { wanted, places }: Read,
  items: readonly (Item | undefined)[],
  since: string | undefined,
): boolean {
  const counted = wanted.map((one, index) => {
    const spread = items[index]?.['spread'] as Spread | undefined;
    const isOfNow = since !== undefined && spread?.since === since;
    remember(one, isOfNow ? spread.copies : undefined);
    return isOfNow || places[index]?.key.sk === one.key.sk;
  });
  return !counted.includes(false);
}

function remember(one: Wanted, copies: number | undefined): void {
  const known = hintsOf(one.table);
  if (copies === undefined) known.delete(idOf(one));
  else {
    if (known.size >= MOST) known.clear();
    known.set(idOf(one), copies);
  }
}

const idOf = ({ table, key }: Wanted): string => JSON.stringify([table.name, key.pk, key.sk]);
