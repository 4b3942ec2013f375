/**
 * The admin API as the commands use it: collections of things, a page or a thing at a time.
 *
 * Errors: those of signed-in.ts; Refused for a name that would be another thing's in a URL.
 *
 * @module
 */
import { Failure, notFound } from '../commands/failure.ts';
import type { Answer } from './http.ts';
import { serviceUrl, type Where } from './service-url.ts';
import { readSession, type SavedSession } from './session-file.ts';
import { request } from './signed-in.ts';
import type { Item } from './table.ts';

const ROOT = '/admin/api';
const PAGE = 100;

export type Query = Readonly<Record<string, string | undefined>>;
type Listed = { items: Item[]; more: boolean };
/** A path is in segments, each encoded here. */
type Path = readonly string[];
export type AdminApi = {
  list: (path: Path, query: Query, limit: number) => Promise<Listed>;
  get: (path: Path, query?: Query) => Promise<Answer>;
  create: (path: Path, body: object) => Promise<Answer>;
  /** @param etag - Of the state that the change is meant for; without it, whatever is there. */
  change: (path: Path, body: object, etag?: string) => Promise<Answer>;
  /** @param etag - As of a change. */
  remove: (path: Path, query?: Query, etag?: string) => Promise<Answer>;
};

export function adminApi(where: Where): AdminApi {
  const session = readSession();
  requireSame(session, serviceUrl(where));
  const send = (
    method: string,
    path: Path,
    more: { query?: Query; body?: object; etag?: string },
  ) =>
    request(session, {
      method,
      path: target(path, more.query),
      body: more.body,
      headers: more.etag === undefined ? {} : { 'if-match': more.etag },
    });
  const get = (path: Path, query: Query = {}) => send('GET', path, { query });
  return {
    get,
    create: (path, body) => send('POST', path, { body }),
    change: (path, body, etag = '*') => send('PATCH', path, { body, etag }),
    remove: (path, query = {}, etag = undefined) =>
      send('DELETE', path, { query, ...(etag !== undefined && { etag }) }),
    list: (path, query, limit) => pages((page) => get(path, { ...query, ...page }), limit),
  };
}

async function pages(get: (query: Query) => Promise<Answer>, limit: number): Promise<Listed> {
  const items: Item[] = [];
  let cursor: string | undefined;
  do {
    const size = String(Math.min(PAGE, limit - items.length));
    const { body } = await get({ limit: size, cursor });
    items.push(...(body['items'] as Item[]));
    cursor = body['next'] as string | undefined;
  } while (cursor !== undefined && items.length < limit);
  return { items, more: cursor !== undefined };
}

/** A token is for the service that issued it. */
function requireSame(session: SavedSession, wanted: string | undefined): void {
  if (wanted === undefined || wanted === session.url) return;
  throw new Failure(`signed in to ${session.url}, not to ${wanted}: log in there first`);
}

function target(path: Path, query: Query = {}): string {
  const given = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const search = new URLSearchParams(given).toString();
  const place = [ROOT, ...path.map(segmentOf)].join('/');
  return search === '' ? place : `${place}?${search}`;
}

/** A URL leaves out what has such a name, and the one before it: it would be another thing's. */
function segmentOf(name: string): string {
  if (['', '.', '..'].includes(name)) throw notFound('there is nothing of that name');
  return encodeURIComponent(name);
}
