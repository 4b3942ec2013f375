/** What the stream's reader does with each batch: real table, real queue, faults on the wire. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectQueue } from '../../lib/aws/queue.ts';
import { get, put } from '../../lib/aws/table.ts';
import { transact } from '../../lib/aws/transaction.ts';
import { type FanOutServices, fanOut } from '../../lib/events/fan-out.ts';
import { gatherMetrics } from '../../lib/metrics.ts';
import { type NewEvent, oldEventWrite } from '../../lib/store/events/event.ts';
import type { EventRecord } from '../../lib/store/events/records.ts';
import { epochMilliseconds, instant } from '../../lib/time.ts';
import {
  EVENT_QUEUE,
  LOGOUTS,
  MAILS,
  type Queues,
  startQueues,
  writeEvent,
} from '../support/running/event-readers.ts';
import { startProxy } from '../support/running/proxy.ts';
import { freshTables } from '../support/running/tables.ts';

const NOW = 1_800_000_000;
let queues: Queues;
let sqs: Awaited<ReturnType<typeof startProxy>>;
let services: FanOutServices;
beforeAll(async () => {
  const { events } = await freshTables();
  queues = await startQueues();
  sqs = await startProxy(queues.endpoint);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
  });
  services = {
    events,
    logouts: connectQueue(LOGOUTS),
    published: connectQueue(EVENT_QUEUE),
    mails: connectQueue(MAILS),
    metricNamespace: 'test',
    metrics: gatherMetrics('test', Date.now, 0),
    now: () => instant(NOW),
  };
});
afterEach(() => {
  sqs.heal();
  for (const bodies of Object.values(queues.told)) bodies.length = 0;
});
afterAll(async () => {
  await sqs.stop();
  await queues.stop();
});

let position = 0;
const recordOf = (id: string, domain = 'mydomain.com', more: object = {}): EventRecord => ({
  eventName: 'INSERT',
  dynamodb: {
    Keys: { pk: { S: `events#${domain}` }, sk: { S: id } },
    SequenceNumber: String(++position),
    ...more,
  },
});
const written = async (event: Partial<NewEvent> = {}, at = NOW) =>
  recordOf(
    await writeEvent(services.events, event, epochMilliseconds(at * 1000)),
    event.domain ?? 'mydomain.com',
  );
const idOf = ({ dynamodb }: EventRecord) => dynamodb.Keys['sk']?.S ?? '';
const published = () => queues.told.publish.map((body) => JSON.parse(body).id);
const storedAt = ({ dynamodb: { Keys } }: EventRecord) =>
  get(services.events, { pk: Keys['pk']?.S ?? '', sk: Keys['sk']?.S ?? '' });

describe('a batch', () => {
  test('is numbered, indexed, and told of in its order', async () => {
    const records = [];
    for (let count = 0; count < 5; count++)
      records.push(await written({ subject: 'user/in-order' }));
    expect(await fanOut(services, records)).toBeUndefined();
    await expect.poll(published).toEqual(records.map(idOf));
    const items = await Promise.all(records.map(storedAt));
    expect(items.map((item) => item?.['seq'])).toEqual([1, 2, 3, 4, 5]);
    expect(items[0]).toMatchObject({ listed: '2027-01-15T08' });
  });

  test('of more than one transaction takes is dealt with in parts', async () => {
    const records = [];
    for (let count = 0; count < 120; count++)
      records.push(await written({ subject: `user/${count % 7}` }));
    expect(await fanOut(services, records)).toBeUndefined();
    await expect.poll(() => published().length).toBe(120);
  });

  test('of large events is cut by their bytes', async () => {
    const large = async () => {
      const { dynamodb, ...record } = await written({ subject: 'user/large' });
      return { ...record, dynamodb: { ...dynamodb, SizeBytes: 2_000_000 } };
    };
    const [first, second] = [await large(), await large()];
    sqs.inject(({ body }) =>
      JSON.stringify(body).includes(idOf(second)) ? { status: 500, body: {} } : undefined,
    );
    expect(await fanOut(services, [first, second])).toBe(second.dynamodb.SequenceNumber);
  });

  test('counts what ended sessions by its type, where it was told of', async () => {
    const lines: string[] = [];
    const info = vi.spyOn(console, 'info').mockImplementation((line) => void lines.push(line));
    const ended = await written({ type: 'session.ended', subject: 'user/ended' });
    const out = await written({ type: 'user.signed-out', subject: 'user/ended' });
    const opened = await written({ type: 'session.opened', subject: 'user/ended' });
    const old = await written({ type: 'session.ended', subject: 'user/old' }, NOW - 3 * 86_400);
    await fanOut(services, [ended, out, opened, old]);
    info.mockRestore();
    const counted = lines.map((line) => JSON.parse(line));
    expect(counted.map(({ event, SessionsEnded }) => [event, SessionsEnded])).toEqual([
      ['session.ended', 1],
      ['user.signed-out', 1],
    ]);
    expect(counted[0]._aws.CloudWatchMetrics[0].Dimensions).toEqual([['function', 'event']]);
    await expect.poll(published).toEqual([ended, out, opened].map(idOf));
  });

  test('is mailed of where its subject has to hear of it, by its name alone', async () => {
    const changed = await written({ type: 'user.password-changed', subject: 'user/mailed' });
    const other = await written({ type: 'role.changed', subject: 'role/mailed' });
    const old = await written({ type: 'user.deleted', subject: 'user/old' }, NOW - 3 * 86_400);
    await fanOut(services, [changed, other, old]);
    await expect
      .poll(() => queues.told.mail.map((body) => JSON.parse(body)))
      .toEqual([{ kind: 'notice', domain: 'mydomain.com', id: idOf(changed) }]);
    queues.told.mail.length = 0;
    await fanOut({ ...services, mails: undefined }, [changed]);
    expect(queues.told.mail).toEqual([]);
  });

  test('that comes again is told of again, under the same numbers', async () => {
    const records = [
      await written({ subject: 'user/again' }),
      await written({ subject: 'user/again' }),
    ];
    await fanOut(services, records);
    await fanOut(services, records);
    const items = await Promise.all(records.map(storedAt));
    expect(items.map((item) => item?.['seq'])).toEqual([1, 2]);
    await expect.poll(published).toEqual(records.map(idOf));
  });

  test('holds an event that is gone meanwhile: nobody is told of that one', async () => {
    const there = await written();
    expect(await fanOut(services, [recordOf('00000000000000#gone'), there])).toBeUndefined();
    await expect.poll(published).toEqual([idOf(there)]);
  });
});

describe('what cannot be done', () => {
  test('in the first part is thrown, so that the batch is halved', async () => {
    const records = [await written(), await written()];
    sqs.inject(() => ({ status: 500, body: {} }));
    await expect(fanOut(services, records)).rejects.toMatchObject({ status: 503 });
    sqs.heal();
    expect(await fanOut(services, records)).toBeUndefined();
    await expect.poll(published).toEqual(records.map(idOf));
  });

  test('in a later part is said, and what was done before is not done again', async () => {
    const records = [];
    for (let count = 0; count < 60; count++) records.push(await written({ subject: 'user/late' }));
    const [last] = records.slice(-1);
    sqs.inject(({ body }) =>
      JSON.stringify(body).includes(idOf(last as EventRecord))
        ? { status: 500, body: {} }
        : undefined,
    );
    expect(await fanOut(services, records)).toBe(records[50]?.dynamodb.SequenceNumber);
  });

  test('with a record of anything else is a fault', async () => {
    for (const record of [
      { ...recordOf('x'), eventName: 'MODIFY' },
      recordOf('seq', 'x', { Keys: { pk: { S: 'seq#user/ada' }, sk: { S: 'seq' } } }),
    ])
      await expect(fanOut(services, [record])).rejects.toThrow('of no new event');
  });

  test.each([
    ['logouts', 'user.signed-out'],
    ['events.fifo', 'role.changed'],
  ] as const)('where the queue %s takes only a part comes again whole', async (name, type) => {
    const records = [await written({ type }), await written({ type })];
    sqs.inject(({ body }) =>
      String(body['QueueUrl']).endsWith(name)
        ? (answer) => ({
            ...answer,
            Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false }],
          })
        : undefined,
    );
    await expect(fanOut(services, records)).rejects.toMatchObject({ status: 503 });
  });
});

describe('who hears of it', () => {
  test('nobody, of what was moved here, however young it is; it is numbered all the same', async () => {
    const id = `${String(NOW * 1000 - 1).padStart(14, '0')}#young`;
    const { events } = services;
    const old = {
      id,
      at: instant(NOW - 1),
      type: 'user.signed-out',
      target: 'told-before',
    } as const;
    const place = { domain: 'mydomain.com', subject: 'user/young' } as const;
    const actor = { kind: 'nobody' } as const;
    await transact([oldEventWrite(events, { ...old, ...place, actor }, instant(NOW + 86_400))]);
    const moved = recordOf(id);
    const now = await written({ ...place, type: 'user.signed-out', target: 'told-now' });
    expect(await fanOut(services, [moved, now])).toBeUndefined();
    await expect.poll(published).toContain(idOf(now));
    expect(published()).not.toContain(id);
    await expect.poll(() => queues.told.notify.join()).toContain('told-now');
    expect(queues.told.notify.join()).not.toContain('told-before');
    expect(await storedAt(moved)).toMatchObject({ seq: 1 });
  });

  test('the bus, of an event of a type that only a later release knows; the shard goes on', async () => {
    const [later, next] = [await written(), await written()];
    const { pk, sk } = later.dynamodb.Keys;
    const item = await storedAt(later);
    const ofLater = { type: 'passkey.created', collection: 'passkeys' };
    await put(services.events, { ...item, ...ofLater, pk: pk?.S, sk: sk?.S });
    expect(await fanOut(services, [later, next])).toBeUndefined();
    await expect.poll(published).toEqual(expect.arrayContaining([idOf(later), idOf(next)]));
    expect(await storedAt(later)).toMatchObject({ seq: expect.any(Number) });
  });

  test('nobody, of what was moved here and is older than a stream can be; it is numbered all the same', async () => {
    const old = await written({ subject: 'user/moved', type: 'user.signed-out' }, NOW - 3 * 86_400);
    const now = await written({ subject: 'user/moved' });
    expect(await fanOut(services, [old, now])).toBeUndefined();
    await expect.poll(published).toContain(idOf(now));
    expect(published()).not.toContain(idOf(old));
    expect(await storedAt(old)).toMatchObject({ seq: 1 });
  });

  test('of an event of a subject whose name no queue takes, the bus all the same', async () => {
    const record = await written({ subject: `resource/${'ä'.repeat(300)} \n` });
    expect(await fanOut(services, [record])).toBeUndefined();
    await expect.poll(published).toContain(idOf(record));
  });
});
