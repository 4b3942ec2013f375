/** What the stream's reader gave up is told again, by the reader itself, with the letters that Lambda left. */
import { text } from 'node:stream/consumers';
import { DeleteTableCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { COMMANDS } from '../../bin/commands/all.ts';
import { timeOf } from '../../bin/stage/dead-trail.ts';
import { type AwsServer, startAwsServer } from '../../dev/aws-server.ts';
import { startSqs } from '../../dev/sqs.ts';
import { resolveStack } from '../../dev/template.ts';
import { connectQueue } from '../../lib/aws/queue.ts';
import { transact } from '../../lib/aws/transaction.ts';
import { fanOut } from '../../lib/events/fan-out.ts';
import { gatherMetrics } from '../../lib/metrics.ts';
import { createDomain } from '../../lib/store/directory/domains.ts';
import { eventWrite, type NewEvent } from '../../lib/store/events/event.ts';
import type { EventRecord } from '../../lib/store/events/records.ts';
import { epochMilliseconds, instant } from '../../lib/time.ts';
import { createEventsTable, createTable, localClient } from '../support/running/tables.ts';
import { eventsIn, numberAll } from '../support/running/trail.ts';

const STAGE = `s${Math.random().toString(36).slice(2, 10)}`;
const client = localClient(inject('dynamodb'));
const directory = { client, name: `latchkey-${STAGE}-directory` };
const events = { client, name: `latchkey-${STAGE}-events` };
const queue = (QueueName: string, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName, ...more },
});
const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
const DEAD = url(`latchkey-${STAGE}-trail-dead`);
const NOW = Date.now();
const MINUTE = 60_000;

let before: NodeJS.ProcessEnv;
let sqs: AwsServer;
let functions: AwsServer;
/** What the bus is fed from. */
let told: string[];
let invoked: { name: string; records: number }[];
let fault: 'thrown' | 'partial' | undefined;

beforeEach(async () => {
  before = { ...process.env };
  [told, invoked, fault] = [[], [], undefined];
  const Resources = {
    Dead: queue(`latchkey-${STAGE}-trail-dead`),
    Logouts: queue('logouts'),
    Published: queue('published.fifo', { FifoQueue: true }),
    Feed: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        EventSourceArn: { 'Fn::GetAtt': ['Published', 'Arn'] },
        FunctionName: 'publish',
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      },
    },
  };
  sqs = await startSqs(resolveStack({ Resources }, { name: 'test' }), {
    invoke: async (_name, event) => {
      const { Records } = event as { Records: { body: string }[] };
      told.push(...Records.map(({ body }) => JSON.parse(body).id));
    },
  });
  functions = await startLambda();
  Object.assign(process.env, {
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL_DYNAMODB: inject('dynamodb'),
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
    AWS_ENDPOINT_URL_LAMBDA: functions.endpoint,
  });
  await Promise.all([createTable(client, directory.name), createEventsTable(client, events.name)]);
  await createDomain(directory, { name: 'a.example', disabled: false, generation: NOW });
});
afterEach(async () => {
  await Promise.all([sqs.stop(), functions.stop()]);
  for (const { name: TableName } of [directory, events])
    await client.send(new DeleteTableCommand({ TableName }));
  process.env = before;
});

/** Lambda's own way of being called, with the reader as it is behind it. */
function startLambda(): Promise<AwsServer> {
  const services = {
    events,
    logouts: connectQueueAt('logouts'),
    published: connectQueueAt('published.fifo'),
    mails: undefined,
    metricNamespace: 'latchkey',
    metrics: gatherMetrics('latchkey', Date.now, 0),
    now: () => instant(Math.floor(NOW / 1000)),
  };
  return startAwsServer(async (request, response) => {
    const name = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.url ?? '')?.[1];
    const { Records } = JSON.parse(await text(request)) as { Records: EventRecord[] };
    invoked.push({ name: String(name), records: Records.length });
    const from = fault === 'partial' ? '1' : fault ? undefined : await fanOut(services, Records);
    const failures = from === undefined ? [] : [{ itemIdentifier: from }];
    if (fault === 'thrown') response.setHeader('x-amz-function-error', 'Unhandled');
    response.end(JSON.stringify(fault === 'thrown' ? {} : { batchItemFailures: failures }));
  });
}

const connectQueueAt = (name: string) => ({
  get client() {
    return connectQueue('').client;
  },
  url: url(name),
});

async function write(at: number, more: Partial<NewEvent> = {}): Promise<void> {
  const event: NewEvent = {
    type: 'session.opened',
    domain: 'a.example',
    subject: 'user/1',
    target: '1',
    actor: { kind: 'nobody' },
    ...more,
  };
  await transact([eventWrite(events, event, { now: epochMilliseconds(at), retention: 30 })]);
}

