/**
 * Who is signed in here, and what the session may do: asked of the service, so that nothing is offered
 * that it would refuse.
 *
 * @module
 */
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, dataOf } from './api.ts';

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => dataOf(api.GET('/admin/api/me', { signal })),
  staleTime: 60_000,
});

type Letter = 'c' | 'r' | 'u' | 'd';
/** Whether the letter is held on the resource, for own objects at least. */
export type May = (letter: Letter, resource: string) => boolean;

export function useMay(): May {
  const { data } = useQuery(meQuery);
  return (letter, resource) => {
    const letters: readonly string[] = data?.acl[resource] ?? [];
    return letters.includes('*') || letters.includes(letter) || letters.includes(`${letter}o`);
  };
}

export const useMe = () => useQuery(meQuery).data;
