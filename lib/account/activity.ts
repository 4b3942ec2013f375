/**
 * What happened to a person's account, and what the person did, newest first: the own part of the trail,
 * without what is another's. Of what an administrator did there is neither the name nor the address.
 *
 * Found in the indexes, so a second or two late.
 *
 * Units: at, now are epoch seconds.
 *
 * @module
 */
import type { Table } from '../aws/table.ts';
import { subjectOf } from '../events/kinds/happened.ts';
import { DEPLOYMENT, type Event } from '../store/events/event.ts';
import { findEvents, type IndexedBy } from '../store/events/find.ts';
import type { Instant } from '../time.ts';
import type { Caller } from '../verdict/judge.ts';

/** `nobody`: who did not sign in, such as somebody with a wrong password. */
export const BY = ['oneself', 'other', 'nobody'] as const;
export type Act = Pick<Event, 'id' | 'at' | 'type' | 'target'> & {
  by: (typeof BY)[number];
  /** Of the client that it was about, or through which it was done. */
  client?: string | undefined;
  ip?: string | undefined;
  userAgent?: string | undefined;
  /** A sign-in from where there was none before. */
  isNewDevice?: boolean | undefined;
  /** What somebody who administers did to others, or to what is nobody's. */
  isAnothers?: boolean | undefined;
};
type Page = { limit: number; after?: string | undefined; now: Instant };

/** @returns A page may be shorter than its limit and not be the last; `next`: the id of its last event. */
export async function pageOfActivity(
  events: Table,
  { subject: { id, domain } }: Pick<Caller, 'subject'>,
  { limit, after, now }: Page,
): Promise<{ items: Act[]; next: string | undefined }> {
  const query = { domains: [domain, DEPLOYMENT], from: 0, to: now, limit, after, now };
  const places: IndexedBy[] = [
    { index: 'byTarget', values: [id] },
    { index: 'byActor', values: [id] },
  ];
  const found = await Promise.all(places.map((by) => findEvents(events, { ...query, by })));
  // Beyond where the one that has more has got to, it may have others than what is here.
  const [frontier = ''] = found
    .flatMap(({ more, last }) => (more && last ? [last] : []))
    .sort(down);
  const all = new Map(found.flatMap((page) => page.events.map((event) => [event.id, event])));
  const seen = [...all.values()]
    .filter((event) => event.id >= frontier)
    .sort((left, right) => down(left.id, right.id));
  const items = seen.slice(0, limit);
  const next = seen.length > limit ? items.at(-1)?.id : frontier || undefined;
  return { items: items.map((event) => actOf(event, id)), next };
}

const down = (left: string, right: string): number => {
  if (left === right) return 0;
  return left < right ? 1 : -1;
};

function actOf({ id, at, type, subject, target, actor, detail = {} }: Event, self: string): Act {
  const by = byWhom(actor, self);
  const { client = actor.client, newDevice } = detail as { client?: string; newDevice?: boolean };
  return {
    id,
    at,
    type,
    target,
    by,
    ...(client !== undefined && by !== 'other' && { client }),
    ...(by !== 'other' && { ip: actor.ip, userAgent: actor.userAgent }),
    ...(newDevice === true && { isNewDevice: true }),
    ...(subject !== subjectOf(self) && { isAnothers: true }),
  };
}

function byWhom({ kind, subject }: Event['actor'], self: string): Act['by'] {
  if (subject === self) return 'oneself';
  return kind === 'nobody' ? 'nobody' : 'other';
}
