/**
 * Events: what happened, who did it, from where. One is written in the transaction of what it tells of, so
 * there is never one without the other. After that only the reader of the table's stream touches it, once:
 * it gives it its number and puts it into the indexes (number.ts).
 *
 * Item:  { pk: "events#" + domain, sk: milliseconds + "#" + id, at, type, v, domain, subject, collection,
 *        target, actor, before?, after?, renewed?, cut?, detail?, requestId?, expiresAt } in the events
 *        table; the domain is that of what it happened to, and empty for what belongs to the whole deployment
 * Units: at and expiresAt are epoch seconds; expiresAt is also the table's TTL attribute, which DynamoDB
 *        honours late.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import type { Item, Key, Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { randomKey } from '../../crypto.ts';
import type { EpochMilliseconds, Instant } from '../../time.ts';
import { cutToFit } from './cut.ts';
import { EVENT_TYPES, type EventType } from './types.ts';

/** key: an API key or a domain token. aws: whoever has AWS credentials, named by `arn`. */
const ACTOR_KINDS = ['user', 'client', 'key', 'aws', 'nobody'] as const;
/** A member that would be empty is left out. */
const ActorItem = v.object({
  kind: v.picklist(ACTOR_KINDS),
  subject: v.optional(v.string()),
  username: v.optional(v.string()),
  /** Of the session, or the id of the API key, by which the subject did it; `client` says which. */
  key: v.optional(v.string()),
  client: v.optional(v.string()),
  arn: v.optional(v.string()),
  ip: v.optional(v.string()),
  userAgent: v.optional(v.string()),
});
export type Actor = v.InferOutput<typeof ActorItem>;

const Shown = v.record(v.string(), v.unknown());
/** As read: a later release may have written it, with types that this one does not know (NewEvent has them). */
export const EventItem = v.object({
  id: v.string(),
  at: InstantItem,
  type: v.string(),
  v: v.number(),
  domain: v.string(),
  /** Whom or what it is about: `user/ID`, `client/ID`, `role/NAME`, `deployment` …; numbered one by one. */
  subject: v.string(),
  collection: v.string(),
  target: v.string(),
  actor: ActorItem,
  before: v.optional(Shown),
  after: v.optional(Shown),
  /** Secrets that are others than before. */
  renewed: v.optional(v.array(v.string())),
  /** What was too large to be kept: `after.acl`. */
  cut: v.optional(v.array(v.string())),
  /** What the type has beside these. */
  detail: v.optional(Shown),
  requestId: v.optional(v.string()),
  /** It was told of before there was this table: nobody is told of it again. */
  migrated: v.optional(v.literal(true)),
  /** Of its subject's events, from 1; not there for the moment until the stream's reader has seen it. */
  seq: v.optional(v.number()),
});
export type Event = v.InferOutput<typeof EventItem>;
/** What is yet to be written. */
export type NewEvent = Omit<
  Event,
  'id' | 'at' | 'type' | 'v' | 'collection' | 'cut' | 'migrated' | 'seq'
> & { type: EventType };

/** What belongs to no domain: roles, resources, settings, and the domains themselves. */
export const DEPLOYMENT = '';

export const partitionOf = (domain: string): string => `events#${domain}`;
/** `id`: of the event, its sort key. */
export const eventKey = ({ domain, id }: { domain: string; id: string }): Key => ({
  pk: partitionOf(domain),
  sk: id,
});

/** In the year 5138. In milliseconds. */
export const LATEST = 99_999_999_999_999;
/** DynamoDB orders by bytes, so numbers have one length: later than the latest nothing is. */
export const stamp = (milliseconds: number): string =>
  String(Math.min(milliseconds, LATEST)).padStart(14, '0');
const DAY = 86_400;

/** Milliseconds that a clock may be set back by without events changing their order. */
const STEP_BACK = 5000;
let count = 0;
let last = 0;
/** Events of one instance keep their order, also within a millisecond and when its clock is set back. */
function nextMoment(now: number): number {
  last = last > now && last - now < STEP_BACK ? last : now;
  count = (count + 1) % 1_000_000;
  return last;
}

/** @param now - Epoch milliseconds. @param retention - In days. */
export function eventWrite(
  events: Table,
  event: NewEvent,
  { now, retention }: { now: EpochMilliseconds; retention: number },
): Write {
  const moment = nextMoment(now);
  const at = Math.floor(moment / 1000);
  const { v: version, collection } = EVENT_TYPES[event.type];
  return {
    table: events,
    put: {
      pk: partitionOf(event.domain),
      sk: `${stamp(moment)}#${String(count).padStart(6, '0')}-${randomKey()}`,
      ...cutToFit({ ...event, v: version, collection }),
      at,
      expiresAt: at + retention * DAY,
    },
    when: { expression: 'attribute_not_exists(pk)' },
  };
}

/** What happened before, under the id that it had. */
export function oldEventWrite(
  events: Table,
  { id, ...event }: NewEvent & { id: string; at: Instant },
  expiresAt: Instant,
): Write {
  const { v: version, collection } = EVENT_TYPES[event.type];
  const told = cutToFit({ ...event, v: version, collection, migrated: true });
  const put = { ...eventKey({ ...event, id }), ...told, expiresAt };
  return { table: events, put, when: { expression: 'attribute_not_exists(pk)' } };
}

export const eventOf = (item: Item): Event => parseItem(EventItem, { ...item, id: item['sk'] });

/** As the type and its version are told to other systems: `user.changed.v1`. */
export const versionedType = ({ type, v: version }: { type: string; v: number }): string =>
  `${type}.v${version}`;
