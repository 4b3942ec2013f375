/**
 * API keys, as the admin API has them.
 *
 * @module
 */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, onlyIf, type Schemas, type Seen, seenOf } from '../app/api.ts';
import type { Filters } from '../app/list.tsx';

export type Key = Schemas['AdminKey'];
export type KeyWithText = Schemas['AdminKeyWithText'];

export const listKeys = (query: Filters, signal: AbortSignal) =>
  dataOf(api.GET('/admin/api/keys', { params: { query }, signal }));

const readKey = (id: string, signal?: AbortSignal): Promise<Seen<Key>> =>
  seenOf(api.GET('/admin/api/keys/{id}', { params: { path: { id } }, ...(signal && { signal }) }));

export const keyQuery = (id: string) =>
  queryOptions({ queryKey: ['keys', id], queryFn: ({ signal }) => readKey(id, signal) });

export const createKey = (body: object): Promise<KeyWithText> =>
  dataOf(api.POST('/admin/api/keys', { body: body as Schemas['AdminNewKey'] }));

export const switchKey = (id: string, disabled: boolean, etag: string) =>
  api.PATCH('/admin/api/keys/{id}', {
    params: { path: { id }, header: onlyIf(etag) },
    body: { disabled },
  });

/** As it is at this moment. */
export async function disableKey({ id }: Key): Promise<void> {
  const { etag } = await readKey(id);
  await switchKey(id, true, etag);
}

export const deleteKey = (id: string) =>
  api.DELETE('/admin/api/keys/{id}', { params: { path: { id } } });

/** @param overlap - Seconds for which the secret before works too. */
export const renewKey = (id: string, overlap: number): Promise<KeyWithText> =>
  dataOf(api.POST('/admin/api/keys/{id}/secret', { params: { path: { id } }, body: { overlap } }));
