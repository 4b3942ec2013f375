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
