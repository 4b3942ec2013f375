/**
 * Roles, as the admin API has them, and what each passes on.
 *
 * @module
 */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, onlyIf, type Schemas, type Seen, seenOf } from '../app/api.ts';
import type { Filters } from '../app/list.tsx';

export type Role = Schemas['AdminRole'];
export type Acl = Role['acl'];

export const listRoles = (query: Filters, signal: AbortSignal) =>
  dataOf(api.GET('/admin/api/roles', { params: { query }, signal }));

export const readRole = (id: string, signal?: AbortSignal): Promise<Seen<Role>> =>
  seenOf(api.GET('/admin/api/roles/{id}', { params: { path: { id } }, ...(signal && { signal }) }));

export const roleQuery = (id: string) =>
  queryOptions({ queryKey: ['roles', id], queryFn: ({ signal }) => readRole(id, signal) });

export const createRole = (body: object): Promise<Role> =>
  dataOf(api.POST('/admin/api/roles', { body: body as Schemas['AdminNewRole'] }));

export const changeRole = (id: string, change: object, etag: string): Promise<Seen<Role>> =>
  seenOf(
    api.PATCH('/admin/api/roles/{id}', {
      params: { path: { id }, header: onlyIf(etag) },
      body: change as Schemas['AdminRoleChange'],
    }),
  );

export const deleteRole = (id: string) =>
  api.DELETE('/admin/api/roles/{id}', { params: { path: { id } } });

/** The names of all resources: the rows of the matrix. */
export const resourceNamesQuery = queryOptions({
  queryKey: ['resources', 'names'],
  queryFn: async ({ signal }): Promise<string[]> => {
    const names: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const query = { limit: 100, ...(cursor && { cursor }) };
      const page = await dataOf(api.GET('/admin/api/resources', { params: { query }, signal }));
      names.push(...page.items.map(({ name }) => name));
      cursor = page.next;
      if (!cursor) return names;
    }
  },
});
