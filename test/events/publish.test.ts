/** From the FIFO queue to the bus: the real handler, a real table, the local EventBridge behind a proxy. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { startEventBus } from '../../dev/event-bus.ts';
import { resolveStack } from '../../dev/template.ts';
import type { Table } from '../../lib/aws/table.ts';
import type { NewEvent } from '../../lib/store/events/event.ts';
import { numberEvents } from '../../lib/store/events/number.ts';
import { instant } from '../../lib/time.ts';
import {
  EVENT_QUEUE,
  type Queues,
  startQueues,
  writeEvent,
} from '../support/running/event-readers.ts';
import { type Fault, startProxy } from '../support/running/proxy.ts';
import { freshTables } from '../support/running/tables.ts';

const EVENTS = 'latchkey-test-events';
const rule = (EventPattern: object) => ({
  Type: 'AWS::Events::Rule',
  Properties: {
    EventBusName: { Ref: 'Bus' },
    EventPattern,
    Targets: [{ Id: 'all', Arn: 'arn:aws:lambda:us-east-1:000000000000:function:hears' }],
  },
});
const BUS = {
  Resources: {
    Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: EVENTS } },
    All: rule({ source: ['latchkey.test'] }),
  },
};

type Heard = {
  'detail-type': string;
  source: string;
  time: string;
  detail: Record<string, unknown>;
};
const heard: Heard[] = [];
let table: Table;
let queues: Queues;
let bus: Awaited<ReturnType<typeof startEventBus>>;
let eventBridge: Awaited<ReturnType<typeof startProxy>>;
let publish: (event: unknown) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>;
beforeAll(async () => {
  table = (await freshTables()).events;
  queues = await startQueues();
  bus = await startEventBus([resolveStack(BUS, { name: 'test' })], {
    invoke: async (_name, event) => heard.push(event as Heard),
  });
  eventBridge = await startProxy(bus.endpoint);
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: await table.client.config
      .endpoint?.()
      .then(({ protocol, hostname, port }) => `${protocol}//${hostname}:${port}`),
    AWS_ENDPOINT_URL_SQS: queues.endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: eventBridge.endpoint,
    EVENTS_TABLE: table.name,
    EVENT_QUEUE,
    EVENT_BUS: EVENTS,
    EVENT_SOURCE: 'latchkey.test',
  });
  vi.resetModules();
  publish = (await import('../../functions/publish.ts')).handler as never;
});
afterEach(() => {
  heard.length = 0;
  eventBridge.requests.length = 0;
  eventBridge.heal();
});
afterAll(async () => {
  await Promise.all([eventBridge.stop(), bus.stop(), queues.stop()]);
});

const DOMAIN = 'mydomain.com';
const record = (body: string, messageId = body) => ({
  eventSource: 'aws:sqs',
  messageId,
  receiptHandle: 'r',
  body,
  attributes: { ApproximateReceiveCount: '1' },
});
async function numbered(event: Partial<NewEvent> = {}): Promise<string> {
  const id = await writeEvent(table, event);
  const name = { domain: event.domain ?? DOMAIN, id };
  await numberEvents(table, [name], () => instant(Math.floor(Date.now() / 1000)));
  return JSON.stringify(name);
}
const idOf = (name: string) => JSON.parse(name).id as string;
const send = async (...names: string[]) =>
  (await publish({ Records: names.map((name) => record(name)) })).batchItemFailures.map(
    ({ itemIdentifier }) => itemIdentifier,
  );
const ids = () => heard.map(({ detail }) => detail['id']);

describe('an event on the bus', () => {
  test('has the type with its version, whose it is, when it was, and itself with its number', async () => {
    const name = await numbered({ type: 'user.disabled', after: { disabled: true } });
    expect(await send(name)).toEqual([]);
    expect(heard).toEqual([
      expect.objectContaining({
        'detail-type': 'user.disabled.v1',
        source: 'latchkey.test',
        time: new Date(Math.floor(Number(idOf(name).slice(0, 14)) / 1000) * 1000)
          .toISOString()
          .replace('.000', ''),
        detail: expect.objectContaining({
          id: idOf(name),
          type: 'user.disabled',
          v: 1,
          subject: 'user/ada',
          seq: expect.any(Number),
          after: { disabled: true },
        }),
      }),
    ]);
    expect(Object.keys(heard[0]?.detail ?? {})).not.toContain('pk');
    expect(Object.keys(heard[0]?.detail ?? {})).not.toContain('listed');
  });

  test('that has been forgotten meanwhile is none, and no failure', async () => {
    expect(await send(JSON.stringify({ domain: DOMAIN, id: 'gone' }))).toEqual([]);
    expect(heard).toEqual([]);
  });

  test('may be large: a request holds what EventBridge takes', async () => {
    const after = { text: 'x'.repeat(100_000) };
    const names = [];
    for (let count = 0; count < 5; count++)
      names.push(await numbered({ subject: `user/${count}`, after }));
    expect(await send(...names)).toEqual([]);
    expect(ids().sort()).toEqual(names.map(idOf).sort());
    expect(eventBridge.requests.length).toBeGreaterThan(1);
  });
});

describe('of one subject', () => {
  test('a later event is handed over after the one before', async () => {
    const names = [await numbered(), await numbered(), await numbered({ subject: 'user/bob' })];
    expect(await send(...names)).toEqual([]);
    expect(eventBridge.requests.map(({ body }) => (body['Entries'] as object[]).length)).toEqual([
      2, 1,
    ]);
    const theirs = heard.filter(({ detail }) => detail['subject'] === 'user/ada');
    expect(theirs.map(({ detail }) => detail['id'])).toEqual(names.slice(0, 2).map(idOf));
  });

  test('none is handed over before one that the bus did not take; others are', async () => {
    const [first, second, other] = [
      await numbered(),
      await numbered(),
      await numbered({ subject: 'user/bob' }),
    ];
    eventBridge.inject(({ body }) =>
      JSON.stringify(body).includes(idOf(first))
        ? ({ Entries }) => ({
            FailedEntryCount: 1,
            Entries: (Entries as object[]).map((entry, index) =>
              index === 0 ? { ErrorCode: 'InternalFailure', ErrorMessage: 'injected' } : entry,
            ),
          })
        : undefined,
    );
    expect(await send(first, second, other)).toEqual([first, second]);
    eventBridge.heal();
    expect(ids()).not.toContain(idOf(second));
    expect(ids()).toContain(idOf(other));
    expect(await send(first, second)).toEqual([]);
    expect(ids()).toContain(idOf(second));
  });
});

describe('a bus that', () => {
  const broken: Fault = { status: 500, body: { __type: 'InternalException' } };
  const denied: Fault = { status: 400, body: { __type: 'AccessDeniedException' } };
  test.each<[string, Fault]>([
    ['fails', broken],
    ['refuses', denied],
    ['is gone', 'cut'],
    ['takes nothing and says nothing of it', { status: 200, body: {} }],
  ])('%s loses nothing: all come again', async (_case, fault) => {
    const names = [await numbered(), await numbered({ subject: 'user/bob' })];
    eventBridge.inject(() => fault);
    expect(await send(...names)).toEqual(names);
    eventBridge.heal();
    expect(await send(...names)).toEqual([]);
    expect(ids().sort()).toEqual(names.map(idOf).sort());
  });

  test('is not there takes nothing', async () => {
    const name = await numbered();
    eventBridge.inject(() => ({
      status: 200,
      body: { FailedEntryCount: 1, Entries: [{ ErrorCode: 'ResourceNotFoundException' }] },
    }));
    expect(await send(name)).toEqual([name]);
  });
});

test.each(['', '{', 'null', '{}', '{"domain":"a"}', '{"domain":"a","id":1}'])(
  'a message that makes no sense is tried again, and kept in the end: %s',
  async (body) => {
    expect(await send(body)).toEqual([body]);
  },
);

test('an event of another source is a fault', async () => {
  await expect(publish({ Records: [{ eventSource: 'aws:s3' }] })).rejects.toThrow(
    'no batch of records',
  );
});
