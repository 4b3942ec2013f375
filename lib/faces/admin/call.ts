/**
 * One call of the admin API, as its handlers get it, and what they all do alike.
 *
 * @module
 */

import type * as v from 'valibot';
import type { Administrator } from '../../authority/reach.ts';
import type { MetricStore } from '../../aws/metric-store.ts';
import type { Queue } from '../../aws/queue.ts';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { AuthError } from '../../errors.ts';
import type { Trail } from '../../events/trail.ts';
import { parseInput } from '../../http/input.ts';
import { filterParameters, type HttpRequest, jsonObject } from '../../http/request.ts';
import { type HttpResponse, json } from '../../http/response.ts';
import type { AskForRotation } from '../../manage/signing-keys/lifecycle.ts';
import type { Instant } from '../../time.ts';
import type { Cursors } from './cursor.ts';

export type Call = {
  request: HttpRequest;
  /** What the path names. */
  id: string;
  administrator: Administrator;
  tables: Tables;
  trail: Trail;
  /** Where the trail is kept. */
  events: Table;
  cursors: Cursors;
  askForRotation: AskForRotation;
  /** Of orders for mails; none where the deployment sends none. */
  queue: Queue | undefined;
  /** Where what happened is counted. */
  metrics: MetricStore;
  /** Epoch seconds. */
  now: Instant;
};
export type Handler = (call: Call) => Promise<HttpResponse>;

export const BASE = '/admin/api';

type Schema = v.GenericSchema;
type Page<T, P> = { items: readonly T[]; next?: P | undefined };

export const readBody = <const S extends Schema>(
  schema: S,
  { request }: Pick<Call, 'request'>,
): v.InferOutput<S> => parseInput(schema, jsonObject(request));

/** @see RFC 7396; plain JSON is taken for one, too. */
export const readChange = <const S extends Schema>(
  schema: S,
  { request }: Call,
): v.InferOutput<S> =>
  parseInput(schema, jsonObject(request, ['application/merge-patch+json', 'application/json']));

/** Where a body may be left out. */
export const readOptionalBody = <const S extends Schema>(
  schema: S,
  call: Call,
): v.InferOutput<S> => (call.request.body === '' ? parseInput(schema, {}) : readBody(schema, call));

export const readQuery = <const S extends Schema>(
  schema: S,
  { request }: Pick<Call, 'request'>,
): v.InferOutput<S> => parseInput(schema, filterParameters(request));

/** `{ items, next? }`: `next` is there while there may be more. */
export async function listReply<T, P>(
  { cursors }: Pick<Call, 'cursors'>,
  { items, next }: Page<T, P>,
  view: (item: T) => object,
): Promise<HttpResponse> {
  return json(200, {
    items: items.map(view),
    ...(next !== undefined && { next: await cursors.seal(next) }),
  });
}

/** Of what is read as a whole and in the order of its names. */
export function pageByName<T extends { name: string }>(
  all: readonly T[],
  { limit, after }: { limit: number; after: string | undefined },
): Page<T, string> {
  const rest = after === undefined ? all : all.filter(({ name }) => name > after);
  const items = rest.slice(0, limit);
  return { items, next: rest.length > limit ? items.at(-1)?.name : undefined };
}

export const shown = (view: object, etag: string): HttpResponse => json(200, view, { etag });

export const created = (
  { request }: Pick<Call, 'request'>,
  place: string,
  view: object,
  etag: string,
): HttpResponse => json(201, view, { etag, location: `${request.prefix}${BASE}/${place}` });

export const gone = (): HttpResponse => ({
  statusCode: 204,
  headers: { 'cache-control': 'no-store' },
  body: '',
});

/** A deletion succeeds also when the thing is gone already, or was never within reach. */
export async function removed(deletion: Promise<unknown>): Promise<HttpResponse> {
  await deletion.catch((error: unknown) => {
    if (!(error instanceof AuthError && error.said.code === 'not_found')) throw error;
  });
  return gone();
}
