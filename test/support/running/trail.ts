/** The trail of a test: where it goes, and what the stream's reader does with it. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Table } from '../../../lib/aws/table.ts';
import type { TrailServices } from '../../../lib/events/trail.ts';
import { type Event, eventOf } from '../../../lib/store/events/event.ts';
import { MOST_AT_ONCE, numberEvents } from '../../../lib/store/events/number.ts';
import { epochMilliseconds, instant } from '../../../lib/time.ts';

export const trailTo = (events: Table): TrailServices => ({
  events,
  retention: 30,
  metricNamespace: 'latchkey',
  milliseconds: () => epochMilliseconds(Date.now()),
});

/** All that there are, the oldest first. */
export async function eventsIn({ client, name }: Table): Promise<Event[]> {
  const items: Record<string, unknown>[] = [];
  let after: Record<string, never> | undefined;
  do {
    const page = await client.send(
      new ScanCommand({ TableName: name, ConsistentRead: true, ExclusiveStartKey: after }),
    );
    items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
    after = page.LastEvaluatedKey as typeof after;
  } while (after);
  return items
    .filter(({ pk }) => String(pk).startsWith('events#'))
    .map(eventOf)
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** As the reader of the table's stream does. */
export async function numberAll(events: Table): Promise<void> {
  const unnumbered = (await eventsIn(events)).filter(({ seq }) => seq === undefined);
  for (let start = 0; start < unnumbered.length; start += MOST_AT_ONCE)
    await numberEvents(events, unnumbered.slice(start, start + MOST_AT_ONCE), () =>
      instant(Math.floor(Date.now() / 1000)),
    );
}
