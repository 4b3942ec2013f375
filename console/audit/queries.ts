/**
 * Events, as the admin API has them, and the filters of the page as it asks for them.
 *
 * @module
 */
import { api, dataOf } from '../app/api.ts';
import type { Filters } from '../app/list.tsx';
import type { Event } from './types.ts';

export type EventPage = { items: Event[]; next?: string };

/** Of the reader's own clock: `2030-01-31T13:00`. @returns Epoch seconds; what is no time asks for nothing. */
const secondsOf = (local: string | undefined): number | undefined => {
  const at = local ? Date.parse(local) / 1000 : Number.NaN;
  return Number.isFinite(at) ? Math.floor(at) : undefined;
};

export const listEvents = (
  { since, until, ...filters }: Filters,
  signal?: AbortSignal,
): Promise<EventPage> => {
  const [from, to] = [secondsOf(since), secondsOf(until)];
  const query = {
    ...filters,
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
  return dataOf(api.GET('/admin/api/audit', { params: { query }, ...(signal && { signal }) }));
};

/** One file holds no more; whoever needs all of them has the export of the service. */
export const MOST = 10_000;
const PAGE = '100';

/** @returns All that match, the newest first, and whether there are more. */
export async function allEvents(
  filters: Filters,
  onProgress: (read: number) => void,
): Promise<{ events: Event[]; more: boolean }> {
  const events: Event[] = [];
  for (let cursor: string | undefined; events.length < MOST; ) {
    const page = await listEvents({ ...filters, limit: PAGE, ...(cursor && { cursor }) });
    events.push(...page.items);
    onProgress(events.length);
    cursor = page.next;
    if (!cursor) return { events, more: false };
  }
  return { events, more: true };
}
