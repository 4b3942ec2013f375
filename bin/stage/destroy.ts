/**
 * Deletes a stage for good: its stack and all that outlives it. Each step may be done again, so that
 * a call that was cut off goes on where it stopped. The key is looked up by what it encrypts, so the
 * last of that goes after it.
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
import type { RetainedKey } from './retained-key.ts';
import { findTable } from './retained-table.ts';
import { deleteStack, findStack, resourcesOf, type Stack } from './stack.ts';

/** CloudFormation's, as in infra/data.yml. */
const PENDING_DAYS = 30;

/** @returns What was done, a line for each. */
export async function destroy(stage: Stage): Promise<string[]> {
  const done: string[] = [];
  const stack = await findStack(stage);
  if (stack) {
    await removeStack(stage, stack);
    done.push(`deleted the stack ${stage.names.stack}`);
  }
  const { tables, secret, key } = await findRetained(stage);
  for (const id of TABLES) if (tables[id]) await unprotect(stage, id);
  const last = secret ? undefined : TABLES.filter((id) => tables[id]).at(-1);
  for (const id of TABLES) if (tables[id] && id !== last) done.push(await deleteTable(stage, id));
  if (key) done.push(await scheduleDeletion(stage, key));
  if (last) done.push(await deleteTable(stage, last));
  if (secret) done.push(await deleteSecret(stage));
  return [...done, ...(await deleteLogGroups(stage))];
}

async function removeStack(stage: Stage, stack: Stack): Promise<void> {
  const resources = await resourcesOf(stage, stack);
  for (const { ResourceType, PhysicalResourceId: name } of resources)
    if (ResourceType === 'AWS::S3::Bucket' && name) await emptyBucket(stage, name);
  // Anew, and not with what could not be deleted left behind: here that has to go.
  await deleteStack(stage, { ...stack, status: '' });
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
  if (description !== names.keyDescription)
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
