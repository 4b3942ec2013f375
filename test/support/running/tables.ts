/** Tables of a test's own on the run's embedded DynamoDB. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { inject } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../../dev/credentials.ts';
import { REGION } from '../../../dev/names.ts';
import type { RunningStack } from '../../../dev/stack.ts';
import type { Table } from '../../../lib/aws/table.ts';
import type { Tables } from '../../../lib/aws/tables.ts';

/** @param maxAttempts - One where a test breaks requests and has no time for the SDK's pauses. */
export const localClient = (endpoint: string, maxAttempts = 3): DynamoDBClient =>
  new DynamoDBClient({
    endpoint,
    maxAttempts,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });

/** A table of a running local stack, past its gateways. */
export const tableOf = (
  { endpoints, tables }: Pick<RunningStack, 'endpoints' | 'tables'>,
  name: keyof RunningStack['tables'],
): Table => {
  const place = { endpoint: endpoints.dynamodb, region: REGION, credentials: LOCAL_CREDENTIALS };
  return { client: new DynamoDBClient(place), name: tables[name] };
};

/** @param endpoint - Where the tables are used; they are made on the engine itself. */
export async function freshTables(
  endpoint = inject('dynamodb'),
  maxAttempts?: number,
): Promise<Tables & { events: Table }> {
  const suffix = Math.random().toString(36).slice(2, 10);
  const names = { directory: `directory-${suffix}`, sessions: `sessions-${suffix}` };
  const events = `events-${suffix}`;
  const engine = localClient(inject('dynamodb'));
  await Promise.all([
    ...Object.values(names).map((name) => createTable(engine, name)),
    createEventsTable(engine, events),
  ]);
  const client = localClient(endpoint, maxAttempts);
  return {
    directory: { client, name: names.directory },
    sessions: { client, name: names.sessions },
    events: { client, name: events },
  };
}

export const createTable = (client: DynamoDBClient, TableName: string) =>
  client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
        { AttributeName: 'list', AttributeType: 'S' },
        { AttributeName: 'listSort', AttributeType: 'S' },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'byList',
          KeySchema: [
            { AttributeName: 'list', KeyType: 'HASH' },
            { AttributeName: 'listSort', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );

const EVENT_INDEXES = { byHour: 'listed', byTarget: '', byActor: '', byType: '', byAddress: '' };

/** As infra/data.yml has it. */
export const createEventsTable = (client: DynamoDBClient, TableName: string) => {
  const places = Object.entries(EVENT_INDEXES).map(([name, key]) => ({ name, key: key || name }));
  return client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', ...places.map(({ key }) => key)].map((name) => ({
        AttributeName: name,
        AttributeType: 'S',
      })),
      GlobalSecondaryIndexes: places.map(({ name, key }) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: key, KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    }),
  );
};
