/**
 * What becomes of an event after it was written: it gets its number and its places in the indexes, and then
 * those hear of it who have to: whoever tells clients of logouts, who hands it to the bus, and who mails. Run by the
 * one reader of the table's stream, in the order in which events were written.
 *
 * Nothing is lost where it dies: what was not told of comes again, has its number already, and is told of
 * once more. So everybody behind hears of it at least once, under the event's own id.
 *
 * What was moved here, out of the audit of before, has been told of: it is numbered, and nobody is told of it
 * again. Nor of what is older than the stream can keep.
 *
 * Errors: any, where nothing was done: so Lambda halves the batch, until what cannot be done is alone. Where
 *         some was done, it says from where on the records are to come again.
 *
 * @module
 */
import { enqueue, enqueueInOrder, type Queue } from '../aws/queue.ts';
import type { Table } from '../aws/table.ts';
import { toAuthError } from '../errors.ts';
import { logFault } from '../log.ts';
import { countedOnce, type Metrics } from '../metrics.ts';
import type { Event } from '../store/events/event.ts';
import { type EventName, MOST_AT_ONCE, numberEvents } from '../store/events/number.ts';
import { type EventRecord, eventNameOf } from '../store/events/records.ts';
import { after, type Instant, isOver, seconds } from '../time.ts';
import { countEnds } from './count-ends.ts';
import { endingsOf } from './ends.ts';
import { noticeOrdersOf } from './notices.ts';

export type FanOutServices = {
  events: Table;
  logouts: Queue;
  /** FIFO: what the bus is fed from. */
  published: Queue;
  /** Undefined where the stage sends no mail. */
  mails: Queue | undefined;
  metricNamespace: string;
  metrics: Metrics;
  now: () => Instant;
};

/** Of a transaction, which takes 4 MB. */
const MOST_BYTES = 3_000_000;
/** A stream keeps a day, and a clock may be wrong. */
const NEWS = seconds(2 * 86_400);

/** @returns The sequence number of the first record that has to come again; `undefined` if none has. */
export async function fanOut(
  services: FanOutServices,
  records: readonly EventRecord[],
): Promise<string | undefined> {
  try {
    return await tellAll(services, records);
  } finally {
    services.metrics.write();
  }
}

async function tellAll(
  services: FanOutServices,
  records: readonly EventRecord[],
): Promise<string | undefined> {
  for (const [index, part] of inParts(records).entries()) {
    try {
      await tell(services, part.map(eventNameOf));
    } catch (error) {
      const details = { function: 'trail', records: part.length };
      logFault(toAuthError(error), countedOnce(services.metricNamespace, 'Faults', details));
      if (index === 0) throw error;
      return part[0]?.dynamodb.SequenceNumber;
    }
  }
  return undefined;
}

async function tell(
  { events, logouts, published, mails, metrics, now }: FanOutServices,
  names: readonly EventName[],
): Promise<void> {
  const numbered = await numberEvents(events, names, now);
  const news = numbered.filter(({ at, migrated }) => !migrated && !isOver(after(at, NEWS), now()));
  await enqueue(logouts, news.flatMap(endingsOf));
  await enqueueInOrder(published, news.map(toBePublished));
  if (mails) await enqueue(mails, news.flatMap(noticeOrdersOf));
  countEnds(metrics, news);
}

const toBePublished = ({ domain, id, subject }: Event) => ({
  group: subject,
  id,
  message: { domain, id } satisfies EventName,
});

/** In their order, each small enough to be numbered at once. */
function inParts(records: readonly EventRecord[]): EventRecord[][] {
  const parts: EventRecord[][] = [];
  let bytes = 0;
  for (const record of records) {
    const size = record.dynamodb.SizeBytes ?? 0;
    const last = parts.at(-1);
    const fits = last && last.length < MOST_AT_ONCE && bytes + size <= MOST_BYTES;
    if (fits) last.push(record);
    else parts.push([record]);
    bytes = fits ? bytes + size : size;
  }
  return parts;
}
