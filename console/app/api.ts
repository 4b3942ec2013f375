/**
 * The admin API, typed by our own OpenAPI document, called as whoever is signed in.
 *
 * Errors: `Refused` for every answer that is no success; a TypeError of fetch where none came.
 *
 * @module
 */
import createClient from 'openapi-fetch';
import type { components, paths } from './openapi.d.ts';
import { refusedOf } from './refused.ts';
import { currentSession, hasEnded } from './session.ts';
import { settings } from './settings.ts';
import { waitVisibly } from './waiting.ts';

export type Schemas = components['schemas'];
/** As it was seen, with the tag by which a change says so. */
export type Seen<T> = { thing: T; etag: string };

const PATIENCE = 4;

/** API Gateway refuses too many at once before anything is done, so such a call may be sent again. */
export async function patientFetch(request: Request): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const response = await fetch(request.clone());
    if (response.status !== 429 || tries === PATIENCE) return response;
    const asked = Number(response.headers.get('retry-after'));
    await waitVisibly(asked > 0 ? asked : 2 ** tries / 2);
  }
}

export const api = createClient<paths>({ baseUrl: settings.issuer, fetch: patientFetch });

api.use({
  onRequest({ request }) {
    const session = currentSession();
    if (session.status === 'in') request.headers.set('authorization', `Bearer ${session.token}`);
    return request;
  },
  async onResponse({ request, response }) {
    if (response.ok) return response;
    const refused = await refusedOf(request, response);
    if (refused.status === 401 && refused.maxAge === undefined) hasEnded();
    throw refused;
  },
});

type Answer<T> = { data?: T; response: Response };

export async function dataOf<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data } = await answer;
  if (data === undefined) throw new Error('an answer without content');
  return data;
}

export async function seenOf<T>(answer: Promise<Answer<T>>): Promise<Seen<T>> {
  const { data, response } = await answer;
  if (data === undefined) throw new Error('an answer without content');
  return { thing: data, etag: response.headers.get('etag') ?? '' };
}

/** @returns Whether it is there, without making it. */
export async function isThere(path: string, signal: AbortSignal): Promise<boolean> {
  const session = currentSession();
  const token = session.status === 'in' ? session.token : '';
  const request = new Request(settings.issuer + path, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${token}` },
    signal,
  });
  const response = await patientFetch(request);
  if (response.ok || response.status === 404) return response.ok;
  throw await refusedOf(request, response);
}

/** For a change: the state that it is meant for. */
export const onlyIf = (etag: string) => ({ 'If-Match': etag });
