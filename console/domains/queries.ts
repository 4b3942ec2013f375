/**
 * Domains, as the admin API has them.
 *
 * @module
 */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, onlyIf, type Schemas, type Seen, seenOf } from '../app/api.ts';
import type { Filters } from '../app/list.tsx';

export type Domain = Schemas['AdminDomain'];

export const listDomains = (query: Filters, signal: AbortSignal) =>
  dataOf(api.GET('/admin/api/domains', { params: { query }, signal }));

export const readDomain = (id: string, signal?: AbortSignal): Promise<Seen<Domain>> =>
  seenOf(
    api.GET('/admin/api/domains/{id}', { params: { path: { id } }, ...(signal && { signal }) }),
  );

export const domainQuery = (id: string) =>
  queryOptions({ queryKey: ['domains', id], queryFn: ({ signal }) => readDomain(id, signal) });

export const createDomain = (body: object): Promise<Domain> =>
  dataOf(api.POST('/admin/api/domains', { body: body as Schemas['AdminNewDomain'] }));

export const changeDomain = (id: string, change: object, etag: string): Promise<Seen<Domain>> =>
  seenOf(
    api.PATCH('/admin/api/domains/{id}', {
      params: { path: { id }, header: onlyIf(etag) },
      body: change as Schemas['AdminDomainChange'],
    }),
  );

export const deleteDomain = (id: string) =>
  api.DELETE('/admin/api/domains/{id}', { params: { path: { id } } });

export const signOutDomain = (domain: string) =>
  api.DELETE('/admin/api/sessions', { params: { query: { domain } } });
