/**
 * What happened, as far as an administrator can see: in the own domain; with `root`, in all that there are,
 * and what belongs to the whole deployment. Where the ACL grants own objects only, what the administrator
 * did.
 *
 * One of the filters is looked up in an index (store/events/find.ts), the others are held against what is
 * found there; without any, the events are read by time.
 *
 * Units: times are epoch seconds.
 *
 * @module
 */

import { isRoot } from '../../authority/grant.ts';
import { type Administrator, domainsInReach } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { DEPLOYMENT, type Event } from '../../store/events/event.ts';
import { type EventQuery, findEvents, type IndexedBy } from '../../store/events/find.ts';
import { type Collection, type EventType, typesOf } from '../../store/events/types.ts';
import type { Instant } from '../../time.ts';

/** What an event says of what happened, and of who did it. */
export { EventItem } from '../../store/events/event.ts';
export { COLLECTIONS, EVENT_TYPE_NAMES } from '../../store/events/types.ts';

type Filters = {
  /** The id or the name of what it happened to. */
  target?: string | undefined;
  /** Who did it: the id of a user or a client, or an ARN. */
  actor?: string | undefined;
  type?: EventType | undefined;
  collection?: Collection | undefined;
  /** From where it was done. */
  address?: string | undefined;
};
export type AuditQuery = Filters & {
  /** Of what it happened to; also one that is gone. */
  domain?: string | undefined;
  from: number;
  to: number;
  limit: number;
  /** The id of the last event of the page before. */
  after?: string | undefined;
};

export type EventPage = { items: Event[]; next: string | undefined };
type Sources = { directory: Table; events: Table };

/** Events read for one page at most, so that a rare one costs a caller pages and not minutes. */
const MAX_READ = 1000;
const CHUNK = 100;

/** @returns Newest first; a page may be shorter than its limit and not be the last. */
export async function pageOfEvents(
  { directory, events }: Sources,
  administrator: Administrator,
  { from, to, limit, after, domain, ...filters }: AuditQuery,
  now: Instant,
): Promise<EventPage> {
  const { caller, permission } = administrator;
  const inReach = await domainsInReach(directory, administrator, domain);
  const whole = isRoot(caller) && domain === undefined ? [DEPLOYMENT] : [];
  const own = permission.own ? caller.subject.id : undefined;
  if (own !== undefined && filters.actor !== undefined && filters.actor !== own)
    return { items: [], next: undefined };
  const wanted = { ...filters, ...(own !== undefined && { actor: own }) };
  const by = indexOf(wanted);
  const query = { from, to, limit, after, now, domains: [...whole, ...inReach], by };
  return pageOf(events, query, (event) => fits(wanted, event));
}

/** That which leaves least to be read. */
function indexOf({ target, actor, address, type, collection }: Filters): IndexedBy | undefined {
  if (target !== undefined) return { index: 'byTarget', values: [target] };
  if (actor !== undefined) return { index: 'byActor', values: [actor] };
  if (address !== undefined) return { index: 'byAddress', values: [address] };
  if (type !== undefined) return { index: 'byType', values: [type] };
  if (collection !== undefined) return { index: 'byType', values: typesOf(collection) };
  return undefined;
}

function fits({ target, actor, address, type, collection }: Filters, event: Event): boolean {
  const { subject, arn, ip } = event.actor;
  return (
    (target === undefined || event.target === target) &&
    (actor === undefined || subject === actor || arn === actor) &&
    (address === undefined || ip === address) &&
    (type === undefined || event.type === type) &&
    (collection === undefined || event.collection === collection)
  );
}

async function pageOf(
  table: Table,
  query: EventQuery,
  isWanted: (event: Event) => boolean,
): Promise<EventPage> {
  const items: Event[] = [];
  let { after } = query;
  for (let read = 0; read < MAX_READ; read += CHUNK) {
    const { events, more, last } = await findEvents(table, { ...query, after, limit: CHUNK });
    const found = events.filter(isWanted);
    items.push(...found.slice(0, query.limit - items.length));
    const isFull = items.length === query.limit;
    after = isFull ? items.at(-1)?.id : last;
    if (isFull && (more || after !== last)) return { items, next: after };
    if (!more) return { items, next: undefined };
  }
  return { items, next: after };
}
