/**
 * The audit, as far as an administrator can see: what was changed in the own domain; with `root`, in
 * all that there are, and what belongs to the whole deployment. Where the ACL grants own objects only,
 * what the administrator did.
 *
 * Units: times are epoch seconds.
 *
 * @module
 */

import { isRoot } from '../../authority/grant.ts';
import { type Administrator, domainsInReach } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import {
  type AuditEvent,
  DEPLOYMENT,
  type EventQuery,
  readEvents,
} from '../../store/sessions/audit.ts';
import type { Instant } from '../../time.ts';

/** What an event says of what was done, and by whom. */
export { ActorItem, AUDITED } from '../../store/sessions/audit.ts';

export type AuditQuery = {
  /** Of the things changed; also one that is gone. */
  domain?: string | undefined;
  /** Who changed them. */
  subject?: string | undefined;
  from: number;
  to: number;
  limit: number;
  /** The id of the last event of the page before. */
  after?: string | undefined;
};

export type EventPage = { items: AuditEvent[]; next: string | undefined };

/** Events read for one page at most, so that a rare subject costs a caller pages and not minutes. */
const MAX_READ = 1000;
const CHUNK = 100;

/** @returns Newest first; a page may be shorter than its limit and not be the last. */
export async function pageOfEvents(
  { directory, sessions }: Tables,
  administrator: Administrator,
  { subject, ...query }: AuditQuery,
  now: Instant,
): Promise<EventPage> {
  const { caller, permission } = administrator;
  const inReach = await domainsInReach(directory, administrator, query.domain);
  const whole = isRoot(caller) && query.domain === undefined ? [DEPLOYMENT] : [];
  const all = { ...query, domains: [...whole, ...inReach], now };
  const who = [...(permission.own ? [caller.subject.id] : []), ...(subject ? [subject] : [])];
  if (who.length > 0) return pageOf(sessions, all, who);
  const { events, more } = await readEvents(sessions, all);
  return { items: events, next: more ? events.at(-1)?.id : undefined };
}

async function pageOf(
  sessions: Table,
  query: EventQuery,
  who: readonly string[],
): Promise<EventPage> {
  const items: AuditEvent[] = [];
  let { after } = query;
  for (let read = 0; read < MAX_READ; read += CHUNK) {
    const { events, more } = await readEvents(sessions, { ...query, after, limit: CHUNK });
    const theirs = events.filter(({ actor }) => who.every((subject) => subject === actor.subject));
    items.push(...theirs.slice(0, query.limit - items.length));
    after = items.length === query.limit ? items.at(-1)?.id : events.at(-1)?.id;
    if (items.length === query.limit && (more || after !== events.at(-1)?.id))
      return { items, next: after };
    if (!more) return { items, next: undefined };
  }
  return { items, next: after };
}
