/**
 * latchkey signing-key rotate: asks Secrets Manager to rotate the signing keys now. With --withdraw the old
 * ones are given up first, for when they are no secret any more: what they signed is refused as soon as
 * nobody holds their public half any longer, which takes five minutes.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { asking, DEPLOYMENT, DEPLOYMENT_USAGE, useDeployment } from '../deployment.ts';
import { command } from './command.ts';
import { Failure } from './failure.ts';

const WAIT_SECONDS = 60;
/**
 * As before the very first rotation, whose keys have none to follow and so sign at once. With both
 * labels: a pending version that is not the current one would pass for a rotation under way.
 */
export const NONE = { SecretString: '{"keys":[]}', VersionStages: ['AWSCURRENT', 'AWSPENDING'] };

export const keysRotate = command({
  summary:
    'makes new signing keys; tokens signed by the old ones stay valid until they expire, or with --withdraw no more',
  usage: `${DEPLOYMENT_USAGE} [--withdraw]`,
  options: { ...DEPLOYMENT, withdraw: { type: 'boolean', default: false } },
  async run(_operands, { stage, withdraw, ...place }) {
    useDeployment(place);
    // Loaded only now: the SDK takes longer to load than the other commands to run.
    const { PutSecretValueCommand, RotateSecretCommand, SecretsManagerClient } = await import(
      '@aws-sdk/client-secrets-manager'
    );
    const client = new SecretsManagerClient({});
    const SecretId = `latchkey-${stage}-signing-keys`;
    // Before anything happens: what cannot be told is not done.
    await asking('table', `latchkey-${stage}-directory`, () => tell({ stage, ...place }, withdraw));
    const VersionId = await asking('secret', SecretId, async () => {
      if (withdraw) await client.send(new PutSecretValueCommand({ SecretId, ...NONE }));
      const { VersionId: version = '' } = await client.send(new RotateSecretCommand({ SecretId }));
      await untilCurrent(client, SecretId, version);
      return version;
    });
    return {
      json: { secret: SecretId, version: VersionId },
      text: withdraw
        ? 'rotated: the new keys sign, and in five minutes no token of the old ones is accepted'
        : 'rotated: the new keys are published, and sign once their propagation time has passed',
    };
  },
});

/** Secrets Manager takes part in no transaction, so that it was asked for is an event by itself. */
async function tell(place: { stage: string; local: boolean }, withdraw: boolean): Promise<void> {
  const [
    { connect },
    { transact },
    { readPublicKeys },
    { signingKeysChanged },
    { operatorsTrail },
  ] = await Promise.all([
    import('../../lib/aws/table.ts'),
    import('../../lib/aws/transaction.ts'),
    import('../../lib/store/directory/public-keys.ts'),
    import('../../lib/events/kinds/signing-keys.ts'),
    import('../stage/trail.ts'),
  ]);
  const directory = { client: connect(), name: `latchkey-${place.stage}-directory` };
  const published = (await readPublicKeys(directory)) as { kid: string }[] | undefined;
  const type = withdraw ? 'signing-keys.withdrawn' : 'signing-keys.rotation-requested';
  const before = (published ?? []).map(({ kid }) => kid);
  const trail = await operatorsTrail(place);
  await transact(trail(signingKeysChanged(type, { before })));
}

/** @throws Failure after a minute: the rotation goes on by itself, or has failed. */
async function untilCurrent(
  client: SecretsManagerClient,
  SecretId: string,
  version: string,
): Promise<void> {
  const { DescribeSecretCommand } = await import('@aws-sdk/client-secrets-manager');
  for (let waited = 0; waited < WAIT_SECONDS; waited++) {
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId }));
    if (VersionIdsToStages[version]?.includes('AWSCURRENT')) return;
    await sleep(1000);
  }
  throw new Failure(`not rotated within ${WAIT_SECONDS} s: see the log of the rotate function`);
}
