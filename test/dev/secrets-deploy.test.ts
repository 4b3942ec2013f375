/** Secrets of a template: created once, rotated for the first time, and still there after a crash. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect, onTestFinished, test } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { createSecrets } from '../../dev/secrets/deploy.ts';
import { startSecretsManager } from '../../dev/secrets-manager.ts';
import { resolveStack, type Template } from '../../dev/template.ts';

const LAMBDA = 'arn:aws:lambda:us-east-1:000000000000:function:rotate';
const Resources: Template['Resources'] = {
  Keys: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { Name: 'keys', SecretString: '{"keys":[]}' },
  },
  Schedule: {
    Type: 'AWS::SecretsManager::RotationSchedule',
    Properties: {
      SecretId: { Ref: 'Keys' },
      RotationLambdaARN: LAMBDA,
      RotationRules: { AutomaticallyAfterDays: 30 },
    },
  },
};
const stack = resolveStack({ Resources }, { name: 'test' });

function place(): string {
  const folder = mkdtempSync(join(tmpdir(), 'latchkey-secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'secrets.json');
}

type RotationEvent = { Step: string; SecretId: string; ClientRequestToken: string };

async function open(file: string, failAt?: string) {
  const steps: string[] = [];
  const rotate = async ({ Step, SecretId, ClientRequestToken: VersionId }: RotationEvent) => {
    steps.push(Step);
    if (Step === failAt) throw new Error('no');
    const { VersionId: RemoveFromVersionId } = await client.send(
      new GetSecretValueCommand({ SecretId }),
    );
    if (Step === 'createSecret') {
      const value = { SecretString: '{"keys":[1]}', VersionStages: ['AWSPENDING'] };
      await client.send(
        new PutSecretValueCommand({ SecretId, ClientRequestToken: VersionId, ...value }),
      );
    } else if (Step === 'finishSecret') {
      const move = { VersionStage: 'AWSCURRENT', MoveToVersionId: VersionId, RemoveFromVersionId };
      await client.send(new UpdateSecretVersionStageCommand({ SecretId, ...move }));
    }
  };
  const secrets = await startSecretsManager({
    file,
    invoke: (_arn, event) => rotate(event as RotationEvent),
  });
  const client = new SecretsManagerClient({
    endpoint: secrets.endpoint,
    region: 'us-east-1',
    credentials: LOCAL_CREDENTIALS,
  });
  onTestFinished(() => secrets.stop());
  const value = async () =>
    (await client.send(new GetSecretValueCommand({ SecretId: 'keys' }))).SecretString;
  return { secrets, value, steps };
}

test('the first start creates and rotates; the next one does neither', async () => {
  const file = place();
  const first = await open(file);
  await createSecrets(first.secrets, stack);
  expect(await first.value()).toBe('{"keys":[1]}');
  const second = await open(file);
  await createSecrets(second.secrets, stack);
  expect(second.steps).toEqual([]);
  expect(await second.value()).toBe('{"keys":[1]}');
});

test('a first rotation that fails stops the start, and the next start completes it', async () => {
  const file = place();
  const first = await open(file, 'testSecret');
  await expect(createSecrets(first.secrets, stack)).rejects.toThrow(
    'test: Schedule: the first rotation',
  );
  const second = await open(file);
  await createSecrets(second.secrets, stack);
  expect(await second.value()).toBe('{"keys":[1]}');
});

test('the file is for its owner only, and a write cut short does not harm it', async () => {
  const file = place();
  const first = await open(file);
  await createSecrets(first.secrets, stack);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  // What a kill in the middle of the next write leaves behind.
  writeFileSync(`${file}.new`, readFileSync(file, 'utf8').slice(0, 20));
  const second = await open(file);
  expect(await second.value()).toBe('{"keys":[1]}');
});
