/**
 * The built bundles: what was left out of the AWS SDK (build/functions.ts) is not missed.
 * Real bundles in fresh processes, against a server that answers as AWS would.
 */
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildFunctions } from '../../build/functions.ts';
import { LEAKED_FILE } from '../../build/leaked.ts';
import { fakeAws, invoke } from './invoke.ts';

const outdir = mkdtempSync(join(tmpdir(), 'latchkey-bundles-'));
const bundle = (name: string) => join(outdir, `${name}.js`);
const NAMES = globSync('functions/*.ts').map((file) => basename(file, '.ts'));

// A machine with other work to do is slow, not wrong.
beforeAll(() => buildFunctions({ outdir }), 180_000);
afterAll(() => rmSync(outdir, { recursive: true }));

/** Reads one item from DynamoDB, and so stands for every function that goes through lib/aws/table.ts. */
const getKeys = {
  version: '2.0',
  routeKey: 'GET /.well-known/jwks.json',
  rawPath: '/.well-known/jwks.json',
  rawQueryString: '',
  headers: {},
  requestContext: {
    requestId: 'request',
    stage: '$default',
    http: {
      method: 'GET',
      path: '/.well-known/jwks.json',
      sourceIp: '127.0.0.1',
      userAgent: 'test',
    },
  },
  isBase64Encoded: false,
};
const found = { status: 200, body: { Item: { keys: { L: [] } } } };
const fault = {
  status: 500,
  body: { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError' },
};
const throttled = {
  status: 400,
  body: { __type: 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException' },
};

describe('the DynamoDB client', () => {
  test("signs with Lambda's credentials, for the region of AWS_REGION", async () => {
    await using aws = await fakeAws([found]);
    const { answer } = await invoke(bundle('discovery'), getKeys, aws.url);
    expect(answer).toMatchObject({ statusCode: 200 });
    expect(aws.requests).toHaveLength(1);
    expect(aws.requests[0]).toMatchObject({ target: 'DynamoDB_20120810.GetItem' });
    expect(aws.requests[0]?.headers).toMatchObject({
      authorization: expect.stringMatching(
        /^AWS4-HMAC-SHA256 Credential=ASIAEXAMPLE\/\d{8}\/eu-west-2\/dynamodb\/aws4_request, /,
      ),
      'x-amz-security-token': 'session-token-of-the-role',
    });
  });

  test('loads no streams and no cryptography of the web for a first request', async () => {
    await using aws = await fakeAws([found]);
    const { loaded } = await invoke(bundle('discovery'), getKeys, aws.url);
    expect(loaded).toContain('NativeModule https');
    expect(loaded.filter((module) => /webstreams|webcrypto/.test(module))).toEqual([]);
  });

  test('takes settings of the environment, and one that says nothing of sense as not set', async () => {
    await using aws = await fakeAws([throttled]);
    const environment = {
      AWS_USE_FIPS_ENDPOINT: 'perhaps',
      AWS_SDK_UA_APP_ID: 'of-the-environment',
    };
    const { answer } = await invoke(bundle('discovery'), getKeys, aws.url, { environment });
    expect(answer).toMatchObject({ statusCode: 503 });
    expect(aws.requests).toHaveLength(3);
    expect(aws.requests[0]?.headers['user-agent']).toContain('app/of-the-environment');
  });

  test('tries again after a fault and after a throttle', async () => {
    await using aws = await fakeAws([fault, throttled, found]);
    const { answer } = await invoke(bundle('discovery'), getKeys, aws.url);
    expect(answer).toMatchObject({ statusCode: 200 });
    expect(aws.requests).toHaveLength(3);
  });

  test('gives up on a server that never answers, before API Gateway would (10 s)', async () => {
    await using aws = await fakeAws(['never']);
    const { answer, milliseconds } = await invoke(bundle('discovery'), getKeys, aws.url);
    expect(answer).toMatchObject({ statusCode: 503 });
    expect(aws.requests.length).toBeGreaterThan(1);
    expect(milliseconds).toBeLessThan(8000);
  }, 15_000);
});

test("the Secrets Manager client signs with Lambda's credentials and tries again", async () => {
  const refused = { status: 400, body: { __type: 'AccessDeniedException' } };
  await using aws = await fakeAws([
    { status: 500, body: { __type: 'InternalServiceError' } },
    refused,
  ]);
  const event = {
    Step: 'createSecret',
    SecretId: 'signing-keys',
    ClientRequestToken: 'v'.repeat(32),
  };
  const { answer } = await invoke(bundle('rotate'), event, aws.url);
  expect(answer).toHaveProperty('failed');
  expect(aws.requests.map(({ target }) => target)).toEqual([
    'secretsmanager.DescribeSecret',
    'secretsmanager.DescribeSecret',
  ]);
  expect(aws.requests[1]?.headers).toMatchObject({
    authorization: expect.stringContaining('/eu-west-2/secretsmanager/aws4_request'),
    'x-amz-security-token': 'session-token-of-the-role',
  });
});

/**
 * Bytes. Every call to an API waits for the authorizer's cold start; `users` has the most routes,
 * `signin` and `signout` have pages in two languages, and these and `admin` a queue; `admin` judges, too.
 */
const LIMITS: Readonly<Record<string, number>> = {
  authorizer: 230_000,
  // With CloudWatch and its logs, which it asks for statistics, alarms and decisions.
  admin: 470_000,
  // The script that tells how strong a password is, in both encodings; and DynamoDB, for the brand of a page.
  front: 825_000,
  // The files of the console, in both encodings; hardly any code.
  console: 1_600_000,
  openapi: 231_000,
  // S3, KMS and DynamoDB; nobody waits for it.
  export: 400_000,
  // SES, Secrets Manager and nodemailer; nobody waits for it.
  mail: 700_000,
  // Two clients of API Gateway; nobody waits for it.
  flush: 260_000,
  token: 263_000,
  // Those that check passwords do so also by bcrypt, which is 20 KB and run by the first who needs it.
  login: 280_000,
  signin: 368_000,
  recovery: 350_000,
  signout: 275_000,
  users: 362_000,
  // Pages in two languages, a queue, all rules about one's own account, and the names of devices.
  account: 443_000,
  webitel: 296_000,
};
const LIMIT = 250_000;

/** Strings that occur in the SDK only in what build/functions.ts replaces. */
const LEFT_OUT = [
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'sso_session',
  'AWS_SHARED_CREDENTIALS_FILE',
  'AWS_ENABLE_ENDPOINT_DISCOVERY',
  'The prelude checksum',
  '1116352408',
  'latest/meta-data/placement/region',
  'Not found in config files',
  // Of the SDK's package.json, of which it reads its version alone.
  'AWS SDK for JavaScript Team',
];

describe.each(NAMES)('%s', (name) => {
  const source = () => readFileSync(bundle(name), 'utf8');

  test('carries nothing that was to be left out', () => {
    const carried = LEFT_OUT.filter((text) => source().includes(text));
    expect(carried).toEqual([]);
    expect(statSync(bundle(name)).size).toBeLessThan(LIMITS[name] ?? LIMIT);
  });

  test('carries the OpenAPI document only if it serves it, and never what makes it', () => {
    expect(source().includes('operationId')).toBe(name === 'openapi');
    expect(source().includes('draft-2020-12')).toBe(false);
    if (name === 'openapi') expect(source()).not.toMatch(/dynamodb/i);
  });

  test('carries Secrets Manager only if it works with the signing keys, or a relay', () => {
    const working = ['admin', 'login', 'mail', 'notify', 'rotate', 'token', 'users', 'webitel'];
    expect(source().includes('secretsmanager')).toBe(working.includes(name));
  });

  test('has the leaked passwords beside it only if it sets one, and none within', () => {
    const setting = ['account', 'admin', 'recovery', 'users'];
    expect(source().includes(LEAKED_FILE)).toBe(setting.includes(name));
  });

  test('loads neither undici nor HTTP/2', async () => {
    const { loaded } = await invoke(bundle(name));
    expect(loaded.filter((module) => /undici|http2/.test(module))).toEqual([]);
  });
});
