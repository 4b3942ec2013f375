/**
 * Tables as serverless.yml declares them: the same keys and indexes.
 *
 * @module
 */
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import type { Tables } from '../lib/aws/tables.ts';

/** @param suffix - Sets them apart from the other tables of the engine. */
export async function createTables(
  client: DynamoDBClient,
  suffix = '',
): Promise<Tables & { events: Tables['directory'] }> {
  const directory = { client, name: `directory${suffix}` };
  const sessions = { client, name: `sessions${suffix}` };
  const events = { client, name: `events${suffix}` };
  await Promise.all([
    createTable(directory, BY_LIST),
    createTable(sessions, BY_DOMAIN),
    createTable(events, BY_PLACES),
  ]);
  return { directory, sessions, events };
}

const BY_LIST = {
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byList',
      KeySchema: [
        { AttributeName: 'list', KeyType: 'HASH' as const },
        { AttributeName: 'listSort', KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'ALL' as const },
    },
  ],
};

const BY_DOMAIN = {
  GlobalSecondaryIndexes: BY_LIST.GlobalSecondaryIndexes.map((index) => ({
    ...index,
    Projection: { ProjectionType: 'INCLUDE' as const, NonKeyAttributes: ['kind', 'client', 'ip'] },
  })),
};

/** Nothing is in them until somebody numbers the events, and nobody does here. */
const BY_PLACES = {
  GlobalSecondaryIndexes: ['byTarget', 'byActor', 'byType', 'byAddress', 'byHour'].map((name) => ({
    IndexName: name,
    KeySchema: [
      { AttributeName: name === 'byHour' ? 'listed' : name, KeyType: 'HASH' as const },
      { AttributeName: 'sk', KeyType: 'RANGE' as const },
    ],
    Projection: { ProjectionType: 'KEYS_ONLY' as const },
  })),
};

type Indexes = Pick<CreateTableCommandInput, 'GlobalSecondaryIndexes'>;
const keysOf = ({ GlobalSecondaryIndexes = [] }: Indexes): string[] =>
  GlobalSecondaryIndexes.flatMap(({ KeySchema = [] }) =>
    KeySchema.map(({ AttributeName = '' }) => AttributeName),
  );

const createTable = ({ client, name }: Tables['directory'], indexes: Indexes = {}) =>
  client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...new Set(['pk', 'sk', ...keysOf(indexes)])].map((AttributeName) => ({
        AttributeName,
        AttributeType: 'S',
      })),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      ...indexes,
    }),
  );
