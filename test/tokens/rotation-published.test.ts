/** What a rotation publishes, and when: public halves only, in time, and nothing older later. */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { UpdateSecretVersionStageCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { withdrawPending } from '../../lib/aws/secret.ts';
import { put } from '../../lib/aws/table.ts';
import { saveWithdrawal } from '../../lib/store/directory/withdrawal.ts';
import { instant } from '../../lib/time.ts';
import { signingKeys } from '../support/actors/tokens.ts';
import { PROPAGATION, rotationOf } from '../support/running/rotation.ts';
import { advance, type Service, startService } from '../support/running/service.ts';

let service: Service;
let rotation: ReturnType<typeof rotationOf>;
beforeAll(async () => {
  service = await startService();
  rotation = rotationOf(service);
});
afterAll(() => service.stop());
afterEach(() => advance(PROPAGATION + 1));

test('private keys are nowhere but in the secret', async () => {
  const secrets = (await signingKeys(service)).flatMap(({ jwk }) => [jwk['d'], jwk['p'], jwk['q']]);
  const tables = Object.values(service.tables).map(({ client, name: TableName }) =>
    client.send(new ScanCommand({ TableName })),
  );
  const text = JSON.stringify((await Promise.all(tables)).map(({ Items }) => Items));
  expect(secrets.filter(Boolean).length).toBeGreaterThan(0);
  for (const part of secrets.filter(Boolean)) expect(text).not.toContain(String(part));
});

describe('what is published', () => {
  test('is not overwritten by an older set that comes late', async () => {
    const late = await service.stageRotation();
    await rotation.step('createSecret', late);
    await withdrawPending(service.secret, late);
    advance(1);
    const newer = await service.rotateKeys();
    const keys = await rotation.published();
    await service.secret.client.send(
      new UpdateSecretVersionStageCommand({
        SecretId: 'signing-keys',
        VersionStage: 'AWSPENDING',
        MoveToVersionId: late,
        RemoveFromVersionId: newer,
      }),
    );
    await expect(rotation.step('setSecret', late)).rejects.toThrow();
    expect(await rotation.published()).toEqual(keys);
    await withdrawPending(service.secret, late);
  });

  test('never signs at once: a set that could not be published in time is given up', async () => {
    const version = await service.stageRotation();
    await rotation.step('createSecret', version);
    advance(PROPAGATION);
    const kid = await rotation.signer();
    await expect(rotation.takeSteps(version)).rejects.toThrow('too late');
    expect(await rotation.signer()).toBe(kid);
    const next = await service.rotateKeys();
    expect(await rotation.stagesOf(next)).toContain('AWSCURRENT');
    expect(await rotation.signer()).toBe(kid);
  });

  test('is nothing of a set that verifiers would see too late, not even for a moment', async () => {
    const version = await service.stageRotation();
    await rotation.step('createSecret', version);
    const keys = await rotation.published();
    advance(PROPAGATION / 2 + 1);
    await expect(rotation.step('setSecret', version)).rejects.toThrow('too late to publish');
    expect(await rotation.published()).toEqual(keys);
    expect(await rotation.stagesOf(version)).not.toContain('AWSPENDING');
    await service.rotateKeys();
  });

  test('with half of the propagation time left is in time', async () => {
    const version = await service.stageRotation();
    await rotation.step('createSecret', version);
    advance(PROPAGATION / 2);
    await rotation.takeSteps(version);
    expect(await rotation.stagesOf(version)).toContain('AWSCURRENT');
  });

  test('in time is kept, as long as its keys do not sign yet', async () => {
    const version = await service.stageRotation();
    await rotation.takeSteps(version, ['createSecret', 'setSecret']);
    advance(PROPAGATION - 1);
    await rotation.takeSteps(version);
    expect(await rotation.stagesOf(version)).toContain('AWSCURRENT');
  });

  test('and finished later is given up: the old keys have signed on, beyond the end told for them', async () => {
    const version = await service.stageRotation();
    await rotation.takeSteps(version, ['createSecret', 'setSecret', 'testSecret']);
    advance(PROPAGATION);
    const kid = await rotation.signer();
    await expect(rotation.step('finishSecret', version)).rejects.toThrow('too late');
    expect(await rotation.stagesOf(version)).not.toContain('AWSCURRENT');
    const next = await service.rotateKeys();
    expect(await rotation.stagesOf(next)).toContain('AWSCURRENT');
    expect([await rotation.signer(), await rotation.published()]).toEqual([
      kid,
      expect.arrayContaining([kid]),
    ]);
  });

  test('has none of the keys that were withdrawn before it was made', async () => {
    const gone = (await signingKeys(service)).map(({ kid }) => kid);
    const at = instant(Math.floor(Date.now() / 1000));
    await saveWithdrawal(service.tables.directory, { kids: gone, at }, []);
    const version = await service.rotateKeys();
    expect(await rotation.stagesOf(version)).toContain('AWSCURRENT');
    const left = await rotation.published();
    expect(left).toHaveLength(2);
    for (const kid of gone) expect(left).not.toContain(kid);
  });

  test('and lost is whole again after the next rotation', async () => {
    await put(service.tables.directory, { pk: 'keys', sk: 'keys', madeAt: 0, keys: [] });
    const kid = await rotation.signer();
    await service.rotateKeys();
    expect(await rotation.published()).toEqual(await rotation.current());
    expect(await rotation.published()).toContain(kid);
  });
});
