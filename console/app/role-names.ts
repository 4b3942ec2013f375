/**
 * The roles that there are, to be ticked; none where whoever is signed in may not list them.
 *
 * @module
 */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from './api.ts';
import { useMay } from './me.ts';

export const allRolesQuery = queryOptions({
  queryKey: ['roles', 'all'],
  queryFn: async ({ signal }): Promise<Schemas['AdminRole'][]> => {
    const all: Schemas['AdminRole'][] = [];
    for (let cursor: string | undefined; ; ) {
      const query = { limit: 100, ...(cursor && { cursor }) };
      const page = await dataOf(api.GET('/admin/api/roles', { params: { query }, signal }));
      all.push(...page.items);
      cursor = page.next;
      if (!cursor) return all;
    }
  },
});

export function useRoleNames(): string[] {
  const mayList = useMay()('r', 'admin/roles');
  const { data } = useQuery({ ...allRolesQuery, enabled: mayList });
  return data?.map(({ name }) => name) ?? [];
}
