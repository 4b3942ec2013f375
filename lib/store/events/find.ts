/**
 * Reads events: newest first over several domains, by time alone or by what the indexes know; and those of
 * an hour, in the order of their keys.
 *
 * By time, the table itself is read, strongly consistent: an event is there with its change. By an index it
 * is found once the stream's reader has numbered it, a second or two later. The indexes hold keys alone;
 * what is in an event is read from the table.
 *
 * @module
 */
import { type Page, type PageQuery, queryAll, queryPage } from '../../aws/query.ts';
import { batchGet, type Item, type Key, type Table } from '../../aws/table.ts';
import type { Instant } from '../../time.ts';
import { DEPLOYMENT, type Event, eventKey, eventOf, LATEST, partitionOf, stamp } from './event.ts';
import { type EventName, placeOf } from './number.ts';

type EventIndex = 'byTarget' | 'byActor' | 'byType' | 'byAddress';
/** In one of the indexes, any of these values. */
export type IndexedBy = { index: EventIndex; values: readonly string[] };

export type EventQuery = {
  /** Of what it happened to. */
  domains: readonly string[];
  by?: IndexedBy | undefined;
  /** Epoch seconds, both included. */
  from: number;
  to: number;
  limit: number;
  /** The id of the last event of the page before. */
  after?: string | undefined;
  now: Instant;
};

const ENDLESS = '~';
/** DynamoDB reads at most so many items in one request. */
const BATCH = 100;

/** Queries at once: an administrator of many domains is not to take what everybody shares. */
const AT_ONCE = 10;

/**
 * @returns Events that have not expired; whether there may be more; and the id of the last that was read, after
 *          which they go on: it may have expired while older ones have not, which were to be kept for longer.
 */
export async function findEvents(
  events: Table,
  { domains, by, from, to, limit, after, now }: EventQuery,
): Promise<{ events: Event[]; more: boolean; last: string | undefined }> {
  const between = [stamp(from * 1000), after ?? `${stamp(to * 1000 + 999)}#${ENDLESS}`] as const;
  // The one that the page begins after is in the range, too.
  const range = { between, newestFirst: true, limit: limit + 2 };
  const pages = await pagesOf(events, placesIn(domains, by), range);
  const found = pages
    .flatMap(({ items }) => items)
    .filter((item) => item['sk'] !== after)
    .sort((left, right) => (String(left['sk']) < String(right['sk']) ? 1 : -1));
  const first = found.slice(0, limit);
  const read = by ? await readWhole(events, first) : first;
  const unread = found.length > limit || pages.some(({ next }) => next !== undefined);
  const alive = read.filter((item) => Number(item['expiresAt']) > now);
  const last = first.at(-1)?.['sk'];
  return {
    events: alive.map(eventOf),
    more: unread,
    last: last === undefined ? after : String(last),
  };
}

async function pagesOf(
  events: Table,
  places: readonly Place[],
  range: Omit<PageQuery, keyof Place>,
): Promise<Page[]> {
  const pages: Page[] = [];
  for (let start = 0; start < places.length; start += AT_ONCE) {
    const some = places.slice(start, start + AT_ONCE);
    const found = some.map((place) => queryPage(events, { ...place, ...range }));
    pages.push(...(await Promise.all(found)));
  }
  return pages;
}

type Place = Pick<PageQuery, 'index' | 'partition'>;

const placesIn = (domains: readonly string[], by: IndexedBy | undefined): Place[] =>
  domains.flatMap((domain) =>
    by
      ? by.values.map((value) => ({ index: by.index, partition: placeOf(domain, value) }))
      : [{ partition: partitionOf(domain) }],
  );

/** In the same order; what is gone meanwhile is left out. */
async function readWhole(events: Table, keys: readonly Item[]): Promise<Item[]> {
  const items: Item[] = [];
  for (let start = 0; start < keys.length; start += BATCH) {
    const batch = keys.slice(start, start + BATCH).map(({ pk, sk }) => ({ pk, sk }) as Key);
    const read = await batchGet(batch.map((key) => ({ table: events, key })));
    items.push(...read.flatMap((item) => (item ? [item] : [])));
  }
  return items;
}

/** Milliseconds, both included. */
export type Between = { from: number; to: number };

/**
 * The names of all that was written in a time, the oldest first: of these domains, of the deployment, and of
 * domains that were deleted since.
 */
export async function writtenBetween(
  events: Table,
  domains: readonly string[],
  { from, to }: Between,
): Promise<EventName[]> {
  const range = (last: number): [string, string] => [stamp(from), `${stamp(last)}#${ENDLESS}`];
  const since = await namesIn(events, DEPLOYMENT, range(LATEST));
  const whole = await readWhole(events, since.map(eventKey));
  const deleted = whole.map(eventOf).filter(({ type }) => type === 'domain.deleted');
  const all = new Set([...domains, ...deleted.map(({ target }) => target)]);
  const found = since.filter(({ id }) => id <= range(to)[1]);
  for (const domain of all) found.push(...(await namesIn(events, domain, range(to))));
  return found.sort((one, other) => (one.id < other.id ? -1 : 1));
}

async function namesIn(
  events: Table,
  domain: string,
  between: readonly [string, string],
): Promise<EventName[]> {
  const items = await queryAll(events, { partition: partitionOf(domain), between });
  return items.map(({ sk }) => ({ domain, id: String(sk) }));
}

/**
 * The events that were numbered in an hour (hourOf), expired ones included: by the time that they tell of.
 *
 * @param page - `after`: `next` of the page before.
 */
export async function eventsOfHour(
  events: Table,
  hour: string,
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<{ events: Event[]; next: Item | undefined }> {
  const page: Page = await queryPage(events, { index: 'byHour', partition: hour, limit, after });
  const whole = await readWhole(events, page.items);
  return { events: whole.map(eventOf), next: page.next };
}
