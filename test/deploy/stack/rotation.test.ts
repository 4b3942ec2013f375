/**
 * The signing keys on the second day: rotated, withdrawn, a rotation that was cut between any two of its
 * four steps, a secret that somebody emptied. Each is healed by the documented command.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { decodeProtectedHeader } from 'jose';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { latchkey, type Session, signIn, tryLatchkey } from './callers.ts';
import { command } from './commands.ts';
import { ROOT_CREDENTIALS } from './credentials.ts';
import { deployed, exampleDeployed, exampleUrl } from './prod.ts';

const { endpoint, rotationCut } = inject('shared');
const SecretId = 'latchkey-prod-signing-keys';
const aws = { endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS };
const secrets = new SecretsManagerClient(aws);
const lambda = new LambdaClient(aws);

beforeAll(async () => {
  await deployed();
  await exampleDeployed('http');
}, 240_000);

async function currentKeys(): Promise<string[]> {
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId }));
  const { keys } = JSON.parse(SecretString) as { keys: { kid: string }[] };
  return keys.map(({ kid }) => kid);
}

async function versionWith(stage: string): Promise<string | undefined> {
  const { VersionIdsToStages = {} } = await secrets.send(new DescribeSecretCommand({ SecretId }));
  return Object.keys(VersionIdsToStages).find((id) => VersionIdsToStages[id]?.includes(stage));
}
const settles = () =>
  expect
    .poll(async () => (await versionWith('AWSPENDING')) === (await versionWith('AWSCURRENT')))
    .toBe(true);

const put = (SecretString: string) =>
  secrets.send(new PutSecretValueCommand({ SecretId, SecretString }));

/** Configured anew, though as before: no instance of before, with keys in memory, is asked any more. */
const restartLogin = () =>
  lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: 'latchkey-prod-login', Timeout: 10 }),
  );

const call = async ({ headers }: Session) =>
  (await fetch(`${exampleUrl()}/cdr`, { headers })).status;
const signer = ({ token }: Session) => decodeProtectedHeader(token).kid;

test('`keys rotate` makes new keys, and every token stays valid', async () => {
  const [session, before] = [await signIn(), await currentKeys()];
  expect(await latchkey('keys rotate --stage prod')).toContain(
    'rotated: the new keys are published',
  );
  const after = await currentKeys();
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after.length).toBeGreaterThan(before.length);
  expect(await call(session)).toBe(200);
});

describe.each(['createSecret', 'setSecret', 'testSecret', 'finishSecret'])(
  'a rotation that is cut before %s',
  (step) => {
    test('leaves the old keys signing, and is brought to its end by another request', async () => {
      const before = await currentKeys();
      writeFileSync(rotationCut, step);
      const { VersionId } = await secrets.send(new RotateSecretCommand({ SecretId }));
      await expect.poll(() => existsSync(rotationCut)).toBe(false);
      expect(await versionWith('AWSPENDING')).toBe(VersionId);
      expect(await currentKeys()).toEqual(before);
      expect(await call(await signIn())).toBe(200);

      const { code, output } = await tryLatchkey('keys rotate --stage prod');
      expect([code, output]).toEqual([
        1,
        expect.stringMatching(/previous rotation isn't complete/),
      ]);
      await settles();
      expect(await versionWith('AWSCURRENT')).toBe(VersionId);
      expect(await currentKeys()).not.toEqual(before);
    });
  },
);

test('`keys rotate --withdraw` gives the old keys up: the new ones sign at once', async () => {
  const before = await currentKeys();
  expect(await latchkey('keys rotate --withdraw --stage prod')).toContain(
    'no token of the old ones',
  );
  const after = await currentKeys();
  expect(after.filter((kid) => before.includes(kid))).toEqual([]);
  await restartLogin();
  const session = await signIn();
  expect(after).toContain(signer(session));
});

test('`keys rotate --withdraw` does not wait for a rotation that was cut', async () => {
  const before = await currentKeys();
  writeFileSync(rotationCut, 'finishSecret');
  await secrets.send(new RotateSecretCommand({ SecretId }));
  await expect.poll(() => existsSync(rotationCut)).toBe(false);
  await latchkey('keys rotate --withdraw --stage prod');
  expect((await currentKeys()).filter((kid) => before.includes(kid))).toEqual([]);
});

describe.each([
  ['{"keys":[]}', /"level":"error".*the key set holds no ES256 key/],
  ['{}', /"level":"error".*the secret does not hold a key set/],
])('a secret that somebody emptied to %s', (emptied, reason) => {
  test('stops sign-ins with an error that says nothing, whose reason is in the log; `keys rotate --withdraw` heals', async () => {
    await put(emptied);
    await restartLogin();
    await expect(signIn()).rejects.toThrow(/gets 5\d\d: \{/);
    const logs = 'npx serverless logs --function login --stage prod --startTime 1m';
    expect(await command(logs)).toMatch(reason);
    await latchkey('keys rotate --withdraw --stage prod');
    await restartLogin();
    expect(await signIn()).toMatchObject({ token: expect.stringMatching(/^eyJ/) });
  }, 60_000);
});
