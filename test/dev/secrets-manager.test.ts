/** The local Secrets Manager through the real SDK: every action, good and bad. */
import { once } from 'node:events';
import { type IncomingMessage, request as send } from 'node:http';
import { text } from 'node:stream/consumers';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  RotateSecretCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { startSecretsManager } from '../../dev/secrets-manager.ts';

const A = 'a'.repeat(32);
const B = 'b'.repeat(32);
const C = 'c'.repeat(32);
const LAMBDA = 'arn:aws:lambda:us-east-1:000000000000:function:rotate';

/** As far as it is looked at. */
const SIGNED = `AWS4-HMAC-SHA256 Credential=${LOCAL_CREDENTIALS.accessKeyId}/20260101/us-east-1`;

type Rotate = (event: { Step: string; ClientRequestToken: string }) => unknown;

async function setUp(rotate: Rotate = () => {}) {
  const invoke = async (_arn: string, event: unknown) => rotate(event as Parameters<Rotate>[0]);
  const secrets = await startSecretsManager({ invoke });
  const client = new SecretsManagerClient({
    endpoint: secrets.endpoint,
    region: 'us-east-1',
    credentials: LOCAL_CREDENTIALS,
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await secrets.stop();
  });
  const SecretId = 'keys';
  return {
    client,
    secrets,
    create: (SecretString?: string, ClientRequestToken = A) =>
      client.send(
        new CreateSecretCommand({
          Name: SecretId,
          ClientRequestToken,
          ...(SecretString && { SecretString }),
        }),
      ),
    describe: () => client.send(new DescribeSecretCommand({ SecretId })),
    get: (which = {}) => client.send(new GetSecretValueCommand({ SecretId, ...which })),
    put: (ClientRequestToken: string, SecretString: string, VersionStages?: string[]) =>
      client.send(
        new PutSecretValueCommand({
          SecretId,
          ClientRequestToken,
          SecretString,
          ...(VersionStages && { VersionStages }),
        }),
      ),
    move: (VersionStage: string, MoveToVersionId?: string, RemoveFromVersionId?: string) =>
      client.send(
        new UpdateSecretVersionStageCommand({
          SecretId,
          VersionStage,
          MoveToVersionId,
          RemoveFromVersionId,
        }),
      ),
    rotate: (ClientRequestToken = B, change = {}) =>
      client.send(
        new RotateSecretCommand({
          SecretId,
          ClientRequestToken,
          RotationLambdaARN: LAMBDA,
          ...change,
        }),
      ),
  };
}

describe('CreateSecret', () => {
  test('stores a value that name and ARN both find', async () => {
    const { create, get, client } = await setUp();
    const { ARN = '', Name, VersionId } = await create('one');
    expect([Name, VersionId]).toEqual(['keys', A]);
    expect(ARN).toMatch(/^arn:aws:secretsmanager:us-east-1:000000000000:secret:keys-\w{6}$/);
    expect((await get()).SecretString).toBe('one');
    const byArn = await client.send(new GetSecretValueCommand({ SecretId: ARN }));
    expect(byArn).toMatchObject({ VersionStages: ['AWSCURRENT'], CreatedDate: expect.any(Date) });
  });

  test('again: the same is a success, anything else is ResourceExistsException', async () => {
    const { create } = await setUp();
    await create('one');
    await create('one');
    await expect(create('two')).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceExistsException' }),
    );
    await expect(create('one', B)).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceExistsException' }),
    );
  });

  test('without a value leaves nothing to read', async () => {
    const { create, get, describe: read } = await setUp();
    await create();
    await expect(get()).rejects.toThrow(
      "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
    );
    expect((await read()).VersionIdsToStages ?? {}).toEqual({});
  });
});

describe('GetSecretValue and DescribeSecret', () => {
  test('read by version and by label', async () => {
    const { create, put, get, describe: read } = await setUp();
    await create('one');
    await put(B, 'two');
    expect((await get({ VersionId: A })).SecretString).toBe('one');
    expect((await get({ VersionStage: 'AWSPREVIOUS' })).SecretString).toBe('one');
    expect((await read()).VersionIdsToStages).toEqual({
      [A]: ['AWSPREVIOUS'],
      [B]: ['AWSCURRENT'],
    });
  });

  test.each([
    ['a secret that is not there', 'ResourceNotFoundException', {}, false],
    ['a version that is not there', 'ResourceNotFoundException', { VersionId: C }, true],
    ['a label that is nowhere', 'ResourceNotFoundException', { VersionStage: 'X' }, true],
    [
      'a label of another version',
      'InvalidRequestException',
      { VersionId: A, VersionStage: 'X' },
      true,
    ],
    ['a version id that is too short', 'InvalidParameterException', { VersionId: 'x' }, true],
  ])('refuse %s', async (_case, name, which, exists) => {
    const { create, get } = await setUp();
    if (exists) await create('one');
    await expect(get(which)).rejects.toThrow(expect.objectContaining({ name }));
  });
});

