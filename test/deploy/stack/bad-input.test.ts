/** Credentials and parameters that are wrong: a clear error, and nothing is deployed, made or rotated. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { passwordFile } from './callers.ts';
import { attempt, command } from './commands.ts';
import { type Credentials, ROOT_CREDENTIALS } from './credentials.ts';
import { makeUser } from './principals.ts';
import { deployed, edit } from './prod.ts';
import { stacksOf } from './stacks.ts';
import { cloneOfToday } from './workspace.ts';

const { endpoint, folder } = inject('shared');
const aws = { endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS };
const dynamodb = new DynamoDBClient(aws);
const UNKNOWN: Credentials = {
  // In the form of one, though no scanner shall take it for one.
  accessKeyId: ['AKIA', 'UNKNOWN000000000'].join(''),
  secretAccessKey: 'x'.repeat(40),
};
let nobody: Credentials;

beforeAll(async () => {
  await deployed();
  nobody = await makeUser('nobody');
  await command('npx serverless package --stage refused --package packaged-refused');
}, 240_000);

/** Every item of the stage. */
async function items(): Promise<string> {
  const tables = ['directory', 'sessions'].map((name) => `latchkey-prod-${name}`);
  const scans = tables.map((TableName) => dynamodb.send(new ScanCommand({ TableName })));
  const found = (await Promise.all(scans)).flatMap(({ Items = [] }) => Items);
  return JSON.stringify(found.map((item) => JSON.stringify(item)).sort());
}

describe.each([
  [
    'that AWS does not know',
    () => UNKNOWN,
    /security token included in the request is invalid/,
    // In the words of whatever was asked first, STS or DynamoDB.
    'InvalidClientTokenId|UnrecognizedClientException',
  ],
  ['without rights', () => nobody, /not authorized to perform/, 'AccessDeniedException'],
])('credentials %s', (_case, credentials, said, code) => {
  test('deploy nothing', async () => {
    const line = 'npx serverless deploy --stage refused --package packaged-refused';
    const { code, output } = await attempt(line, { credentials: credentials() });
    expect([code, output]).toEqual([1, expect.stringMatching(said)]);
    expect((await stacksOf(endpoint)).map(({ name }) => name)).not.toContain('latchkey-refused');
  }, 60_000);

  test('make no administrator and rotate no key', async () => {
    const before = await items();
    const administrator = `--username x@example.com --domain example.com --password-file ${passwordFile('correct horse, no staple')}`;
    const refused = {
      code: 1,
      output: expect.stringMatching(`^AWS refuses the credentials for .*: (${code})`),
    };
    for (const words of [`admin create ${administrator}`, 'keys rotate'])
      expect(
        await attempt(`npm run --silent latchkey -- ${words} --stage prod`, {
          credentials: credentials(),
        }),
      ).toEqual(refused);
    expect(await items()).toBe(before);
  });
});

/** A clone of its own, whose serverless.yml is spoilt in another way each time. */
const clone = cloneOfToday(join(folder, 'spoilt'));
const template = join(clone, 'serverless.yml');
const right = readFileSync(template, 'utf8');

describe('a deployment with', () => {
  afterEach(() => writeFileSync(template, right));

  test('wrong and unknown parameters is stopped before anything is sent, and all are named', async () => {
    await stopped(
      '--param="issuer=auth.example.com" --param="accessTokenLifetime=soon" --param="isuer=x"',
      /isuer/,
      /ISSUER/,
      /ACCESS_TOKEN_LIFETIME/,
    );
  }, 60_000);

  test('a parameter missing is stopped before anything is sent', async () => {
    edit(template, /^ {4}maxTokenLifetime: .*\n/m, '');
    await stopped('', /MAX_TOKEN_LIFETIME.*Value not found at "param" source/);
  }, 60_000);

  async function stopped(option: string, ...said: RegExp[]): Promise<void> {
    const line = `npx serverless deploy --stage refused ${option}`;
    const { code, output } = await attempt(line, { cwd: clone });
    expect(code).toBe(1);
    for (const text of said) expect(output).toMatch(text);
    expect((await stacksOf(endpoint)).map(({ name }) => name)).not.toContain('latchkey-refused');
  }
});
