/**
 * A table of the stage as it is in AWS.
 *
 * Errors: Failure for a table whose keys are not ours, which no deployment could use.
 *
 * @module
 */
import {
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type KeySchemaElement,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import { Failure } from '../commands/failure.ts';
import { asking } from '../deployment.ts';
import { ifThere, type Stage } from './connect.ts';
import type { TableId } from './names.ts';

export type RetainedTable = {
  name: string;
  status: string;
  isProtected: boolean;
  /** The ARN of the key, unless AWS owns it. */
  key: string | undefined;
  description: TableDescription;
};

type Shape = Record<'table' | `index ${string}`, string>;
/** `name:type:kind` of each key, as in infra/data.yml. A table's cannot be changed, nor an index's. */
const SHAPES: Readonly<Record<TableId, Partial<Shape>>> = {
  DirectoryTable: {
    table: 'pk:S:HASH sk:S:RANGE',
    'index byList': 'list:S:HASH listSort:S:RANGE',
  },
  SessionsTable: {
    table: 'pk:S:HASH sk:S:RANGE',
    'index byList': 'list:S:HASH listSort:S:RANGE',
  },
  EventsTable: {
    table: 'pk:S:HASH sk:S:RANGE',
    'index byTarget': 'byTarget:S:HASH sk:S:RANGE',
    'index byActor': 'byActor:S:HASH sk:S:RANGE',
    'index byType': 'byType:S:HASH sk:S:RANGE',
    'index byAddress': 'byAddress:S:HASH sk:S:RANGE',
    'index byHour': 'listed:S:HASH sk:S:RANGE',
  },
};

/** @returns Undefined where there is none, or none any more. */
export function findTable(
  { names, dynamodb }: Stage,
  id: TableId,
): Promise<RetainedTable | undefined> {
  const TableName = names.tables[id];
  return asking('table', TableName, async () => {
    const found = await ifThere(() => dynamodb.send(new DescribeTableCommand({ TableName })));
    if (!found?.Table) return undefined;
    const { Table } = found;
    return {
      name: TableName,
      status: Table.TableStatus ?? '',
      isProtected: Table.DeletionProtectionEnabled ?? false,
      key: Table.SSEDescription?.KMSMasterKeyArn,
      description: Table,
    };
  });
}

/** @throws Failure before anything is done to it. */
export function requireShape(id: TableId, { name, status, description }: RetainedTable): void {
  if (status === 'DELETING') throw new Failure(`the table ${name} is being deleted`);
  const shape = shapeOf(description);
  for (const [part, expected] of Object.entries(SHAPES[id])) {
    const actual = shape[part as keyof Shape];
    // An index that is not there is made by the deployment.
    if (actual === expected || (actual === undefined && part !== 'table')) continue;
    const has = `its ${part} has the keys ${actual}, not ${expected}`;
    throw new Failure(`the table ${name} has another shape: ${has}. Nothing was changed.`);
  }
}

function shapeOf(described: TableDescription): Partial<Shape> {
  const types = new Map(
    described.AttributeDefinitions?.map((it) => [it.AttributeName, it.AttributeType]),
  );
  const shown = (keys: readonly KeySchemaElement[] = []) =>
    keys.map((it) => `${it.AttributeName}:${types.get(it.AttributeName)}:${it.KeyType}`).join(' ');
  const indexes = (described.GlobalSecondaryIndexes ?? []).map(
    ({ IndexName, KeySchema }) => [`index ${IndexName}`, shown(KeySchema)] as const,
  );
  return { table: shown(described.KeySchema), ...Object.fromEntries(indexes) };
}

/** In CloudFormation's words. */
export const propertiesOfTable = (stage: Stage, { name, description }: RetainedTable) =>
  asking('table', name, async () => ({
    ...propertiesOf(description),
    ...(await describedElsewhere(stage, name)),
  }));

function propertiesOf(table: TableDescription): Record<string, unknown> {
  const { StreamSpecification: stream, SSEDescription: encryption } = table;
  const isOnDemand = table.BillingModeSummary?.BillingMode === 'PAY_PER_REQUEST';
  const capacity = (of: TableDescription['ProvisionedThroughput']) =>
    !isOnDemand && {
      ProvisionedThroughput: {
        ReadCapacityUnits: of?.ReadCapacityUnits,
        WriteCapacityUnits: of?.WriteCapacityUnits,
      },
    };
  const indexes = table.GlobalSecondaryIndexes?.map(
    ({ IndexName, KeySchema, Projection, ProvisionedThroughput }) => ({
      ...{ IndexName, KeySchema, Projection },
      ...capacity(ProvisionedThroughput),
    }),
  );
  return {
    TableName: table.TableName,
    AttributeDefinitions: table.AttributeDefinitions,
    KeySchema: table.KeySchema,
    BillingMode: isOnDemand ? 'PAY_PER_REQUEST' : 'PROVISIONED',
    ...capacity(table.ProvisionedThroughput),
    ...(indexes && { GlobalSecondaryIndexes: indexes }),
    ...(stream?.StreamEnabled && {
      StreamSpecification: { StreamViewType: stream.StreamViewType },
    }),
    DeletionProtectionEnabled: table.DeletionProtectionEnabled ?? false,
    ...(encryption?.KMSMasterKeyArn && {
      SSESpecification: {
        SSEEnabled: true,
        SSEType: 'KMS',
        KMSMasterKeyId: encryption.KMSMasterKeyArn,
      },
    }),
  };
}

async function describedElsewhere({ dynamodb }: Stage, TableName: string): Promise<object> {
  const [{ TimeToLiveDescription: ttl }, { ContinuousBackupsDescription: backups }] =
    await Promise.all([
      dynamodb.send(new DescribeTimeToLiveCommand({ TableName })),
      dynamodb.send(new DescribeContinuousBackupsCommand({ TableName })),
    ]);
  const recovery = backups?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus;
  return {
    ...(ttl?.TimeToLiveStatus === 'ENABLED' && {
      TimeToLiveSpecification: { AttributeName: ttl.AttributeName, Enabled: true },
    }),
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: recovery === 'ENABLED' },
  };
}