const leave = (MessageBody: string) =>
  connectQueue(DEAD).client.send(new SendMessageCommand({ QueueUrl: DEAD, MessageBody }));
/** As Lambda writes it. */
const letterOf = (first: number, last = first) =>
  leave(
    JSON.stringify({
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 201 },
      version: '1.0',
      DDBStreamBatchInfo: {
        shardId: 'shardId-1',
        approximateArrivalOfFirstRecord: new Date(first).toISOString(),
        approximateArrivalOfLastRecord: new Date(last).toISOString(),
        batchSize: 1,
      },
    }),
  );
const retell = async () => {
  const { json, text, exitCode } =
    (await COMMANDS['trail retell']?.run(['--stage', STAGE, '--region', 'us-east-1'])) ?? {};
  return { ...(json as object), text, exitCode };
};
const numbers = async () => (await eventsIn(events)).map(({ seq }) => seq);

test('what was given up gets its number and is told of, and its letter is gone', async () => {
  await write(NOW - 10 * MINUTE);
  await write(NOW - 10 * MINUTE + 5);
  await letterOf(NOW - 10 * MINUTE, NOW - 10 * MINUTE + 5);
  expect(await retell()).toMatchObject({
    letters: 1,
    events: 2,
    text: 'told again of 2 events, of 1 batches that were given up',
  });
  expect(await numbers()).toEqual([1, 2]);
  await expect.poll(() => told).toEqual((await eventsIn(events)).map(({ id }) => id));
  expect(invoked).toEqual([{ name: `latchkey-${STAGE}-trail`, records: 2 }]);
  expect(await retell()).toMatchObject({ letters: 0, text: expect.stringContaining('nothing') });
});

test('what is not of that time is left alone', async () => {
  await write(NOW - 12 * MINUTE);
  await write(NOW - 10 * MINUTE);
  await write(NOW - 8 * MINUTE);
  await letterOf(NOW - 10 * MINUTE);
  expect(await retell()).toMatchObject({ events: 1 });
  expect(await numbers()).toEqual([undefined, 1, undefined]);
});

test('what was told of already keeps its number, and is told of under its own id', async () => {
  await write(NOW - 10 * MINUTE);
  await numberAll(events);
  await letterOf(NOW - 10 * MINUTE);
  expect(await retell()).toMatchObject({ events: 1 });
  expect(await numbers()).toEqual([1]);
  await expect.poll(() => told.length).toBe(1);
});

test('events of the deployment, and of a domain that is no more, are among them', async () => {
  await write(NOW - 10 * MINUTE, { domain: 'gone.example' });
  await write(NOW - 10 * MINUTE, { domain: '', type: 'role.changed', subject: 'role/r' });
  const deleted = { domain: '', type: 'domain.deleted', target: 'gone.example' } as const;
  await write(NOW - 5 * MINUTE, { ...deleted, subject: 'domain/gone.example' });
  await letterOf(NOW - 10 * MINUTE);
  expect(await retell()).toMatchObject({ events: 2 });
  expect(await numbers()).toEqual([1, 1, undefined]);
});

test('many are told in their order, in parts; of two letters for one time each once', async () => {
  for (let count = 0; count < 60; count++) await write(NOW - 10 * MINUTE + count);
  await letterOf(NOW - 10 * MINUTE);
  await letterOf(NOW - 10 * MINUTE);
  expect(await retell()).toMatchObject({ letters: 2, events: 60 });
  expect(invoked.map(({ records }) => records)).toEqual([50, 10]);
  expect(await numbers()).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
});

describe('where the reader still cannot', () => {
  test.each(['thrown', 'partial'] as const)(
    '%s: it says so, and the letter is there still',
    async (how) => {
      await write(NOW - 10 * MINUTE);
      await letterOf(NOW - 10 * MINUTE);
      fault = how;
      await expect(retell()).rejects.toThrow('cannot tell of all of it yet: see its log');
      fault = undefined;
      expect(await retell()).toMatchObject({ letters: 1, events: 1 });
    },
  );
});

describe('a letter that says no time', () => {
  test.each(['', 'not JSON', 'null', '{}', '{"DDBStreamBatchInfo":{}}'])(
    '%j stays, and is counted',
    async (body) => {
      await leave(body || ' ');
      expect(await retell()).toMatchObject({ unread: 1, letters: 0, exitCode: 1 });
      expect(invoked).toEqual([]);
    },
  );

  test('is any that is not what Lambda writes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (Body) => {
        expect(timeOf({ Body })).toBeUndefined();
      }),
    );
  });
});

test('a stage that is not there is said so', async () => {
  const elsewhere = COMMANDS['trail retell']?.run(['--stage', 'none', '--region', 'us-east-1']);
  await expect(elsewhere).rejects.toThrow('no queue latchkey-none-trail-dead in us-east-1');
  await expect(COMMANDS['trail retell']?.run([])).rejects.toThrow('--stage is required');
});
