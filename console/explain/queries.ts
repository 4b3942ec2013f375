/**
 * Explanations, as the admin API has them.
 *
 * @module
 */
import { queryOptions } from '@tanstack/react-query';
import { api, dataOf, type Schemas } from '../app/api.ts';

export type Explanation = Schemas['AdminExplanation'];
/** `id`: of a session, a key or a domain token; empty for the session of whoever asks. */
export type Asked = { id: string; method: string; path: string };

/** A key's secret is cut off here, in the browser, and goes nowhere. */
export const withoutSecret = (text: string): string =>
  /^(lk_[A-Za-z0-9_-]{16,1024})_[0-9A-Za-z]{49}$/.exec(text)?.[1] ?? text;

export type Decision = Schemas['AdminDecisions']['items'][number];
export const HOURS = ['1', '6', '24'] as const;
export type Logged = { request: string; hours: string };

export const decisionsQuery = ({ request, hours }: Logged) =>
  queryOptions({
    queryKey: ['audit', 'decisions', request, hours],
    queryFn: ({ signal }) => {
      const query = { request, hours: Number(hours) };
      return dataOf(api.GET('/admin/api/audit/decisions', { params: { query }, signal }));
    },
    // What is written stays as it is, and each look is billed.
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** The first path that a resource covers; that of its name, where nobody may say which. */
export const pathOfQuery = (resource: string, mayRead: boolean) =>
  queryOptions({
    queryKey: ['resources', 'path', resource, mayRead],
    queryFn: async ({ signal }): Promise<string> => {
      if (!mayRead) return `/${resource}`;
      const params = { path: { id: resource } };
      const { patterns } = await dataOf(api.GET('/admin/api/resources/{id}', { params, signal }));
      return patterns[0] ?? `/${resource}`;
    },
  });

export const explanationQuery = ({ id, method, path }: Asked) =>
  queryOptions({
    queryKey: ['explain', id, method, path],
    queryFn: ({ signal }): Promise<Explanation> => {
      const query = { method, path };
      return id
        ? dataOf(
            api.GET('/admin/api/sessions/{id}/explain', {
              params: { path: { id }, query },
              signal,
            }),
          )
        : dataOf(api.GET('/admin/api/me/explain', { params: { query }, signal }));
    },
    // What holds now is the question.
    staleTime: 0,
  });
