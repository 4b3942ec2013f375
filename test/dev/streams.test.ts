/** Event source mappings: a table's stream, through filters, to a function. */
import {
  CreateTableCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { runEventSource } from '../../dev/streams/event-source.ts';
import { eventSources } from '../../dev/streams/event-source-model.ts';
import { recordFilter } from '../../dev/streams/filter.ts';
import { createTables } from '../../dev/tables.ts';
import { resolveStack } from '../../dev/template.ts';
import type { Event } from '../support/gateways/gateway.ts';

const client = new DynamoDBClient({
  endpoint: inject('dynamodb'),
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});
const name = () => `stream-${Math.random().toString(36).slice(2, 10)}`;
const tableOf = (TableName: string, more = {}) => ({
  Type: 'AWS::DynamoDB::Table',
  Properties: {
    TableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    ...more,
  },
});
const stackOf = (TableName: string, properties: object = {}) =>
  resolveStack(
    {
      Resources: {
        Table: tableOf(TableName),
        Mapping: {
          Type: 'AWS::Lambda::EventSourceMapping',
          Properties: {
            EventSourceArn: { 'Fn::GetAtt': ['Table', 'StreamArn'] },
            FunctionName: 'arn:aws:lambda:us-east-1:000000000000:function:watch',
            StartingPosition: 'LATEST',
            ...properties,
          },
        },
      },
    },
    { name: 'test-dev' },
  );

async function watch(properties: object, run: (event: Event, call: number) => unknown) {
  const TableName = name();
  const stack = stackOf(TableName, properties);
  await createTables(inject('dynamodb'), stack);
  const batches: string[][] = [];
  const log: string[] = [];
  const invoke = async (_name: string, event: unknown) => {
    const { Records } = event as Event;
    batches.push(
      Records.map(({ eventName, dynamodb }: Event) => `${eventName} ${dynamodb.Keys.pk.S}`),
    );
    return run(event, batches.length);
  };
  const [source] = eventSources(stack);
  if (!source) throw new Error('no mapping');
  const stop = await runEventSource(source, {
    endpoint: inject('dynamodb'),
    invoke,
    log: (line) => log.push(line),
    interval: 5,
  });
  onTestFinished(stop);
  const put = (pk: string, kind = 'a') =>
    client.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, kind: { S: kind } } }));
  const remove = (pk: string) =>
    client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: pk } } }));
  return { batches, log, put, remove, stop };
}
const filters = (...patterns: object[]) => ({
  FilterCriteria: { Filters: patterns.map((pattern) => ({ Pattern: JSON.stringify(pattern) })) },
});
const seen = (batches: string[][]) => batches.flat();

