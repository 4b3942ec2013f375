/**
 * The number of an event among those of its subject, so that a missing one is seen, and its places in the
 * indexes. Both are given after the event was written, by the one reader of the table's stream: a sign-in
 * then writes no more than its event, and many sign-ins of one subject at once do not wait for each other.
 *
 * Counter: { pk: "seq#" + subject, sk: "seq", count, signedInAt? } in the events table; it stays, so that no
 *          number comes twice. An event that has its number keeps it: who numbers it again changes nothing.
 *          `signedInAt` (epoch seconds) is that of the subject's last `session.opened`: it costs no write.
 * Indexes: byTarget, byActor, byType, byAddress hold the domain with the value, so that nobody who may see
 *          one domain finds another's events; byHour (listed) the hour in which the event was numbered, not
 *          that of which it tells: what comes late is in a later hour, and in none that was closed.
 *
 * Errors: as in table.ts; `temporarily_unavailable` while somebody else numbers the same subjects.
 *
 * @module
 */
import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { batchGet, type Item, type Key, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import type { Instant } from '../../time.ts';
import { type Event, eventKey, eventOf } from './event.ts';

/** Of one transaction, which takes a hundred writes: an event, and the counter of its subject. */
export const MOST_AT_ONCE = 50;
export type EventName = Pick<Event, 'domain' | 'id'>;

const counterKey = (subject: string): Key => ({ pk: `seq#${subject}`, sk: 'seq' });
/** `2026-11-29T08`, of UTC. */
export const hourOf = (moment: Instant): string =>
  new Date(moment * 1000).toISOString().slice(0, 'YYYY-MM-DDTHH'.length);

/**
 * @param names - At most MOST_AT_ONCE, each once, in the stream's order.
 * @returns Those that are still there with their numbers, in the same order, whether they got them now or
 *          had them before.
 */
export const numberEvents = (
  events: Table,
  names: readonly EventName[],
  now: () => Instant,
): Promise<Event[]> =>
  untilUncontested('events are being numbered', async () => {
    const items = await batchGet(names.map((name) => ({ table: events, key: eventKey(name) })));
    const found = items.flatMap((item) => (item ? [eventOf(item)] : []));
    const unnumbered = found.filter(({ seq }) => seq === undefined);
    if (unnumbered.length === 0) return found;
    const counters = await countersOf(events, unnumbered);
    const numbered = numbersOf(counters, unnumbered);
    const writes = [
      ...numbered.map((event) => numberWrite(events, event, hourOf(now()))),
      ...counterWrites(events, counters, numbered),
    ];
    if ((await transact(writes)).includes(true)) return CONTESTED;
    return found.map((event) => numbered.find(({ id }) => id === event.id) ?? event);
  });

type Numbered = Event & { seq: number };

/** By subject. */
type Counters = ReadonlyMap<string, Item | undefined>;

async function countersOf(events: Table, of: readonly Event[]): Promise<Counters> {
  const subjects = [...new Set(of.map(({ subject }) => subject))];
  const wanted = subjects.map((subject) => ({ table: events, key: counterKey(subject) }));
  const counters = await batchGet(wanted);
  return new Map(subjects.map((subject, index) => [subject, counters[index]]));
}

function numbersOf(counters: Counters, unnumbered: readonly Event[]): Numbered[] {
  const counts = new Map([...counters].map(([subject, counter]) => [subject, countOf(counter)]));
  return unnumbered.map((event) => {
    const seq = (counts.get(event.subject) ?? 0) + 1;
    counts.set(event.subject, seq);
    return { ...event, seq };
  });
}

const countOf = (item: Item | undefined): number => Number(item?.['count'] ?? 0);
const signInOf = (item: Item | undefined): Instant | undefined =>
  item && parseItem(v.object({ signedInAt: v.optional(InstantItem) }), item).signedInAt;

/** @param subjects - At most 100. @returns By subject; who has not signed in since this is kept is missing. */
export async function readSignInTimes(
  events: Table,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, Instant>> {
  const keys = subjects.map((subject) => ({ table: events, key: counterKey(subject) }));
  const counters = await batchGet(keys);
  return new Map(
    subjects.flatMap((subject, index) => {
      const at = signInOf(counters[index]);
      return at === undefined ? [] : [[subject, at] as const];
    }),
  );
}

function numberWrite(events: Table, event: Numbered, hour: string): Write {
  const places = { ...placesOf(event), seq: event.seq, listed: hour };
  const names = Object.keys(places);
  return {
    table: events,
    update: eventKey(event),
    set: {
      expression: names.map((name) => `#${name} = :${name}`).join(', '),
      values: Object.fromEntries(
        Object.entries(places).map(([name, value]) => [`:${name}`, value]),
      ),
      names: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    },
    when: { expression: 'attribute_exists(pk) AND attribute_not_exists(#seq)' },
  };
}

/** One a subject, from the number that was read to that of its last event here. */
function counterWrites(events: Table, counters: Counters, numbered: readonly Numbered[]): Write[] {
  const bySubject = Map.groupBy(numbered, ({ subject }) => subject);
  return [...bySubject].map(([subject, theirs]) => {
    const read = Math.min(...theirs.map(({ seq }) => seq)) - 1;
    const isNew = read === 0;
    return {
      table: events,
      put: {
        ...counterKey(subject),
        count: read + theirs.length,
        signedInAt: lastSignIn(signInOf(counters.get(subject)), theirs),
      },
      when: isNew
        ? { expression: 'attribute_not_exists(pk)' }
        : { expression: '#count = :read', values: { ':read': read }, names: { '#count': 'count' } },
    };
  });
}

function lastSignIn(before: Instant | undefined, theirs: readonly Event[]): Instant | undefined {
  const times = theirs.filter(({ type }) => type === 'session.opened').map(({ at }) => at);
  return [before, ...times].reduce((last, at) => (last && at && at < last ? last : (at ?? last)));
}

/** DynamoDB takes 2,048 bytes as a key; a domain and an ARN may come to more. */
const MAX_PLACE = 2048;
/** A domain's name may have a `#`, so that one could begin like another with a value. */
export const placeOf = (domain: string, value: string): string =>
  `${domain.replace(/[%#]/g, encodeURIComponent)}#${value}`;

function placesOf({ domain, target, type, actor }: Event): Record<string, string> {
  const by = {
    byTarget: target,
    byActor: actor.subject ?? actor.arn,
    byType: type,
    byAddress: actor.ip,
  };
  return Object.fromEntries(
    Object.entries(by).flatMap(([index, value]) => {
      const place = value && placeOf(domain, value);
      return place && Buffer.byteLength(place) <= MAX_PLACE ? [[index, place]] : [];
    }),
  );
}
