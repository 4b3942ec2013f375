/** What nobody calls over HTTP, on AWS's own runtime: a rotation, a stream's records, a queue's, a schedule. */
import { RotateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LOCAL_CREDENTIALS } from '../../dev/credentials.ts';
import { REGION } from '../../dev/names.ts';
import { signatureNameOf } from '../../lib/events/export-file.ts';
import { type EmulatedService, startEmulatedService } from './emulated-service.ts';

const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

let service: EmulatedService;
beforeAll(async () => {
  service = await startEmulatedService();
}, 120_000);
afterAll(() => service.stop());

const invocationsOf = (name: string) => service.invocations.filter((it) => it.name === name);
const stepsSince = (from: number) =>
  invocationsOf('rotate')
    .slice(from)
    .map(({ event, error }) => [(event as { Step: string }).Step, error]);
const published = async () => {
  const { body } = await service.send('GET /.well-known/jwks.json');
  return (body['keys'] as { kid: string }[]).map(({ kid }) => kid);
};
const signIn = async () => {
  const { body } = await service.send('POST /login', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: '200@mydomain.com', password: 'secret' }),
  });
  return { 'x-access-token': String(body['token']), 'x-key': String(body['key']) };
};

describe('rotation', () => {
  test('the first makes the keys when the stack is made, in four steps', async () => {
    expect(stepsSince(0)).toEqual(STEPS.map((step) => [step, undefined]));
    expect(await published()).not.toEqual([]);
    expect((await signIn())['x-access-token']).toMatch(/^ey/);
  });

  test('another keeps the keys and adds to them', async () => {
    const [before, steps] = [await published(), invocationsOf('rotate').length];
    const client = new SecretsManagerClient({
      endpoint: service.endpoints.secretsManager,
      region: REGION,
      credentials: LOCAL_CREDENTIALS,
    });
    await client.send(new RotateSecretCommand({ SecretId: service.stack.ref('SigningKeys') }));
    await service.secrets.idle();
    client.destroy();
    expect(stepsSince(steps)).toEqual(STEPS.map((step) => [step, undefined]));
    const after = await published();
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after.length).toBeGreaterThan(before.length);
  });
});

test('a revocation comes through the stream, and flushes the cache that is registered', async () => {
  const credential = await signIn();
  const before = service.flushes.count;
  expect((await service.send('POST /logout', { headers: credential })).status).toBe(200);
  await expect.poll(() => service.flushes.count).toBeGreaterThan(before);
  const records = invocationsOf('flush').at(-1)?.event as { Records: { eventName: string }[] };
  expect(records.Records.map(({ eventName }) => eventName)).toContain('REMOVE');
  expect(invocationsOf('flush').filter(({ error }) => error)).toEqual([]);
});

describe('what happened', () => {
  const failed = (name: string) => invocationsOf(name).filter(({ error }) => error);

  test('is numbered as it comes through the stream, and comes through the queue to the bus', async () => {
    const before = invocationsOf('publish').length;
    await signIn();
    await expect.poll(() => invocationsOf('publish').length).toBeGreaterThan(before);
    expect(invocationsOf('trail')).not.toEqual([]);
    expect([...failed('trail'), ...failed('publish')]).toEqual([]);
  });

  test('is exported by the hour, each file with its signature', async () => {
    await service.invoke('export', {});
    const [file = '', ...others] = service.exported();
    expect(file).toMatch(/\.ndjson\.gz$/);
    expect(others).toEqual([signatureNameOf(file)]);
  });
});
