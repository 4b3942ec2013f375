/** The signer's copy of the secret, over the local Secrets Manager and a proxy that breaks it. */

import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { startSecretsManager } from '../../dev/secrets-manager.ts';
import {
  describeVersions,
  makeCurrent,
  readVersion,
  type Secret,
  withdrawPending,
  writePending,
} from '../../lib/aws/secret.ts';
import { instant, seconds } from '../../lib/time.ts';
import { formatSigningKeys, rotatedKeys, type SigningKey } from '../../lib/tokens/key-set.ts';
import { type Keyring, keyring } from '../../lib/tokens/keyring.ts';
import { type Fault, startProxy } from '../support/running/proxy.ts';

const START = 1_000_000;
const manager = await startSecretsManager({ invoke: async () => undefined });
const proxy = await startProxy(manager.endpoint);
afterAll(() => Promise.all([proxy.stop(), manager.stop()]));

const credentials = LOCAL_CREDENTIALS;
const client = new SecretsManagerClient({
  endpoint: proxy.endpoint,
  region: 'us-east-1',
  credentials,
  maxAttempts: 1,
});
const down: Fault = { status: 500, body: { __type: 'InternalServiceError', message: 'injected' } };
const throttled: Fault = { status: 400, body: { __type: 'ThrottlingException', message: 'x' } };
const denied: Fault = { status: 400, body: { __type: 'AccessDeniedException', message: 'x' } };

let keys: SigningKey[];
let secret: Secret;
let now: number;
let ring: Keyring;
let count = 0;
beforeAll(async () => {
  keys = await rotatedKeys([], {
    now: instant(START),
    propagation: seconds(900),
    maxTokenLifetime: seconds(86_400),
  });
});
const create = async (value: string): Promise<Secret> => {
  count += 1;
  const id = `keys-${count}`;
  await client.send(new CreateSecretCommand({ Name: id, SecretString: value }));
  return { client, id };
};
beforeEach(async () => {
  proxy.heal();
  secret = await create(formatSigningKeys(keys));
  now = START;
  ring = keyring(secret, () => instant(now));
  proxy.requests.length = 0;
});
const reads = () => proxy.requests.length;
const kid = async () => (await ring.signingKey('ES256')).kid;
const unavailable = { said: { code: 'temporarily_unavailable' }, status: 503 };

describe('the signing key', () => {
  test('is read once for many who ask at once, and kept for five minutes', async () => {
    const all = await Promise.all(Array.from({ length: 50 }, kid));
    expect(new Set(all).size).toBe(1);
    now += 300;
    await kid();
    expect(reads()).toBe(1);
    now += 1;
    await Promise.all(Array.from({ length: 50 }, kid));
    expect(reads()).toBe(2);
  });

  test('is the new one once its time has come, from the copy in memory', async () => {
    const times = { now: instant(START), propagation: seconds(100), maxTokenLifetime: seconds(60) };
    const rotated = await rotatedKeys(keys, times);
    ring = keyring(await create(formatSigningKeys(rotated)), () => instant(now));
    const before = await kid();
    now += 99;
    expect(await kid()).toBe(before);
    now += 1;
    expect(await kid()).not.toBe(before);
  });

  test.each([
    ['holds no keys yet', () => create('{"keys":[]}'), unavailable],
    ['does not exist', async () => ({ client, id: 'none' }), unavailable],
    [
      'holds something else',
      () => create('hunter2'),
      { message: 'the secret does not hold a key set' },
    ],
  ])('is refused where the secret %s, and again when asked again', async (_case, make, error) => {
    ring = keyring(await make(), () => instant(now));
    for (let tries = 0; tries < 2; tries++) await expect(kid()).rejects.toMatchObject(error);
  });
});

describe('a read ahead', () => {
  test('is the one that the first signature waits for', async () => {
    ring.prepare();
    ring.prepare();
    await kid();
    ring.prepare();
    await kid();
    expect(reads()).toBe(1);
  });

  test('is none where keys are held, however old', async () => {
    await kid();
    now += 3000;
    ring.prepare();
    expect(reads()).toBe(1);
  });

  test('that fails is nobody’s failure, and not tried again for five seconds', async () => {
    proxy.inject(() => down);
    ring.prepare();
    await expect.poll(reads).toBe(1);
    await expect(kid()).rejects.toMatchObject(unavailable);
    const before = reads();
    now += 4;
    ring.prepare();
    expect(reads()).toBe(before);
    proxy.heal();
    expect(await kid()).toBeTypeOf('string');
  });

  test('that failed is tried again after five seconds', async () => {
    proxy.inject(() => down);
    await expect(kid()).rejects.toMatchObject(unavailable);
    const before = reads();
    now += 5;
    ring.prepare();
    await expect.poll(reads).toBe(before + 1);
  });
});

