/**
 * Deletes a stage for good: its stack and all that outlives it. Each step may be done again, so that
 * a call that was cut off goes on where it stopped. The keys are looked up by what is kept in the tables or
 * encrypted, so the last of that goes after them.
 *
 * What was exported lies in a bucket of somebody else's and stays. So the public half of its key is told, by
 * which its files can be verified ever after.
 *
 * Errors: Failure; a stack that cannot be deleted, because another one imports what it exports, ends
 *         it before any data is touched.
 *
 * @module
 */
import { DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DeleteTableCommand, UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import { DeleteSecretCommand } from '@aws-sdk/client-secrets-manager';
import { asking } from '../deployment.ts';
import { emptyBucket } from './bucket.ts';
import { ifThere, type Stage } from './connect.ts';
import { TABLES, type TableId } from './names.ts';
import { findRetained } from './retained.ts';
import { findExportKey, publicHalfOf } from './retained-export-key.ts';
import { type RetainedKey, reviveKey } from './retained-key.ts';
import { findTable } from './retained-table.ts';
import { deleteStack, findStack, resourcesOf, type Stack } from './stack.ts';

/** CloudFormation's, as in infra/data.yml. */
const PENDING_DAYS = 30;

/** @returns What was done, a line for each. */
export async function destroy(stage: Stage): Promise<string[]> {
  const done: string[] = [];
  const stack = await findStack(stage);
  const exportKeyId = stack && (await removeStack(stage, stack));
  if (stack) done.push(`deleted the stack ${stage.names.stack}`);
  done.push(...(await endExportKey(stage, exportKeyId)));
  const { tables, secret, key } = await findRetained(stage);
  for (const id of TABLES) if (tables[id]) await unprotect(stage, id);
  const last = secret ? undefined : TABLES.filter((id) => tables[id]).at(-1);
  for (const id of TABLES) if (tables[id] && id !== last) done.push(await deleteTable(stage, id));
  if (key) done.push(await scheduleDeletion(stage, key));
  if (last) done.push(await deleteTable(stage, last));
  if (secret) done.push(await deleteSecret(stage));
  return [...done, ...(await deleteLogGroups(stage))];
}

/** @returns The id of the key that signs exported events, where it has one. */
async function removeStack(stage: Stage, stack: Stack): Promise<string | undefined> {
  const resources = await resourcesOf(stage, stack);
  for (const { ResourceType, PhysicalResourceId: name } of resources)
    if (ResourceType === 'AWS::S3::Bucket' && name) await emptyBucket(stage, name);
  // Anew, and not with what could not be deleted left behind: here that has to go.
  await deleteStack(stage, { ...stack, status: '' });
  return resources.find(({ LogicalResourceId }) => LogicalResourceId === 'ExportKey')
    ?.PhysicalResourceId;
}

/** Nothing of one that is about to be deleted: it was told then. */
async function endExportKey(stage: Stage, id: string | undefined): Promise<string[]> {
  const key = await findExportKey(stage, id);
  if (!key || key.state === 'PendingDeletion') return [];
  await reviveKey(stage, key);
  const half = await publicHalfOf(stage, key);
  return [
    await scheduleDeletion(stage, key),
    `that key has signed exported events; the public half, which verifies them:\n${half}`,
  ];
}

const unprotect = (stage: Stage, id: TableId): Promise<void> =>
  asking('table', stage.names.tables[id], async () => {
    const table = await settled(stage, id);
    if (!table?.isProtected) return;
    const open = { TableName: table.name, DeletionProtectionEnabled: false };
    await stage.dynamodb.send(new UpdateTableCommand(open));
  });

/** No table is changed or deleted while it is made or changed. */
async function settled(stage: Stage, id: TableId) {
  for (;;) {
    const table = await findTable(stage, id);
    if (!table || !/^(CREATING|UPDATING)$/.test(table.status)) return table;
    await stage.pause();
  }
}

async function deleteTable(stage: Stage, id: TableId): Promise<string> {
  const TableName = stage.names.tables[id];
  const table = await settled(stage, id);
  if (table && table.status !== 'DELETING')
    await asking('table', TableName, () =>
      ifThere(() => stage.dynamodb.send(new DeleteTableCommand({ TableName }))),
    );
  while (await findTable(stage, id)) await stage.pause();
  return `deleted the table ${TableName}`;
}

/** The key of this stage and no other, whatever somebody has encrypted a table with. */
async function scheduleDeletion({ names, kms }: Stage, key: RetainedKey): Promise<string> {
  const { id: KeyId, state, description } = key;
  if (description !== names.keyDescription && description !== names.exportKeyDescription)
    return `left the key ${KeyId}, which is not this stage's`;
  if (state !== 'PendingDeletion')
    await asking('key', KeyId, () =>
      kms.send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: PENDING_DAYS })),
    );
  return `scheduled the deletion of the key ${KeyId}: aws kms cancel-key-deletion keeps it, for ${PENDING_DAYS} days`;
}

async function deleteSecret({ names, secrets }: Stage): Promise<string> {
  const command = { SecretId: names.secret, ForceDeleteWithoutRecovery: true };
  await asking('secret', names.secret, () =>
    ifThere(() => secrets.send(new DeleteSecretCommand(command))),
  );
  return `deleted the secret ${names.secret}`;
}

async function deleteLogGroups({ names, logs }: Stage): Promise<string[]> {
  const done: string[] = [];
  for (const logGroupName of names.logGroups) {
    const gone = await asking('log group', logGroupName, () =>
      ifThere(() => logs.send(new DeleteLogGroupCommand({ logGroupName }))),
    );
    if (gone) done.push(`deleted the log group ${logGroupName}`);
  }
  return done;
}
