/**
 * Resources, as the admin API has them.
 *
 * @module
 */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, onlyIf, type Schemas, type Seen, seenOf } from '../app/api.ts';
import type { Filters } from '../app/list.tsx';

export type Resource = Schemas['AdminResource'];

export const listResources = (query: Filters, signal: AbortSignal) =>
  dataOf(api.GET('/admin/api/resources', { params: { query }, signal }));

export const readResource = (id: string, signal?: AbortSignal): Promise<Seen<Resource>> =>
  seenOf(
    api.GET('/admin/api/resources/{id}', { params: { path: { id } }, ...(signal && { signal }) }),
  );

export const resourceQuery = (id: string) =>
  queryOptions({ queryKey: ['resources', id], queryFn: ({ signal }) => readResource(id, signal) });

export const createResource = (body: object): Promise<Resource> =>
  dataOf(api.POST('/admin/api/resources', { body: body as Schemas['AdminNewResource'] }));

export const changeResource = (id: string, change: object, etag: string): Promise<Seen<Resource>> =>
  seenOf(
    api.PATCH('/admin/api/resources/{id}', {
      params: { path: { id }, header: onlyIf(etag) },
      body: change as Schemas['AdminResourceChange'],
    }),
  );

export const deleteResource = (id: string) =>
  api.DELETE('/admin/api/resources/{id}', { params: { path: { id } } });

/** In words; the method makes no difference to it. */
export const resourceOfPathQuery = (path: string) =>
  queryOptions({
    queryKey: ['resources', 'of', path],
    queryFn: async ({ signal }): Promise<string> => {
      const query = { method: 'GET', path };
      const { steps } = await dataOf(
        api.GET('/admin/api/me/explain', { params: { query }, signal }),
      );
      return steps.find(({ check }) => check === 'resource')?.detail ?? 'not known';
    },
  });