describe('PutSecretValue', () => {
  test('is idempotent by token, and never changes a version', async () => {
    const { create, put, get } = await setUp();
    await create('one');
    await put(B, 'two');
    await put(C, 'three');
    await put(B, 'two');
    expect((await get()).SecretString).toBe('three');
    await expect(put(B, 'other')).rejects.toThrow(
      expect.objectContaining({ name: 'ResourceExistsException' }),
    );
  });

  test('with other labels leaves the current version alone', async () => {
    const { create, put, get } = await setUp();
    await create('one');
    await put(B, 'two', ['AWSPENDING']);
    expect((await get()).SecretString).toBe('one');
    expect((await get({ VersionStage: 'AWSPENDING' })).VersionId).toBe(B);
  });

  test('refuses more than 64 KB', async () => {
    const { create, put } = await setUp();
    await create('one');
    await expect(put(B, 'x'.repeat(65_537))).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidParameterException' }),
    );
  });
});

describe('UpdateSecretVersionStage', () => {
  test('moves AWSCURRENT, and AWSPREVIOUS follows', async () => {
    const { create, put, move, describe: read } = await setUp();
    await create('one');
    await put(B, 'two', ['AWSPENDING']);
    await move('AWSCURRENT', B, A);
    expect((await read()).VersionIdsToStages).toEqual({
      [A]: ['AWSPREVIOUS'],
      [B]: ['AWSPENDING', 'AWSCURRENT'],
    });
    await move('AWSPENDING', undefined, B);
    expect((await read()).VersionIdsToStages?.[B]).toEqual(['AWSCURRENT']);
  });

  test.each([
    ['a move that does not say from where', 'InvalidParameterException', ['AWSCURRENT', B]],
    ['a move from the wrong version', 'InvalidParameterException', ['AWSCURRENT', A, B]],
    ['a version that is not there', 'ResourceNotFoundException', ['AWSCURRENT', C, A]],
    ['taking AWSCURRENT away', 'InvalidParameterException', ['AWSCURRENT', undefined, A]],
  ] as const)('refuses %s', async (_case, name, [stage, to, from]) => {
    const { create, put, move } = await setUp();
    await create('one');
    await put(B, 'two', ['AWSPENDING']);
    await expect(move(stage, to, from)).rejects.toThrow(expect.objectContaining({ name }));
  });
});

describe('RotateSecret', () => {
  test('answers at once, then runs the four steps in order with the new token', async () => {
    const events: object[] = [];
    const gate = Promise.withResolvers<void>();
    const it = await setUp(async (event) => {
      await gate.promise;
      events.push(event);
      if (event.Step === 'createSecret')
        await it.put(event.ClientRequestToken, 'new', ['AWSPENDING']);
      if (event.Step === 'finishSecret') await it.move('AWSCURRENT', event.ClientRequestToken, A);
    });
    const { ARN } = await it.create('old');
    expect(await it.rotate()).toMatchObject({ ARN, Name: 'keys', VersionId: B });
    expect((await it.describe()).VersionIdsToStages).toEqual({
      [A]: ['AWSCURRENT'],
      [B]: ['AWSPENDING'],
    });
    await expect(it.get({ VersionId: B })).rejects.toThrow('secret value for VersionId');
    gate.resolve();
    await it.secrets.idle();
    expect(events).toEqual(
      ['createSecret', 'setSecret', 'testSecret', 'finishSecret'].map((Step) => ({
        Step,
        SecretId: ARN,
        ClientRequestToken: B,
      })),
    );
    expect((await it.get()).SecretString).toBe('new');
    expect(await it.describe()).toMatchObject({
      RotationEnabled: true,
      RotationLambdaARN: LAMBDA,
      LastRotatedDate: expect.any(Date),
    });
  });

  test('that fails leaves AWSPENDING; the next one refuses, and takes it up again', async () => {
    const tokens: string[] = [];
    const it = await setUp(({ Step, ClientRequestToken }) => {
      tokens.push(`${Step} ${ClientRequestToken}`);
      throw new Error('no');
    });
    await it.create('old');
    await it.rotate(B);
    await it.secrets.idle();
    expect((await it.describe()).LastRotatedDate).toBeUndefined();
    await expect(it.rotate(C)).rejects.toThrow("A previous rotation isn't complete.");
    await it.secrets.idle();
    expect(tokens).toEqual([`createSecret ${B}`, `createSecret ${B}`]);
    expect((await it.describe()).VersionIdsToStages?.[B]).toEqual(['AWSPENDING']);
  });

  test('needs a function, and may wait for the schedule', async () => {
    const { create, rotate, describe: read } = await setUp();
    await create('old');
    await expect(rotate(B, { RotationLambdaARN: undefined })).rejects.toThrow(
      expect.objectContaining({ name: 'InvalidRequestException' }),
    );
    await rotate(B, { RotateImmediately: false });
    expect((await read()).VersionIdsToStages).toEqual({ [A]: ['AWSCURRENT'] });
  });
});

