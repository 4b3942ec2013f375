/**
 * Users, as the admin API has them.
 *
 * @module
 */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, onlyIf, type Schemas, type Seen, seenOf } from '../app/api.ts';
import type { Filters } from '../app/list.tsx';
import { withState } from '../app/state.ts';

export type User = Schemas['AdminUser'];

export const listUsers = (query: Filters, signal: AbortSignal) =>
  dataOf(api.GET('/admin/api/users', { params: { query: withState(query) }, signal }));

export const readUser = (id: string, signal?: AbortSignal): Promise<Seen<User>> =>
  seenOf(api.GET('/admin/api/users/{id}', { params: { path: { id } }, ...(signal && { signal }) }));

export const userQuery = (id: string) =>
  queryOptions({ queryKey: ['users', id], queryFn: ({ signal }) => readUser(id, signal) });

export const createUser = (body: object): Promise<User> =>
  dataOf(api.POST('/admin/api/users', { body: body as Schemas['AdminNewUser'] }));

export const changeUser = (id: string, change: object, etag: string): Promise<Seen<User>> =>
  seenOf(
    api.PATCH('/admin/api/users/{id}', {
      params: { path: { id }, header: onlyIf(etag) },
      body: change as Schemas['AdminUserChange'],
    }),
  );

export const inviteAgain = (id: string) =>
  api.POST('/admin/api/users/{id}/invitation', { params: { path: { id } } });

export const deleteUser = (id: string) =>
  api.DELETE('/admin/api/users/{id}', { params: { path: { id } } });
