/**
 * Nothing is lost where the stream's reader dies: it is killed before and after each request that it makes,
 * in a process of its own, over a real stream and real queues.
 */
import { afterEach, expect, test } from 'vitest';
import { queryAll } from '../../lib/aws/query.ts';
import type { Item, Table } from '../../lib/aws/table.ts';
import { type Readers, startReaders, writeEvent } from '../support/running/event-readers.ts';
import type { Request } from '../support/running/proxy.ts';

let readers: Readers;
afterEach(() => readers.stop());

const stored = (events: Table): Promise<Item[]> =>
  queryAll(events, { partition: 'events#mydomain.com' });
const isTo = (name: string, { action, body }: Request) =>
  action === 'SendMessageBatch' && String(body['QueueUrl']).endsWith(name);

type Place = [name: string, at: 'dynamodb' | 'sqs', is: (request: Request) => boolean];
const PLACES: Place[] = [
  ['events are read', 'dynamodb', ({ action }) => action === 'BatchGetItem'],
  ['they are numbered', 'dynamodb', ({ action }) => action === 'TransactWriteItems'],
  ['logouts are queued', 'sqs', (request) => isTo('/logouts', request)],
  ['events are queued for the bus', 'sqs', (request) => isTo('/events.fifo', request)],
];
const TIMES = ['before', 'after'] as const;

test.each(PLACES.flatMap(([name, at, is]) => TIMES.map((time) => ({ name, at, is, time }))))(
  'the reader is killed $time $name: all is told, in order, and numbered once',
  async ({ at, is, time }) => {
    readers = await startReaders();
    let kills = 0;
    /** It has happened, and the reader does not hear of it any more. */
    const afterwards = () => {
      void readers.kill();
      throw new Error('killed');
    };
    readers[at].inject(async (request) => {
      if (!is(request) || kills >= 2) return undefined;
      kills += 1;
      if (time === 'before') await readers.kill();
      return time === 'before' ? 'cut' : afterwards;
    });
    const ids = [];
    for (let count = 0; count < 8; count++)
      ids.push(
        await writeEvent(readers.events, { subject: `user/${count % 2}`, target: `${count % 2}` }),
      );

    await expect.poll(() => new Set(readers.told.publish).size, { timeout: 20_000 }).toBe(8);
    expect(kills).toBe(2);
    const first = [...new Set(readers.told.publish)].map((body) => JSON.parse(body).id);
    for (const parity of [0, 1]) {
      const theirs = ids.filter((_, index) => index % 2 === parity);
      expect(first.filter((id) => theirs.includes(id))).toEqual(theirs);
    }
    const items = await stored(readers.events);
    for (const parity of ['0', '1'])
      expect(items.filter(({ target }) => target === parity).map(({ seq }) => seq)).toEqual([
        1, 2, 3, 4,
      ]);
    expect(new Set(readers.told.notify)).toEqual(new Set(['{"subject":"0"}', '{"subject":"1"}']));
  },
  60_000,
);
