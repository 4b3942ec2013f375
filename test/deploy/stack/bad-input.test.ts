/** What goes wrong before or at a deployment, and events that come from nowhere: a clear error, nothing done. */
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { passwordFile } from './callers.ts';
import { attempt } from './commands.ts';
import { type Credentials, ROOT_CREDENTIALS } from './credentials.ts';
import { makeUser } from './principals.ts';
import { deployed } from './prod.ts';
import { resourcesOf, stacksOf } from './stacks.ts';

const { endpoint } = inject('shared');
const aws = { endpoint, region: 'us-east-1', credentials: ROOT_CREDENTIALS };
const lambda = new LambdaClient(aws);
const dynamodb = new DynamoDBClient(aws);
const UNKNOWN: Credentials = {
  accessKeyId: 'AKIAUNKNOWN000000000',
  secretAccessKey: 'x'.repeat(40),
};
let nobody: Credentials;

beforeAll(async () => {
  await deployed();
  nobody = await makeUser('nobody');
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
    'UnrecognizedClientException',
  ],
  ['without rights', () => nobody, /not authorized to perform/, 'AccessDeniedException'],
])('credentials %s', (_case, credentials, said, code) => {
  test('deploy nothing', async () => {
    const { code, output } = await attempt('npx serverless deploy --stage refused', {
      credentials: credentials(),
    });
    expect([code, output]).toEqual([1, expect.stringMatching(said)]);
    expect((await stacksOf(endpoint)).map(({ name }) => name)).not.toContain('latchkey-refused');
  }, 60_000);

  test('make no administrator and rotate no key', async () => {
    const before = await items();
    const administrator = `--username x@example.com --domain example.com --password-file ${passwordFile('correct horse')}`;
    const refused = {
      code: 1,
      output: expect.stringMatching(`AWS refuses the credentials for .*: ${code}`),
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

describe('a deployment with', () => {
  test.each([
    ['an issuer that is no URL', '--param="issuer=auth.example.com"', /ISSUER/],
    ['a lifetime that is no number', '--param="accessTokenLifetime=soon"', /ACCESS_TOKEN_LIFETIME/],
  ])(
    '%s is stopped before anything is sent',
    async (_case, option, said) => {
      const { code, output } = await attempt(`npx serverless deploy --stage refused ${option}`);
      expect([code, output]).toEqual([1, expect.stringMatching(said)]);
      expect((await stacksOf(endpoint)).map(({ name }) => name)).not.toContain('latchkey-refused');
    },
    60_000,
  );
});
