/**
 * Creates the tables of a stack in the embedded DynamoDB, as CloudFormation would.
 *
 * Only what the engine has: encryption, point-in-time recovery and deletion protection are left out.
 * And a stream only where something reads it: the engine's writes get slower with each record of one.
 *
 * @module
 */
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ResourceInUseException,
  type StreamSpecification,
  type TimeToLiveSpecification,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { LOCAL_CREDENTIALS } from './credentials.ts';
import { REGION } from './names.ts';
import { eventSources } from './streams/event-source-model.ts';
import type { Stack } from './template.ts';

type Table = Omit<CreateTableCommandInput, 'StreamSpecification'> & {
  TimeToLiveSpecification?: TimeToLiveSpecification;
  /** CloudFormation's has no StreamEnabled: that it is there says so. */
  StreamSpecification?: Pick<StreamSpecification, 'StreamViewType'>;
};

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
    const followed = new Set(eventSources(stack).map(({ table }) => table));
    await Promise.all(ids.map((id) => createTable(client, stack, id, followed)));
    return Object.fromEntries(ids.map((id) => [id, stack.ref(id)]));
  } finally {
    client.destroy();
  }
}

async function createTable(
  client: DynamoDBClient,
  stack: Stack,
  id: string,
  followed: ReadonlySet<string>,
): Promise<void> {
  const properties = stack.properties(id) as unknown as Table;
  const TableName = stack.ref(id);
  const { AttributeDefinitions, KeySchema, BillingMode, ProvisionedThroughput } = properties;
  const { GlobalSecondaryIndexes, LocalSecondaryIndexes, TimeToLiveSpecification } = properties;
  const stream = followed.has(TableName)
    ? { StreamEnabled: true, ...properties.StreamSpecification }
    : { StreamEnabled: false };
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
        StreamSpecification: stream.StreamEnabled ? stream : undefined,
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await addIndexes(client, properties, TableName);
    await setStream(client, TableName, stream);
  }
  await setTimeToLive(client, TableName, TimeToLiveSpecification);
}

/** Of a table of an earlier start, which may have been another template's. */
async function addIndexes(
  client: DynamoDBClient,
  { AttributeDefinitions, GlobalSecondaryIndexes = [] }: Table,
  TableName: string,
): Promise<void> {
  const { Table: found } = await client.send(new DescribeTableCommand({ TableName }));
  const there = new Set(found?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName));
  const missing = GlobalSecondaryIndexes.filter(({ IndexName }) => !there.has(IndexName));
  // As in DynamoDB, one at a time.
  for (const Create of missing) {
    const change = { TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates: [{ Create }] };
    await client.send(new UpdateTableCommand(change));
  }
}

/** Likewise. */
async function setStream(
  client: DynamoDBClient,
  TableName: string,
  StreamSpecification: StreamSpecification,
): Promise<void> {
  const { Table: found } = await client.send(new DescribeTableCommand({ TableName }));
  const isOn = found?.StreamSpecification?.StreamEnabled ?? false;
  if (isOn === StreamSpecification.StreamEnabled) return;
  await client.send(new UpdateTableCommand({ TableName, StreamSpecification }));
}

/** Likewise. */
async function setTimeToLive(
  client: DynamoDBClient,
  TableName: string,
  TimeToLiveSpecification: TimeToLiveSpecification | undefined,
): Promise<void> {
  if (!TimeToLiveSpecification?.Enabled) return;
  const found = await client.send(new DescribeTimeToLiveCommand({ TableName }));
  if (found.TimeToLiveDescription?.AttributeName === TimeToLiveSpecification.AttributeName) return;
  await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}
