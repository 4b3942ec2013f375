/**
 * How many sessions and API keys an act ends, as far as one page counts them: whoever is asked knows what
 * the answer costs.
 *
 * @module
 */
import { useQuery } from '@tanstack/react-query';
import { api, dataOf } from './api.ts';
import { useMay } from './me.ts';

const MANY = 100;

type Props = {
  /** Whose they are: of a user, a client, or all of a domain. */
  of: { subject: string } | { domain: string };
  /** Whether keys end, too. */
  keys?: boolean;
};

export function Ends({ of, keys = false }: Props) {
  const may = useMay();
  const owner = 'subject' in of ? { owner: of.subject } : of;
  const sessions = useQuery({
    queryKey: ['sessions', 'counted', of],
    queryFn: ({ signal }) => {
      const query = { ...of, limit: MANY };
      return dataOf(api.GET('/admin/api/sessions', { params: { query }, signal }));
    },
    enabled: may('r', 'admin/sessions'),
    staleTime: 0,
  });
  const owned = useQuery({
    queryKey: ['keys', 'counted', of],
    queryFn: ({ signal }) => {
      const query = { ...owner, limit: MANY };
      return dataOf(api.GET('/admin/api/keys', { params: { query }, signal }));
    },
    enabled: keys && may('r', 'admin/keys'),
    staleTime: 0,
  });
  const ended = [
    sessions.data && counted(sessions.data, 'session'),
    owned.data && counted(owned.data, 'API key'),
  ].filter(Boolean);
  return <p aria-live="polite">{ended.length > 0 && `That ends ${ended.join(' and ')}.`}</p>;
}

function counted({ items, next }: { items: readonly unknown[]; next?: string }, noun: string) {
  if (next !== undefined) return `more than ${items.length} ${noun}s`;
  return items.length === 1 ? `one ${noun}` : `${items.length || 'no'} ${noun}s`;
}
