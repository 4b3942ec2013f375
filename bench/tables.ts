/**
 * Tables as serverless.yml declares them: the same keys, and for the directory the same index.
 *
 * @module
 */
import { CreateTableCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Tables } from '../lib/aws/tables.ts';

/** @param suffix - Sets them apart from the other tables of the engine. */
export async function createTables(client: DynamoDBClient, suffix = ''): Promise<Tables> {
  const directory = { client, name: `directory${suffix}` };
  const sessions = { client, name: `sessions${suffix}` };
  await Promise.all([createTable(directory, BY_LIST), createTable(sessions)]);
  return { directory, sessions };
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

const createTable = ({ client, name }: Tables['directory'], index?: typeof BY_LIST) =>
  client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['pk', 'sk', ...(index ? ['list', 'listSort'] : [])].map(
        (AttributeName) => ({ AttributeName, AttributeType: 'S' }),
      ),
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
      ...index,
    }),
  );
