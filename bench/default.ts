/**
 * What the cold start is compared with: a function that only gets one item, bundled by default.
 *
 * @module
 */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';

const client = new DynamoDBClient({});

export const handler = ({ pk, sk }: { pk: string; sk: string }) =>
  client.send(
    new GetItemCommand({
      TableName: process.env['DIRECTORY_TABLE'],
      Key: { pk: { S: pk }, sk: { S: sk } },
      ConsistentRead: true,
    }),
  );
