/**
 * Hands events to the bus. Each names the type with its version (`user.changed.v1`) and holds the event as it
 * is stored, `seq` included: by that a subscriber puts a subject's events in order and sees that one is
 * missing, and by `id` that one has come twice.
 *
 * Of one subject, a later event is handed over only after the one before.
 *
 * Errors: as in bus.ts and table.ts; what the bus did not take is an answer.
 *
 * @module
 */
import { type Bus, type BusEntry, putEntries } from '../aws/bus.ts';
import { batchGet, type Table } from '../aws/table.ts';
import { type Event, eventKey, eventOf, versionedType } from '../store/events/event.ts';
import type { EventName } from '../store/events/number.ts';

export type PublishServices = {
  events: Table;
  bus: Bus;
  /** Of this deployment: `latchkey.STAGE`. */
  source: string;
};

/** @returns Why each was not handed over, in their order; `undefined` for one that was. */
export async function publishEvents(
  { events, bus, source }: PublishServices,
  names: readonly EventName[],
): Promise<(string | undefined)[]> {
  const read = await readEvents(events, names);
  const outcomes = names.map((): string | undefined => undefined);
  const waiting = read.flatMap((event, index) => (event ? [{ event, index }] : []));
  for (const round of inRounds(waiting)) {
    const next = round.filter(({ before }) => before.every((index) => !outcomes[index]));
    const results = await putEntries(
      bus,
      next.map(({ event }) => entryOf(event, source)),
    );
    for (const one of round) outcomes[one.index] = 'one before it was not taken';
    for (const [at, { index }] of next.entries()) outcomes[index] = results[at];
  }
  return outcomes;
}

/** One that was kept for as long as it is to be kept is gone, and tells nobody anything. */
async function readEvents(events: Table, names: readonly EventName[]) {
  const distinct = [...new Map(names.map((name) => [nameOf(name), name])).values()];
  const items = await batchGet(distinct.map((name) => ({ table: events, key: eventKey(name) })));
  const found = new Map(
    distinct.map((name, index) => [nameOf(name), items[index] && eventOf(items[index])]),
  );
  return names.map((name) => found.get(nameOf(name)));
}

const nameOf = ({ domain, id }: EventName): string => `${id} ${domain}`;

type Waiting = { event: Event; index: number };

/** In each at most one event of a subject, with the places of those before it. */
function inRounds(waiting: readonly Waiting[]): (Waiting & { before: number[] })[][] {
  const rounds: (Waiting & { before: number[] })[][] = [];
  for (const theirs of Map.groupBy(waiting, ({ event }) => event.subject).values())
    for (const [turn, one] of theirs.entries()) {
      const before = theirs.slice(0, turn).map(({ index }) => index);
      rounds[turn] = [...(rounds[turn] ?? []), { ...one, before }];
    }
  return rounds;
}

const entryOf = (event: Event, source: string): BusEntry => ({
  source,
  type: versionedType(event),
  detail: event,
  at: new Date(event.at * 1000),
});
