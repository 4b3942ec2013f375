/**
 * A stage that was deployed before the last change of the template: updated to what stands now, with
 * its items; removed; wanted back; and deleted for good.
 */
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { passwordFile, type Session, signIn } from './callers.ts';
import { attempt, command } from './commands.ts';
import { type Credentials, ROOT_CREDENTIALS } from './credentials.ts';
import { type Front, startFront } from './front.ts';
import { ADMINISTRATOR, deployer } from './prod.ts';
import { addressOf, describe as stack } from './stacks.ts';
import { cloneOf, commitBefore } from './workspace.ts';

const { endpoint, folder } = inject('shared');
const STACK = 'latchkey-second';
const deploy = 'npx serverless deploy --stage second';
const aws = { endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS };
const dynamodb = new DynamoDBClient(aws);
const secrets = new SecretsManagerClient(aws);
const old = join(folder, 'before');
let credentials: Credentials;
let front: Front;
let session: Session;

beforeAll(async () => {
  credentials = await deployer();
  front = await startFront(() => addressOf(endpoint, STACK));
  cloneOf(commitBefore('serverless.yml', 'infra'), old);
  const administrator = `--username ${ADMINISTRATOR.username} --domain example.com --password-file ${passwordFile(ADMINISTRATOR.password)}`;
  await command(deploy, { cwd: old, credentials });
  await command(`npm run latchkey -- admin create --stage second ${administrator}`, {
    cwd: old,
  });
  session = await signIn(ADMINISTRATOR, front.origin);
}, 240_000);
afterAll(() => front?.stop());

const whoami = async ({ headers }: Session) =>
  (await fetch(`${front.origin}/api/v2/whoami`, { headers })).status;

/** What must not get lost: every item of the directory but the published keys, and the signing keys. */
async function kept(): Promise<{ items: string[]; keys: string[] }> {
  const scan = new ScanCommand({ TableName: 'latchkey-second-directory' });
  const { Items = [] } = await dynamodb.send(scan);
  const read = new GetSecretValueCommand({ SecretId: 'latchkey-second-signing-keys' });
  const { SecretString = '' } = await secrets.send(read);
  const { keys } = JSON.parse(SecretString) as { keys: { kid: string }[] };
  return {
    items: Items.filter(({ pk }) => pk?.S !== 'keys')
      .map((item) => JSON.stringify(item))
      .sort(),
    keys: keys.map(({ kid }) => kid),
  };
}

test('an update keeps every item, every key and every session', async () => {
  const before = await kept();
  const said = await command(
    'npx serverless deploy --stage second --param="revealUnknownUser=false"',
  );
  expect(said).toContain(`Service deployed to stack ${STACK}`);
  expect(await kept()).toEqual(before);
  expect(await whoami(session)).toBe(200);
  expect(await whoami(await signIn(ADMINISTRATOR, front.origin))).toBe(200);
}, 120_000);

test('`serverless info` names its stack, its endpoints and its functions', async () => {
  const said = await command('npx serverless info --stage second', { credentials });
  expect(said).toContain(`stack: ${STACK}`);
  expect(said).toMatch(/POST - https:\/\/\S+\/oauth\/token/);
  expect(said).toContain('latchkey-second-authorizer');
}, 60_000);

test('`serverless remove` leaves the tables, the signing keys and their key', async () => {
  const before = await kept();
  const said = await command('npx serverless remove --stage second', { credentials });
  expect(said).toContain('Service latchkey has been successfully removed');
  expect(await stack(endpoint, STACK)).toBeUndefined();
  expect(await kept()).toEqual(before);
}, 120_000);

test('a stage that was removed is not deployed over what it left, and nothing of that is lost', async () => {
  const before = await kept();
  const { code, output } = await attempt(deploy, { credentials });
  expect([code, output]).toEqual([1, expect.stringContaining('already exists')]);
  expect(await kept()).toEqual(before);
}, 120_000);

test('D12: `latchkey adopt`, then `deploy`: the stage is back with its users and its keys', async () => {
  const { items, keys } = await kept();
  expect(await command('npm run latchkey -- adopt --stage second', { credentials })).toMatch(
    /adopted .*DirectoryTable/,
  );
  expect(await command(deploy, { credentials })).toContain(`Service deployed to stack ${STACK}`);
  // A new schedule rotates at once: keys of before verify on, beside new ones.
  expect(await kept()).toEqual({ items, keys: expect.arrayContaining(keys) });
  expect(await whoami(await signIn(ADMINISTRATOR, front.origin))).toBe(200);
}, 180_000);

test('D12: `latchkey destroy` deletes the stage for good', async () => {
  await command('npm run latchkey -- destroy --stage second --confirm second', { credentials });
  expect(await stack(endpoint, STACK)).toBeUndefined();
  await expect(kept()).rejects.toThrow(/not found|find/i);
}, 120_000);
