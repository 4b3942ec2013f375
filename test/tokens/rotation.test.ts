/** Rotation of the signing keys: no token is ever refused for it, and no key stays too long. */
import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { decodeProtectedHeader, type JWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { NONE } from '../../bin/commands/keys-rotate.ts';
import { get, put } from '../../lib/aws/table.ts';
import { signingKeys } from '../support/actors/tokens.ts';
import { broken } from '../support/running/proxy.ts';
import { advance, coldStart, type Service, startService } from '../support/running/service.ts';

const PROPAGATION = 900;
const DAY = 86_400;
const STALENESS = 3600;

let service: Service;
beforeAll(async () => {
  // No token lives longer than the login's, so that an old key's end is near.
  service = await startService({
    MAX_TOKEN_LIFETIME: String(DAY),
    APPMIXER_TOKEN_LIFETIME: String(DAY),
  });
});
afterAll(() => service.stop());
/** Each test starts with one key of each algorithm: the retired ones have died. */
afterEach(() => {
  service.secrets.heal();
  advance(PROPAGATION + STALENESS + DAY);
});

const published = async () => {
  const { body } = await service.get('/.well-known/jwks.json');
  return (body['keys'] as JWK[]).map(({ kid }) => kid);
};
const login = () => service.login('200@mydomain.com');
const statusOf = async (instance: Pick<Service, 'call'>, session: Session) =>
  (await instance.call(session, 'GET /cdr')).status;
type Session = Awaited<ReturnType<typeof login>>;
const signer = async () => decodeProtectedHeader((await login()).token).kid;

describe('a new key', () => {
  test('is published at once, beside the old one', async () => {
    const before = await published();
    await service.rotateKeys();
    const after = await published();
    expect(after).toHaveLength(4);
    expect(after).toEqual(expect.arrayContaining(before));
  });

  test('does not sign before every verifier can have seen it', async () => {
    const old = await signer();
    await service.rotateKeys();
    const { login: fresh } = await coldStart();
    advance(PROPAGATION - 1);
    expect(await signer()).toBe(old);
    expect(decodeProtectedHeader((await fresh('200@mydomain.com')).token).kid).toBe(old);
    advance(1);
    expect(await signer()).not.toBe(old);
    expect(await published()).toContain(await signer());
  });

  test('waits as long as KEY_PROPAGATION says', async () => {
    process.env['KEY_PROPAGATION'] = '4000';
    const { rotate } = await coldStart();
    delete process.env['KEY_PROPAGATION'];
    const ClientRequestToken = await service.stageRotation();
    for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret'])
      await rotate({ Step, SecretId: 'signing-keys', ClientRequestToken });
    const old = await signer();
    advance(3999);
    expect(await signer()).toBe(old);
    advance(1);
    expect(await signer()).not.toBe(old);
  });
});

test('keys that were withdrawn are out within five minutes, and their successors sign at once', async () => {
  const old = await login();
  const warm = await coldStart();
  await warm.call(old, 'GET /cdr');
  const withdrawn = await published();
  const { client, id: SecretId } = service.secret;
  // What `latchkey keys rotate --withdraw` does.
  await client.send(new PutSecretValueCommand({ SecretId, ...NONE }));
  await service.rotateKeys();
  expect(await published()).toHaveLength(2);
  for (const kid of await published()) expect(withdrawn).not.toContain(kid);

  const cold = await coldStart();
  const fresh = await cold.login('200@mydomain.com');
  expect(withdrawn).not.toContain(decodeProtectedHeader(fresh.token).kid);
  expect(await statusOf(cold, old)).toBe(401);
  // What is warm learns of the new keys at once, and gives up the old ones in its time.
  advance(301);
  expect([await statusOf(warm, old), await statusOf(warm, fresh)]).toEqual([401, 200]);
  expect(withdrawn).not.toContain(await signer());
});

test('tokens issued before, during and after a rotation are all allowed, by every instance', async () => {
  const before = await login();
  const warm = await coldStart();
  await warm.call(before, 'GET /cdr');
  await service.rotateKeys();
  const during = await login();
  advance(PROPAGATION);
  const after = await login();
  const cold = await coldStart();
  for (const instance of [service, warm, cold]) {
    for (const session of [before, during, after])
      expect((await instance.call(session, 'GET /cdr')).status).toBe(200);
    expect((await instance.logout(await login())).status).toBe(200);
  }
});

test('two rotations in a row: each key signs in its turn, and every token is allowed', async () => {
  const sessions = [await login()];
  await service.rotateKeys();
  advance(PROPAGATION / 2);
  await service.rotateKeys();
  expect(await published()).toHaveLength(6);
  for (const seconds of [PROPAGATION / 2, PROPAGATION / 2]) {
    advance(seconds);
    sessions.push(await login());
  }
  const kids = sessions.map(({ token }) => decodeProtectedHeader(token).kid);
  expect(new Set(kids).size).toBe(3);
  for (const session of sessions)
    expect((await service.call(session, 'GET /cdr')).status).toBe(200);
});

describe('an old key', () => {
  test('verifies the last token that a signer cut off from the new set could sign', async () => {
    await login();
    await service.rotateKeys();
    service.secrets.inject(() => broken);
    advance(STALENESS);
    const last = await login();
    advance(DAY - 1);
    expect((await service.call(last, 'GET /cdr')).status).toBe(200);
    expect((await (await coldStart()).call(last, 'GET /cdr')).status).toBe(200);
    advance(1);
    expect((await service.call(last, 'GET /cdr')).status).toBe(401);
  });

  test('is no longer published once its last token has expired, nor kept at the next rotation', async () => {
    const old = await published();
    await service.rotateKeys();
    advance(PROPAGATION + STALENESS + DAY - 1);
    expect(await published()).toEqual(expect.arrayContaining(old));
    advance(1);
    expect(await published()).toHaveLength(2);
    await service.rotateKeys();
    const kept = (await signingKeys(service)).map(({ kid }) => kid);
    expect(kept).toHaveLength(4);
    for (const kid of old) expect(kept).not.toContain(kid);
  });

  test('of a set withdrawn after a theft is refused within five minutes', async () => {
    const session = await login();
    expect((await service.call(session, 'GET /cdr')).status).toBe(200);
    const item = await get(service.tables.directory, { pk: 'keys', sk: 'keys' });
    await put(service.tables.directory, { ...item, keys: [] });
    advance(300);
    expect((await service.call(session, 'GET /cdr')).status).toBe(401);
    await put(service.tables.directory, item ?? {});
  });
});
