/** A stage in an account, as a deployment leaves it: tables, secret, key, and its stack. */
import { ACCOUNT, type Account, type Key, REGION, type Table } from './account.ts';
import type { Stack, Template } from './cloudformation.ts';

const keys = (hash: string, range: string) => [
  { AttributeName: hash, KeyType: 'HASH' },
  { AttributeName: range, KeyType: 'RANGE' },
];
const texts = (...names: string[]) =>
  names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' }));

/** As DescribeTable shows it. */
export function tableOf(TableName: string, key: Key, more: Record<string, unknown> = {}): Table {
  const arn = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${TableName}`;
  return {
    hasRecovery: true,
    description: {
      ...{ TableName, TableArn: arn, TableStatus: 'ACTIVE', ItemCount: 0 },
      AttributeDefinitions: texts('pk', 'sk'),
      KeySchema: keys('pk', 'sk'),
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
      StreamSpecification: { StreamEnabled: true, StreamViewType: 'KEYS_ONLY' },
      SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: key.Arn },
      DeletionProtectionEnabled: true,
      ...more,
    },
  };
}

export const BY_LIST = {
  IndexName: 'byList',
  KeySchema: keys('list', 'listSort'),
  Projection: { ProjectionType: 'ALL' },
  ProvisionedThroughput: { ReadCapacityUnits: 0, WriteCapacityUnits: 0 },
};

/** What outlives a stack. */
export function addRetained(account: Account, stage = 'prod', keyState = 'Enabled'): Key {
  const stack = `latchkey-${stage}`;
  const key = account.addKey(`Encrypts the tables and signing keys of ${stack}`, keyState);
  const indexed = {
    AttributeDefinitions: texts('pk', 'sk', 'list', 'listSort'),
    GlobalSecondaryIndexes: [BY_LIST],
  };
  const directory = tableOf(`${stack}-directory`, key, indexed);
  account.tables.set(`${stack}-directory`, { ...directory, ttl: 'contentUntil' });
  const sessions = tableOf(`${stack}-sessions`, key, {
    ...indexed,
    GlobalSecondaryIndexes: [
      {
        ...BY_LIST,
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['kind', 'client', 'ip'] },
      },
    ],
  });
  account.tables.set(`${stack}-sessions`, { ...sessions, ttl: 'expiresAt' });
  const places = ['byTarget', 'byActor', 'byType', 'byAddress', 'listed'];
  const events = tableOf(`${stack}-events`, key, {
    AttributeDefinitions: texts('pk', 'sk', ...places),
    GlobalSecondaryIndexes: places.map((place) => ({
      ...BY_LIST,
      IndexName: place === 'listed' ? 'byHour' : place,
      KeySchema: keys(place, 'sk'),
      Projection: { ProjectionType: 'KEYS_ONLY' },
    })),
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  });
  account.tables.set(`${stack}-events`, { ...events, ttl: 'expiresAt' });
  account.addSecret(`${stack}-signing-keys`, {
    Description: 'Private keys that sign tokens; written by rotate, read by what signs',
    KmsKeyId: key.Arn,
  });
  return key;
}

/** The key that signs exported events, as the export's own item names it. */
export function addExportKey(account: Account, stage = 'prod', keyState = 'Enabled'): Key {
  const key = account.addSigningKey(`Signs the events that latchkey-${stage} exports`, keyState);
  const events = account.tables.get(`latchkey-${stage}-events`);
  if (events) events.item = { hour: { S: '2026-01-01T00' }, key: { S: key.KeyId } };
  return key;
}

const BUCKET = { Type: 'AWS::S3::Bucket' };
/** osls makes a stack with its bucket first, and puts the rest into it by an update. */
export const FIRST_TEMPLATE: Template = {
  Resources: { ServerlessDeploymentBucket: BUCKET },
  Outputs: { ServerlessDeploymentBucketName: { Value: 'bucket' } },
};

export function addBucketStack(account: Account, status: string, stage = 'prod'): Stack {
  account.buckets.set(`bucket-of-${stage}`, ['a.zip', 'b.zip', 'c.zip']);
  return account.addStack(`latchkey-${stage}`, status, {
    template: FIRST_TEMPLATE,
    resources: {
      ServerlessDeploymentBucket: {
        ...{ type: 'AWS::S3::Bucket', status: 'CREATE_COMPLETE' },
        physicalId: `bucket-of-${stage}`,
      },
    },
  });
}

/** With all that outlives it in it. */
export function addWholeStack(account: Account, status: string, stage = 'prod'): Stack {
  const key = addRetained(account, stage);
  const stack = addBucketStack(account, status, stage);
  const held = {
    DirectoryTable: ['AWS::DynamoDB::Table', `latchkey-${stage}-directory`],
    SessionsTable: ['AWS::DynamoDB::Table', `latchkey-${stage}-sessions`],
    EventsTable: ['AWS::DynamoDB::Table', `latchkey-${stage}-events`],
    SigningKeys: ['AWS::SecretsManager::Secret', account.secrets.at(-1)?.ARN ?? ''],
    DataKey: ['AWS::KMS::Key', key.KeyId],
  };
  const Resources = { ...FIRST_TEMPLATE.Resources };
  for (const [id, [type = '', physicalId = '']] of Object.entries(held)) {
    stack.resources[id] = { type, physicalId, status: 'CREATE_COMPLETE' };
    Resources[id] = { Type: type, DeletionPolicy: 'Retain' };
  }
  stack.template = { ...FIRST_TEMPLATE, Resources };
  return stack;
}
