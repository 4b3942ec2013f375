/**
 * Clients, as the admin API has them.
 *
 * @module
 */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, onlyIf, type Schemas, type Seen, seenOf } from '../app/api.ts';
import type { Filters } from '../app/list.tsx';
import { withState } from '../app/state.ts';

export type Client = Schemas['AdminClient'];
export type ClientWithSecret = Schemas['AdminClientWithSecret'];

export const listClients = ({ check, ...rest }: Filters, signal: AbortSignal) => {
  const query = { ...withState(rest), ...(check === 'scopes' && { check: 'scopes' as const }) };
  return dataOf(api.GET('/admin/api/clients', { params: { query }, signal }));
};

export const readClient = (id: string, signal?: AbortSignal): Promise<Seen<Client>> =>
  seenOf(
    api.GET('/admin/api/clients/{id}', { params: { path: { id } }, ...(signal && { signal }) }),
  );

export const clientQuery = (id: string) =>
  queryOptions({ queryKey: ['clients', id], queryFn: ({ signal }) => readClient(id, signal) });

export const createClient = (body: object): Promise<ClientWithSecret> =>
  dataOf(api.POST('/admin/api/clients', { body: body as Schemas['AdminNewClient'] }));

export const changeClient = (id: string, change: object, etag: string): Promise<Seen<Client>> =>
  seenOf(
    api.PATCH('/admin/api/clients/{id}', {
      params: { path: { id }, header: onlyIf(etag) },
      body: change as Schemas['AdminClientChange'],
    }),
  );

export const deleteClient = (id: string) =>
  api.DELETE('/admin/api/clients/{id}', { params: { path: { id } } });

/** @param overlap - Seconds for which the secret before works too. */
export const renewSecret = (id: string, overlap: number): Promise<ClientWithSecret> =>
  dataOf(
    api.POST('/admin/api/clients/{id}/secret', { params: { path: { id } }, body: { overlap } }),
  );