describe('a mapping', () => {
  test('hands on what matches, in order, as Lambda would', async () => {
    const events: Event[] = [];
    const { batches, put, remove } = await watch(
      filters({ eventName: ['REMOVE'], dynamodb: { OldImage: { kind: { S: ['a'] } } } }),
      (event) => void events.push(event),
    );
    await put('1');
    await put('2', 'b');
    await remove('2');
    await remove('1');
    await put('3');
    await remove('3');
    await vi.waitFor(() => expect(seen(batches)).toEqual(['REMOVE 1', 'REMOVE 3']));
    expect(events[0].Records[0]).toMatchObject({
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      eventSourceARN: expect.stringMatching(/^arn:aws:dynamodb:us-east-1:.*\/stream\//),
      dynamodb: { OldImage: { kind: { S: 'a' } }, SequenceNumber: expect.any(String) },
    });
  });

  test('tries a batch again until it succeeds, and nothing overtakes it', async () => {
    const { batches, put, log } = await watch({ BatchSize: 1 }, (_event, call) => {
      if (call < 3) throw new Error('not yet');
    });
    await put('1');
    await put('2');
    await vi.waitFor(() =>
      expect(seen(batches)).toEqual(['INSERT 1', 'INSERT 1', 'INSERT 1', 'INSERT 2']),
    );
    expect(log).toEqual(['Mapping: not yet', 'Mapping: not yet']);
  });

  test('gives up after its attempts, and says so', async () => {
    const { batches, put, log } = await watch(
      { BatchSize: 1, MaximumRetryAttempts: 1 },
      (_event, call) => {
        if (call < 3) throw new Error('never');
      },
    );
    await put('1');
    await put('2');
    await vi.waitFor(() => expect(seen(batches)).toEqual(['INSERT 1', 'INSERT 1', 'INSERT 2']));
    expect(log.at(-1)).toBe('Mapping: gave up 1 records after 2 attempts');
  });

  test('delivers from the first reported failure on', async () => {
    const { batches, put } = await watch(
      { FunctionResponseTypes: ['ReportBatchItemFailures'] },
      ({ Records }, call) =>
        call === 1
          ? { batchItemFailures: [{ itemIdentifier: Records[0].dynamodb.SequenceNumber }] }
          : null,
    );
    await put('1');
    await vi.waitFor(() => expect(seen(batches)).toEqual(['INSERT 1', 'INSERT 1']));
  });

  test('ends when it is stopped', async () => {
    const { batches, put, stop } = await watch({}, () => null);
    await put('1');
    await vi.waitFor(() => expect(seen(batches)).toHaveLength(1));
    await stop();
    await put('2');
    expect(seen(batches)).toHaveLength(1);
  });

  test('gives a table of an earlier start the stream that it lacks', async () => {
    const TableName = name();
    const { StreamSpecification: _, ...before } = tableOf(TableName).Properties;
    await client.send(new CreateTableCommand(before as never));
    const stack = stackOf(TableName);
    await createTables(inject('dynamodb'), stack);
    const [source] = eventSources(stack);
    const stop = await runEventSource(source as never, {
      endpoint: inject('dynamodb'),
      invoke: async () => null,
    });
    await stop();
  });

  test('no table has a stream that nothing reads, not even one that had it before', async () => {
    const TableName = name();
    const isStreamed = async () => {
      const { Table: found } = await client.send(new DescribeTableCommand({ TableName }));
      return found?.StreamSpecification?.StreamEnabled ?? false;
    };
    await createTables(inject('dynamodb'), stackOf(TableName));
    expect(await isStreamed()).toBe(true);
    const unread = resolveStack({ Resources: { Table: tableOf(TableName) } }, { name: 'test-dev' });
    await createTables(inject('dynamodb'), unread);
    expect(await isStreamed()).toBe(false);
  });

  test.each([
    ['a source that is no stream', { EventSourceArn: 'arn:aws:kafka:us-east-1:000000000000:x' }],
    ['one that is switched off', { Enabled: false }],
    ['an unknown property', { TumblingWindowInSeconds: 1 }],
    ['a filter that it cannot read', filters({ eventName: [{ numeric: ['>', 1] }] })],
    ['a filter of two rules in one', filters({ eventName: [{ prefix: 'a', suffix: 'b' }] })],
    ['a filter of a bare value', filters({ eventName: 'REMOVE' })],
  ])('stops the start on %s', (_case, properties) => {
    expect(() => eventSources(stackOf('table', properties))).toThrow(/^test-dev: Mapping: /);
  });
});

describe('a filter', () => {
  const record = {
    eventName: 'MODIFY',
    dynamodb: { NewImage: { a: { S: 'xyz' }, n: { N: '1' } } },
  };
  const image = (rule: unknown, field = 'a') => ({
    dynamodb: { NewImage: { [field]: { S: [rule] } } },
  });
  test.each<[string, object[], boolean]>([
    ['no pattern passes all', [], true],
    ['a value', [{ eventName: ['MODIFY'] }], true],
    ['one of several values', [{ eventName: ['INSERT', 'MODIFY'] }], true],
    ['another value', [{ eventName: ['INSERT'] }], false],
    ['one of two patterns', [{ eventName: ['INSERT'] }, { eventName: ['MODIFY'] }], true],
    ['all parts of a pattern', [{ eventName: ['MODIFY'], ...image('abc') }], false],
    ['a prefix', [image({ prefix: 'xy' })], true],
    ['another prefix', [image({ prefix: 'yz' })], false],
    ['a suffix', [image({ suffix: 'yz' })], true],
    ['anything but another', [image({ 'anything-but': ['abc'] })], true],
    ['anything but this', [image({ 'anything-but': ['xyz'] })], false],
    ['anything but, where there is nothing', [image({ 'anything-but': ['a'] }, 'b')], false],
    ['that it exists', [image({ exists: true })], true],
    ['that it does not', [image({ exists: false })], false],
    ['that another does not', [image({ exists: false }, 'b')], true],
    ['a value of an inherited name', [{ toString: ['x'] }], false],
  ])('by %s: %j gives %s', (_case, patterns, expected) => {
    const texts = patterns.map((pattern) => JSON.stringify(pattern));
    expect(recordFilter(texts, 'here')(record)).toBe(expected);
  });
});
