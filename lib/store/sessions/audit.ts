/**
 * The audit: what administrators changed. An event is written in the transaction of its change, so
 * there is never one without the other, and it is never changed afterwards.
 *
 * Item:  { pk: "audit#" + domain, sk: milliseconds + "#" + id, at, action, collection, target, domain,
 *        actor, before?, after?, renewed?, expiresAt } in the sessions table; the domain is that of the
 *        thing changed, and empty for what belongs to the whole deployment
 * Units: at and expiresAt are epoch seconds; expiresAt is also the table's TTL attribute, which
 *        DynamoDB honours late.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { queryPage } from '../../aws/query.ts';
import type { Item, Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { randomKey } from '../../crypto.ts';
import type { EpochMilliseconds, Instant } from '../../time.ts';

export const ActorItem = v.object({
  subject: v.string(),
  username: v.string(),
  /** Of the session, or the id of the API key, by which the subject did it; `client` says which. */
  key: v.string(),
  client: v.string(),
  ip: v.string(),
  userAgent: v.optional(v.string()),
});
export const AUDITED = ['create', 'change', 'delete', 'sign_out'] as const;
const EventItem = v.object({
  id: v.string(),
  at: InstantItem,
  action: v.picklist(AUDITED),
  collection: v.string(),
  target: v.string(),
  domain: v.string(),
  actor: ActorItem,
  /** Without secrets and their hashes. */
  before: v.optional(v.record(v.string(), v.unknown())),
  after: v.optional(v.record(v.string(), v.unknown())),
  /** Secrets that are others than before. */
  renewed: v.optional(v.array(v.string())),
});
export type AuditEvent = v.InferOutput<typeof EventItem>;

/** What belongs to no domain: roles, resources, settings, and the domains themselves. */
export const DEPLOYMENT = '';

/** DynamoDB orders by bytes, so numbers have one length. */
const stamp = (milliseconds: number): string => String(milliseconds).padStart(14, '0');
const DAY = 86_400;
const ENDLESS = '~';

let count = 0;
/** Events of one instance and millisecond keep their order. */
const nextId = (): string => {
  count = (count + 1) % 1_000_000;
  return `${String(count).padStart(6, '0')}-${randomKey()}`;
};

/** @param now - Epoch milliseconds. @param retention - In days. */
export function eventWrite(
  sessions: Table,
  event: Omit<AuditEvent, 'id' | 'at'>,
  { now, retention }: { now: EpochMilliseconds; retention: number },
): Write {
  const at = Math.floor(now / 1000);
  return {
    table: sessions,
    put: {
      pk: `audit#${event.domain}`,
      sk: `${stamp(now)}#${nextId()}`,
      ...event,
      at,
      expiresAt: at + retention * DAY,
    },
    when: { expression: 'attribute_not_exists(pk)' },
  };
}

export type EventQuery = {
  /** Of the things changed. */
  domains: readonly string[];
  /** Epoch seconds, both included. */
  from: number;
  to: number;
  limit: number;
  /** The id of the last event of the page before. */
  after?: string | undefined;
  now: Instant;
};

/**
 * Newest first over several domains, which are merged by time.
 *
 * @returns Events that have not expired, and whether there may be more.
 */
export async function readEvents(
  sessions: Table,
  { domains, from, to, limit, after, now }: EventQuery,
): Promise<{ events: AuditEvent[]; more: boolean }> {
  const between = [stamp(from * 1000), after ?? `${stamp(to * 1000 + 999)}#${ENDLESS}`] as const;
  const partitions = await Promise.all(
    domains.map((domain) =>
      queryPage(sessions, {
        partition: `audit#${domain}`,
        between,
        newestFirst: true,
        // The one that the page begins after is in the range, too.
        limit: limit + 2,
      }),
    ),
  );
  const found = partitions
    .flatMap(({ items }) => items)
    .filter((item) => item['sk'] !== after && Number(item['expiresAt']) > now)
    .sort((left, right) => (String(left['sk']) < String(right['sk']) ? 1 : -1));
  const unread = found.length > limit || partitions.some(({ next }) => next !== undefined);
  // What has expired is older than all that has not.
  return { events: found.slice(0, limit).map(eventOf), more: unread && found.length > 0 };
}

const eventOf = (item: Item): AuditEvent => parseItem(EventItem, { ...item, id: item['sk'] });
