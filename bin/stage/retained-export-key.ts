/**
 * The KMS key that signs exported events. It has no name, and its alias goes with the stack: so the export says
 * which it is, in the events table (lib/store/events/export-head.ts), and the key says so itself.
 *
 * One that has signed nothing yet may stay unknown: nobody misses it.
 *
 * @module
 */
import { createPublicKey } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetKeyPolicyCommand, GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { marshall } from '@aws-sdk/util-dynamodb';
import { EXPORT_HEAD } from '../../lib/store/events/export-head.ts';
import { asking } from '../deployment.ts';
import { ifThere, type Stage } from './connect.ts';
import { findKey, type RetainedKey } from './retained-key.ts';

/** @param known - Its id, where the stack has said it. */
export async function findExportKey(
  stage: Stage,
  known?: string,
): Promise<RetainedKey | undefined> {
  const id = known ?? (await signedBy(stage));
  const key = id === undefined ? undefined : await findKey(stage, id);
  return key?.description === stage.names.exportKeyDescription ? key : undefined;
}

function signedBy({ names, dynamodb }: Stage): Promise<string | undefined> {
  const TableName = names.tables.EventsTable;
  const command = { TableName, Key: marshall(EXPORT_HEAD), ConsistentRead: true };
  return asking('table', TableName, async () => {
    const found = await ifReadable(() => dynamodb.send(new GetItemCommand(command)));
    return found?.Item?.['key']?.S;
  });
}

/** Where the key is to be deleted that encrypts the table, nobody can read there any more. */
const ifReadable = <T>(run: () => Promise<T>): Promise<T | undefined> =>
  ifThere(run).catch((error: Error) => {
    if (error.name === 'InaccessibleEncryptionCredentialsException') return undefined;
    throw error;
  });

export const propertiesOfExportKey = (
  { kms }: Stage,
  { id: KeyId, description, spec, usage }: RetainedKey,
) =>
  asking('key', KeyId, async () => {
    const { Policy = '{}' } = await kms.send(
      new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }),
    );
    return {
      ...{ Description: description, KeySpec: spec, KeyUsage: usage },
      KeyPolicy: JSON.parse(Policy) as unknown,
    };
  });

/** As PEM. A key that is to be deleted tells it to nobody any more. */
export const publicHalfOf = ({ kms }: Stage, { id: KeyId }: RetainedKey): Promise<string> =>
  asking('key', KeyId, async () => {
    const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId }));
    const key = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
    return key.export({ type: 'spki', format: 'pem' }).toString().trimEnd();
  });
