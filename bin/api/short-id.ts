/**
 * Short ids: of an id its own part, without the owner's, and of that the beginning which no other of a
 * list has. Whoever names a thing may say as little, as long as one thing alone begins with it.
 *
 * @module
 */
import { parseId } from '../../lib/faces/admin/opaque-id.ts';
import { Failure, notFound } from '../commands/failure.ts';
import type { AdminApi, Query } from './admin-api.ts';

const LEAST = 8;
const OF_API_KEY = 'key-';
/** As many are looked through. */
const MOST = 1000;
const SHOWN = 10;

const ownPart = (id: string): string => parseId(id)?.key ?? id;

/** What may be the beginning of one, and is no word that people choose. */
export const isPrefix = (text: string): boolean => /^(?:key-)?[0-9a-f][0-9a-f-]{3,}$/.test(text);

/** @returns By id. */
export function shortIds(ids: readonly string[]): ReadonlyMap<string, string> {
  const sorted = [...new Set(ids.map(ownPart))].sort();
  const short = new Map(
    sorted.map((own, index) => {
      const neighbours = [sorted[index - 1], sorted[index + 1]];
      const unlike = Math.max(...neighbours.map((other = '') => sharedLength(own, other))) + 1;
      const least = LEAST + (own.startsWith(OF_API_KEY) ? OF_API_KEY.length : 0);
      return [own, own.slice(0, Math.max(least, unlike))];
    }),
  );
  return new Map(ids.map((id) => [id, short.get(ownPart(id)) ?? id]));
}

function sharedLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

type Among = { path: string; noun: string; query: Query };

/** @returns The whole id. @throws Refused where there is none, Failure where there are several. */
export async function idByPrefix(
  api: AdminApi,
  given: string,
  { path, noun, query }: Among,
): Promise<string> {
  const { items, more } = await api.list([path], query, MOST);
  const ids = items.map(({ id }) => String(id));
  const exact = ids.find((id) => ownPart(id) === given);
  const found = exact ? [exact] : ids.filter((id) => ownPart(id).startsWith(given));
  const [only] = found;
  if (only === undefined && !more)
    throw notFound(`there is no ${noun} whose id begins with ${given}: ${noun} ls lists them`);
  if (more && !exact)
    throw new Failure(
      `there are more than ${MOST} ${noun}s: give the whole id (${noun} ls --full)`,
    );
  if (only !== undefined && found.length === 1) return only;
  const candidates = [...shortIds(ids)].filter(([id]) => found.includes(id)).map(([, it]) => it);
  const shown = candidates.slice(0, SHOWN).join(', ');
  const rest = candidates.length > SHOWN ? ', …' : '';
  throw new Failure(`${given} begins the ids of ${found.length} ${noun}s: ${shown}${rest}`);
}
