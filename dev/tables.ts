/**
 * Creates the tables of a stack in the embedded DynamoDB, as CloudFormation would.
 *
 * Only what the engine has: encryption, point-in-time recovery and deletion protection are left out.
 *
 * @module
 */
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ResourceInUseException,
  type TimeToLiveSpecification,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { LOCAL_CREDENTIALS, REGION } from './names.ts';
import type { Stack } from './template.ts';

type Table = CreateTableCommandInput & { TimeToLiveSpecification?: TimeToLiveSpecification };

/** @returns The names of all tables of the stack, by logical id, whether new or already there. */
export async function createTables(
  endpoint: string,
  stack: Stack,
): Promise<Record<string, string>> {
  const client = new DynamoDBClient({
    endpoint,
    region: REGION,
    credentials: LOCAL_CREDENTIALS,
  });
  try {
    const ids = stack.ofType('AWS::DynamoDB::Table');
    await Promise.all(ids.map((id) => createTable(client, stack, id)));
    return Object.fromEntries(ids.map((id) => [id, stack.ref(id)]));
  } finally {
    client.destroy();
  }
}

async function createTable(client: DynamoDBClient, stack: Stack, id: string): Promise<void> {
  const properties = stack.properties(id) as unknown as Table;
  const TableName = stack.ref(id);
  const { AttributeDefinitions, KeySchema, BillingMode, ProvisionedThroughput } = properties;
  const { GlobalSecondaryIndexes, LocalSecondaryIndexes, TimeToLiveSpecification } = properties;
  try {
    await client.send(
      new CreateTableCommand({
        TableName,
        AttributeDefinitions,
        KeySchema,
        BillingMode,
        ProvisionedThroughput,
        GlobalSecondaryIndexes,
        LocalSecondaryIndexes,
      }),
    );
  } catch (error) {
    if (error instanceof ResourceInUseException) return;
    throw error;
  }
  if (TimeToLiveSpecification?.Enabled) {
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
  }
}
