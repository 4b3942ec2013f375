/**
 * A KMS key of the stage, in CloudFormation's words: that which its tables and secret are encrypted with. It
 * has no name, and its alias goes with the stack: so what it encrypts says which it is.
 *
 * Errors: Failure for a key that is gone for good, or that cannot be used again.
 *
 * @module
 */
import {
  CancelKeyDeletionCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KeyMetadata,
} from '@aws-sdk/client-kms';
import { Failure } from '../commands/failure.ts';
import { asking } from '../deployment.ts';
import { ifThere, type Stage } from './connect.ts';

export type RetainedKey = {
  id: string;
  arn: string;
  state: string;
  description: string;
  spec: string;
  usage: string;
};

/** @param KeyId - An id, an ARN or an alias. */
export const findKey = ({ kms }: Stage, KeyId: string): Promise<RetainedKey | undefined> =>
  asking('key', KeyId, async () => {
    const found = await ifThere(() => kms.send(new DescribeKeyCommand({ KeyId })));
    const key = found?.KeyMetadata;
    return key && { ...identityOf(key), state: key.KeyState ?? '' };
  });

const identityOf = ({
  KeyId = '',
  Arn = '',
  Description = '',
  KeySpec,
  KeyUsage,
}: KeyMetadata) => ({
  ...{ id: KeyId, arn: Arn, description: Description },
  ...{ spec: KeySpec ?? '', usage: KeyUsage ?? '' },
});

export const propertiesOfKey = ({ kms }: Stage, { id: KeyId, description }: RetainedKey) =>
  asking('key', KeyId, async () => {
    const [{ Policy = '{}' }, { KeyRotationEnabled }] = await Promise.all([
      kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' })),
      kms.send(new GetKeyRotationStatusCommand({ KeyId })),
    ]);
    return {
      Description: description,
      EnableKeyRotation: KeyRotationEnabled ?? false,
      KeyPolicy: JSON.parse(Policy) as unknown,
    };
  });

/** A key whose deletion was scheduled, by hand or by a deployment that was rolled back, works again. */
export const reviveKey = ({ kms }: Stage, { id: KeyId, state }: RetainedKey): Promise<void> =>
  asking('key', KeyId, async () => {
    if (state === 'Enabled') return;
    if (state === 'PendingDeletion') await kms.send(new CancelKeyDeletionCommand({ KeyId }));
    else if (state !== 'Disabled') throw new Failure(`the key ${KeyId} is ${state}`);
    await kms.send(new EnableKeyCommand({ KeyId }));
  });
