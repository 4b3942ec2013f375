/**
 * What reads events, as it is deployed: the stream's reader in a process of its own, which a test can kill at
 * any request, and the queues that it fills, on the local SQS.
 */
import { type DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { type Sandbox, startSandbox } from '../../../dev/sandbox.ts';
import { startSqs } from '../../../dev/sqs.ts';
import { runEventSource } from '../../../dev/streams/event-source.ts';
import { resolveStack } from '../../../dev/template.ts';
import type { Table } from '../../../lib/aws/table.ts';
import { transact } from '../../../lib/aws/transaction.ts';
import { eventWrite, type NewEvent } from '../../../lib/store/events/event.ts';
import { epochMilliseconds } from '../../../lib/time.ts';
import { type AwsProxy, startProxy } from './proxy.ts';
import { createEventsTable, localClient } from './tables.ts';

const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/000000000000/${name}`;
export const EVENT_QUEUE = url('events.fifo');
export const LOGOUTS = url('logouts');
export const MAILS = url('mail');

const queue = (QueueName: string, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName, ...more },
});
const feed = (id: string, FunctionName: string) => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    EventSourceArn: { 'Fn::GetAtt': [id, 'Arn'] },
    FunctionName,
    FunctionResponseTypes: ['ReportBatchItemFailures'],
  },
});
const QUEUES = {
  Logouts: queue('logouts'),
  Events: queue('events.fifo', { FifoQueue: true }),
  Mails: queue('mail'),
  FeedNotify: feed('Logouts', 'notify'),
  FeedPublish: feed('Events', 'publish'),
  FeedMail: feed('Mails', 'mail'),
};

export type Readers = {
  events: Table;
  dynamodb: AwsProxy;
  sqs: AwsProxy;
  /** What came out of each queue, as JSON. */
  told: { notify: string[]; publish: string[]; mail: string[] };
  log: string[];
  /** Ends the reader's process at once, whatever it is doing. */
  kill: () => Promise<void>;
  stop: () => Promise<void>;
};

export type Queues = Pick<Readers, 'told' | 'stop'> & { endpoint: string };

/** Both queues, and what comes out of them. */
export async function startQueues(): Promise<Queues> {
  const told: Readers['told'] = { notify: [], publish: [], mail: [] };
  const server = await startSqs(resolveStack({ Resources: QUEUES }, { name: 'test' }), {
    invoke: async (to, event) => {
      const { Records } = event as { Records: { body: string }[] };
      told[to as keyof Readers['told']].push(...Records.map(({ body }) => body));
    },
  });
  return { told, endpoint: server.endpoint, stop: () => server.stop() };
}

export async function startReaders(): Promise<Readers> {
  const name = `events-${Math.random().toString(36).slice(2, 10)}`;
  const client = localClient(inject('dynamodb'));
  await createEventsTable(client, name);
  await followed(client, name);
  const dynamodb = await startProxy(inject('dynamodb'));
  const log: string[] = [];
  const server = await startQueues();
  const sqs = await startProxy(server.endpoint);
  const reader = readerProcess(
    {
      AWS_ENDPOINT_URL_DYNAMODB: dynamodb.endpoint,
      AWS_ENDPOINT_URL_SQS: sqs.endpoint,
      EVENTS_TABLE: name,
    },
    (line) => log.push(line),
  );
  const stopReading = await runEventSource(
    {
      id: 'trail',
      table: name,
      streamArn: `arn:aws:dynamodb:us-east-1:000000000000:table/${name}/stream/local`,
      functionName: 'trail',
      batchSize: 100,
      matches: (record) =>
        (record as { eventName: string }).eventName === 'INSERT' && isEvent(record),
      retries: Number.POSITIVE_INFINITY,
      bisect: true,
      from: 'TRIM_HORIZON',
      partial: true,
    },
    {
      endpoint: inject('dynamodb'),
      invoke: (_name, event) => reader.run(event),
      log: (line) => log.push(line),
      interval: 5,
    },
  );
  return {
    events: { client, name },
    dynamodb,
    sqs,
    told: server.told,
    log,
    kill: reader.kill,
    stop: async () => {
      dynamodb.heal();
      sqs.heal();
      await stopReading();
      await reader.kill();
      await Promise.all([server.stop(), dynamodb.stop(), sqs.stop()]);
      client.destroy();
    },
  };
}

const isEvent = (record: unknown): boolean =>
  (record as { dynamodb: { Keys: { pk: { S: string } } } }).dynamodb.Keys.pk.S.startsWith(
    'events#',
  );

const followed = (client: DynamoDBClient, TableName: string) =>
  client.send(
    new UpdateTableCommand({
      TableName,
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
    }),
  );

/** A new one where the last was killed, as Lambda does. */
function readerProcess(env: Record<string, string>, log: (line: string) => void) {
  let sandbox: Sandbox | undefined;
  const begin = () =>
    startSandbox({
      name: 'trail',
      file: new URL('../../../functions/trail.ts', import.meta.url).pathname,
      exportName: 'handler',
      arn: 'arn:aws:lambda:us-east-1:000000000000:function:trail',
      memory: 512,
      timeout: 30_000,
      env: {
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'local',
        AWS_SECRET_ACCESS_KEY: 'local',
        AWS_LAMBDA_FUNCTION_NAME: 'trail',
        LOGOUT_QUEUE: LOGOUTS,
        EVENT_QUEUE,
        MAIL_QUEUE: MAILS,
        ...env,
      },
      log,
    });
  return {
    run: (event: unknown) => {
      if (!sandbox || sandbox.retired) sandbox = begin();
      return sandbox.run(event);
    },
    kill: async () => {
      await sandbox?.stop();
    },
  };
}

const NOW = () => epochMilliseconds(Date.now());

/** @returns Its id. */
export async function writeEvent(
  events: Table,
  event: Partial<NewEvent> = {},
  now = NOW(),
): Promise<string> {
  const write = eventWrite(
    events,
    {
      type: 'user.changed',
      domain: 'mydomain.com',
      subject: 'user/ada',
      target: 'ada',
      actor: { kind: 'user', subject: 'root', ip: '192.0.2.1' },
      ...event,
    },
    { now, retention: 30 },
  );
  await transact([write]);
  return String((write as unknown as { put: { sk: string } }).put.sk);
}
