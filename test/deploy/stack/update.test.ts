/**
 * A stage that was deployed before the last change of the template: updated to what stands now, with
 * its items; removed; and wanted back.
 */
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { passwordFile, type Session, signIn } from './callers.ts';
import { attempt, command } from './commands.ts';
import { ROOT_CREDENTIALS } from './credentials.ts';
import { type Front, startFront } from './front.ts';
import { ADMINISTRATOR } from './prod.ts';
import { addressOf, describe as stack } from './stacks.ts';
import { cloneOf, commitBefore } from './workspace.ts';

const { endpoint, folder } = inject('shared');
const STACK = 'latchkey-second';
const aws = { endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS };
const dynamodb = new DynamoDBClient(aws);
const secrets = new SecretsManagerClient(aws);
const before = join(folder, 'before');
let front: Front;
let session: Session;

beforeAll(async () => {
  front = await startFront(() => addressOf(endpoint, STACK));
  cloneOf(commitBefore('serverless.yml', 'infra'), before);
  const administrator = `--username ${ADMINISTRATOR.username} --domain example.com --password-file ${passwordFile(ADMINISTRATOR.password)}`;
  await command('npx serverless deploy --stage second', { cwd: before });
  await command(`npm run latchkey -- admin create --stage second ${administrator}`, {
    cwd: before,
  });
  session = await signIn(ADMINISTRATOR, front.origin);
}, 240_000);
afterAll(() => front.stop());

const whoami = async ({ headers }: Session) =>
  (await fetch(`${front.origin}/api/v2/whoami`, { headers })).status;

/** What must not get lost: every item of the directory, and the signing keys. */
async function kept(): Promise<string[]> {
  const scan = new ScanCommand({ TableName: 'latchkey-second-directory' });
  const { Items = [] } = await dynamodb.send(scan);
  const read = new GetSecretValueCommand({ SecretId: 'latchkey-second-signing-keys' });
  const { SecretString = '' } = await secrets.send(read);
  return [...Items.map((item) => JSON.stringify(item)).sort(), SecretString];
}

test('an update keeps every item, every key and every session', async () => {
  const items = await kept();
  const said = await command(
    'npx serverless deploy --stage second --param="revealUnknownUser=false"',
  );
  expect(said).toContain(`Service deployed to stack ${STACK}`);
  expect(await kept()).toEqual(items);
  expect(await whoami(session)).toBe(200);
  expect(await whoami(await signIn(ADMINISTRATOR, front.origin))).toBe(200);
}, 120_000);

test('`serverless info` names its stack, its endpoints and its functions', async () => {
  const said = await command('npx serverless info --stage second');
  expect(said).toContain(`stack: ${STACK}`);
  expect(said).toMatch(/POST - https:\/\/\S+\/oauth\/token/);
  expect(said).toContain('latchkey-second-authorizer');
}, 60_000);

test('`serverless remove` leaves the tables, the signing keys and their key', async () => {
  const items = await kept();
  const said = await command('npx serverless remove --stage second');
  expect(said).toContain('Service latchkey has been successfully removed');
  expect(await stack(endpoint, STACK)).toBeUndefined();
  expect(await kept()).toEqual(items);
}, 120_000);

test('a stage that was removed is not deployed over what it left, and nothing of that is lost', async () => {
  const items = await kept();
  const { code, output } = await attempt('npx serverless deploy --stage second');
  expect([code, output]).toEqual([1, expect.stringContaining('already exists')]);
  expect(await kept()).toEqual(items);
}, 120_000);
