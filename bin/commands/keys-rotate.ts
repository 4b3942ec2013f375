/**
 * latchkey keys rotate: asks Secrets Manager to rotate the signing keys now.
 *
 * @module
 */

import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeSecretCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { type Command, readOptions } from './command.ts';
import { Failure } from './failure.ts';

const WAIT_SECONDS = 60;

export const keysRotate: Command = {
  summary: 'makes new signing keys; tokens signed by the old ones stay valid until they expire',
  usage: [],
  async run(words) {
    const { stage } = readOptions(words, {});
    const client = new SecretsManagerClient({});
    const SecretId = `latchkey-${stage}-signing-keys`;
    const { VersionId = '' } = await client.send(new RotateSecretCommand({ SecretId }));
    for (let waited = 0; waited < WAIT_SECONDS; waited++) {
      const { VersionIdsToStages = {} } = await client.send(
        new DescribeSecretCommand({ SecretId }),
      );
      if (VersionIdsToStages[VersionId]?.includes('AWSCURRENT'))
        return 'rotated: the new keys are published, and sign once their propagation time has passed';
      await sleep(1000);
    }
    throw new Failure(`not rotated within ${WAIT_SECONDS} s: see the log of the rotate function`);
  },
};