describe('while Secrets Manager does not answer', () => {
  test.each([
    ['broken', down],
    ['throttled', throttled],
    ['cut off', 'cut' as const],
  ])('%s, nobody signs who has not read the keys before; and it heals', async (_case, fault) => {
    proxy.inject(() => fault);
    await expect(kid()).rejects.toMatchObject(unavailable);
    proxy.heal();
    expect(await kid()).toBeTypeOf('string');
  });

  test('the keys that are held sign for an hour after they were read, and no longer', async () => {
    const held = await kid();
    proxy.inject(() => down);
    for (const age of [301, 1800, 3600]) {
      now = START + age;
      expect(await kid()).toBe(held);
    }
    now = START + 3601;
    await expect(kid()).rejects.toMatchObject(unavailable);
    proxy.heal();
    expect(await kid()).toBe(held);
  });

  test('a key that signs on is a line for whoever is called out', async () => {
    await kid();
    proxy.inject(() => down);
    now += 301;
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});
    await kid();
    const lines = said.mock.calls.map(([line]) => JSON.parse(String(line)));
    said.mockRestore();
    expect(lines).toEqual([
      expect.objectContaining({
        ...{ level: 'error', code: 'signing_keys_stale', reason: 'AuthError' },
      }),
    ]);
  });

  test('one try in five seconds is enough', async () => {
    await kid();
    proxy.inject(() => down);
    now += 301;
    for (let second = 0; second < 20; second++) {
      await Promise.all(Array.from({ length: 5 }, kid));
      now += 1;
    }
    expect(reads()).toBe(1 + 4);
  });

  test('the next one is five seconds later, unless the keys have become too old in the meantime', async () => {
    await kid();
    proxy.inject(() => down);
    now = START + 3597;
    await kid();
    proxy.heal();
    now = START + 3600;
    await kid();
    expect(reads()).toBe(2);
    now = START + 3601;
    await kid();
    expect(reads()).toBe(3);
    proxy.inject(() => down);
    now += 301;
    await kid();
    now += 4;
    await kid();
    expect(reads()).toBe(4);
    now += 1;
    await kid();
    expect(reads()).toBe(5);
  });

  test('a set that turns malformed is a failure too: the one that is held signs on', async () => {
    const held = await kid();
    proxy.inject(() => ({ status: 200, body: { SecretString: 'hunter2', VersionStages: [] } }));
    now += 301;
    expect(await kid()).toBe(held);
  });

  test('a missing permission is a fault of ours and not a passing one', async () => {
    proxy.inject(() => denied);
    await expect(kid()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('the versions of the secret', () => {
  const TOKEN = '11111111-2222-4333-8444-555555555555';

  test('are read by stage, and an absent one is an answer', async () => {
    expect(await readVersion(secret, { stage: 'AWSCURRENT' })).toBe(formatSigningKeys(keys));
    expect(await readVersion(secret, { stage: 'AWSPENDING' })).toBeUndefined();
    expect(await readVersion(secret, { id: TOKEN, stage: 'AWSPENDING' })).toBeUndefined();
  });

  test('become current in one step, and the pending value is none before it', async () => {
    await writePending(secret, TOKEN, '{"keys":[]}');
    expect(await readVersion(secret, { stage: 'AWSCURRENT' })).toBe(formatSigningKeys(keys));
    const versions = await describeVersions(secret);
    expect(versions[TOKEN]).toEqual(['AWSPENDING']);
    const previous = Object.keys(versions).find((id) => versions[id]?.includes('AWSCURRENT'));
    await makeCurrent(secret, TOKEN, previous);
    expect(await readVersion(secret, { stage: 'AWSCURRENT' })).toBe('{"keys":[]}');
  });

  test('are not rotated to once they are withdrawn', async () => {
    await writePending(secret, TOKEN, '{"keys":[]}');
    await withdrawPending(secret, TOKEN);
    expect(await readVersion(secret, { stage: 'AWSPENDING' })).toBeUndefined();
    expect(await readVersion(secret, { stage: 'AWSCURRENT' })).toBe(formatSigningKeys(keys));
  });

  test.each<[string, () => Promise<unknown>]>([
    ['reading', () => readVersion(secret, { stage: 'AWSCURRENT' })],
    ['writing', () => writePending(secret, TOKEN, '{}')],
    ['describing', () => describeVersions(secret)],
    ['withdrawing', () => withdrawPending(secret, TOKEN)],
    ['promoting', () => makeCurrent(secret, TOKEN, undefined)],
  ])('%s is unavailable when the service is down', async (_case, act) => {
    proxy.inject(() => down);
    await expect(act()).rejects.toMatchObject(unavailable);
  });
});
