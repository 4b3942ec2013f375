/**
 * latchkey keys rotate: asks Secrets Manager to rotate the signing keys now.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { command } from './command.ts';
import { Failure } from './failure.ts';

const WAIT_SECONDS = 60;

export const keysRotate = command({
  summary: 'makes new signing keys; tokens signed by the old ones stay valid until they expire',
  usage: DEPLOYMENT_USAGE,
  options: DEPLOYMENT,
  async run(_operands, { stage, ...place }) {
    useDeployment(place);
    // Loaded only now: the SDK takes longer to load than the other commands to run.
    const { DescribeSecretCommand, RotateSecretCommand, SecretsManagerClient } = await import(
      '@aws-sdk/client-secrets-manager'
    );
    const client = new SecretsManagerClient({});
    const SecretId = `latchkey-${stage}-signing-keys`;
    const { VersionId = '' } = await client.send(new RotateSecretCommand({ SecretId }));
    for (let waited = 0; waited < WAIT_SECONDS; waited++) {
      const { VersionIdsToStages = {} } = await client.send(
        new DescribeSecretCommand({ SecretId }),
      );
      if (VersionIdsToStages[VersionId]?.includes('AWSCURRENT'))
        return {
          json: { secret: SecretId, version: VersionId },
          text: 'rotated: the new keys are published, and sign once their propagation time has passed',
        };
      await sleep(1000);
    }
    throw new Failure(`not rotated within ${WAIT_SECONDS} s: see the log of the rotate function`);
  },
});