test.each([
  ['an action it does not have', 'secretsmanager.DeleteSecret', '{}', 'UnknownOperationException'],
  ['a body that is no JSON', 'secretsmanager.DescribeSecret', '{', 'InvalidParameterException'],
  [
    'a member it does not know',
    'secretsmanager.DescribeSecret',
    '{"SecretId":"a","X":1}',
    'InvalidParameterException',
  ],
])('the wire: %s is refused with __type and message', async (_case, target, body, type) => {
  const { secrets } = await setUp();
  const headers = { 'x-amz-target': target, authorization: SIGNED };
  const response = await fetch(secrets.endpoint, { method: 'POST', headers, body });
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/x-amz-json-1.1');
  expect(await response.json()).toMatchObject({ __type: type, message: expect.any(String) });
});

test.each(['evil.example', 'evil.example:80', '127.0.0.1.evil.example', 'localhost@evil.example'])(
  'A15: under the host %j nothing is answered, whatever is asked',
  async (host) => {
    const { secrets, create } = await setUp();
    await create('{"a":1}');
    const asked = send(secrets.endpoint, {
      method: 'POST',
      headers: {
        host,
        authorization: SIGNED,
        'x-amz-target': 'secretsmanager.GetSecretValue',
      },
    });
    asked.end('{"SecretId":"keys"}');
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    expect(answer.statusCode).toBe(400);
    expect(await text(answer)).not.toContain('SecretString');
  },
);

test.each([
  ['none', undefined],
  ['what it was before this start', 'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/x'],
  ['another of its form', `AWS4-HMAC-SHA256 Credential=LOCAL${'0'.repeat(32)}/20260101/us-east-1`],
  ['an empty one', 'AWS4-HMAC-SHA256 Credential=/20260101/us-east-1'],
  ['the right one in another scheme', `Bearer ${LOCAL_CREDENTIALS.accessKeyId}`],
  [
    'the beginning of it',
    `AWS4-HMAC-SHA256 Credential=${LOCAL_CREDENTIALS.accessKeyId.slice(0, 9)}/`,
  ],
])('A15: with %s for an access key nothing is answered', async (_case, authorization) => {
  const { secrets, create, get } = await setUp();
  await create('{"a":1}');
  const answer = await fetch(secrets.endpoint, {
    method: 'POST',
    headers: {
      'x-amz-target': 'secretsmanager.GetSecretValue',
      ...(authorization !== undefined && { authorization }),
    },
    body: '{"SecretId":"keys"}',
  });
  expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([
    400,
    'UnrecognizedClientException',
  ]);
  expect(await answer.text()).not.toContain('SecretString');
  // With the right one it is.
  expect((await get()).SecretString).toBe('{"a":1}');
});

test('A15: the access key is another at each start', async () => {
  vi.resetModules();
  const again = await import('../../dev/credentials.ts');
  expect(again.LOCAL_CREDENTIALS.accessKeyId).toMatch(/^LOCAL[0-9A-F]{32}$/);
  expect(again.LOCAL_CREDENTIALS.accessKeyId).not.toBe(LOCAL_CREDENTIALS.accessKeyId);
});
