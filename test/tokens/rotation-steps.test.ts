/** The four steps of Secrets Manager's rotation contract: again at any time, and failing safely. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readVersion } from '../../lib/aws/secret.ts';
import { deleteIf, get, put } from '../../lib/aws/table.ts';
import type { PublicKey } from '../../lib/tokens/key-set.ts';
import { broken } from '../support/running/proxy.ts';
import { PROPAGATION, rotationOf, STEPS } from '../support/running/rotation.ts';
import { advance, type Service, startService } from '../support/running/service.ts';

/** Where the directory has the public halves. */
const PUBLISHED = { pk: 'keys', sk: 'keys' };
const OTHER = { ES256: 'RS256', RS256: 'ES256' } as const;

let service: Service;
let rotation: ReturnType<typeof rotationOf>;
beforeAll(async () => {
  service = await startService();
  rotation = rotationOf(service);
});
afterAll(() => service.stop());
/** Each test leaves a rotation that has come to its end, long ago. */
afterEach(() => {
  service.dynamodb.heal();
  service.secrets.heal();
  advance(PROPAGATION + 1);
});

describe('again', () => {
  test('each step twice gives the same as once', async () => {
    const version = await service.stageRotation();
    await rotation.step('createSecret', version);
    const pending = { id: version, stage: 'AWSPENDING' } as const;
    const value = await readVersion(service.secret, pending);
    await rotation.step('createSecret', version);
    expect(await readVersion(service.secret, pending)).toBe(value);
    await rotation.takeSteps(version, ['setSecret', 'setSecret']);
    const keys = await rotation.published();
    await rotation.takeSteps(version, ['testSecret', 'testSecret', 'finishSecret', 'finishSecret']);
    expect([await rotation.current(), await rotation.published()]).toEqual([keys, keys]);
    expect(await rotation.stagesOf(version)).toContain('AWSCURRENT');
  });

  test('the whole rotation twice changes nothing the second time', async () => {
    const version = await service.stageRotation();
    await rotation.takeSteps(version);
    const before = [await rotation.current(), await rotation.published()];
    await rotation.takeSteps(version);
    expect([await rotation.current(), await rotation.published()]).toEqual(before);
  });

  test('from the start, after stopping at each step, comes to its end', async () => {
    for (const [index] of STEPS.entries()) {
      const version = await service.stageRotation();
      await rotation.takeSteps(version, STEPS.slice(0, index));
      await rotation.takeSteps(version);
      expect(await rotation.stagesOf(version)).toContain('AWSCURRENT');
      expect(await rotation.published()).toEqual(await rotation.current());
    }
  });
});

test('a rotation publishes its set where nothing has been published yet', async () => {
  await deleteIf(service.tables.directory, PUBLISHED, { expression: 'attribute_exists(pk)' });
  const version = await service.stageRotation();
  await rotation.takeSteps(version);
  expect(await rotation.stagesOf(version)).toContain('AWSCURRENT');
  expect(await rotation.published()).toEqual(await rotation.current());
});

describe('a step is an error, and changes nothing,', () => {
  /** @returns What the steps answered: why each of them failed. */
  const failures = async (version: string, steps: readonly unknown[]): Promise<string[]> => {
    const before = [await rotation.current(), await rotation.published()];
    const reasons: string[] = [];
    for (const name of steps)
      await rotation
        .step(name as string, version)
        .catch(({ message }: Error) => reasons.push(message));
    expect([await rotation.current(), await rotation.published()]).toEqual(before);
    return reasons;
  };

  test('when there is no such step', async () => {
    const version = await service.stageRotation();
    const names = ['', 'finishsecret', 'deleteSecret', 'constructor', undefined];
    expect(await failures(version, names)).toEqual(
      names.map(() => expect.stringContaining('unknown rotation step')),
    );
    await rotation.takeSteps(version);
  });

  test('when the version is unknown', async () => {
    expect(await failures(crypto.randomUUID(), STEPS)).toEqual(
      STEPS.map(() => expect.stringContaining('not staged')),
    );
  });

  test('when the version is neither pending nor current', async () => {
    const old = await service.rotateKeys();
    expect(await rotation.stagesOf(await service.rotateKeys())).toContain('AWSCURRENT');
    expect(await failures(old, STEPS)).toEqual(
      STEPS.map(() => expect.stringContaining('not pending')),
    );
  });

  /** Puts others in place of what is published until the test is done with it. */
  const whilePublished = async (
    change: (key: PublicKey, keys: readonly PublicKey[]) => object,
    run: (version: string) => Promise<void>,
  ) => {
    const version = await service.stageRotation();
    await rotation.takeSteps(version, ['createSecret', 'setSecret']);
    const { directory } = service.tables;
    const stored = await get(directory, PUBLISHED);
    const keys = stored?.['keys'] as PublicKey[];
    const changed = keys.map((key) => ({ ...key, ...change(key, keys) }));
    await put(directory, { ...stored, ...PUBLISHED, keys: changed });
    await run(version);
    expect(await rotation.stagesOf(version)).not.toContain('AWSCURRENT');
    await put(directory, { ...stored, ...PUBLISHED });
    await rotation.takeSteps(version);
  };

  test.each(['testSecret', 'finishSecret'])(
    '%s, when what is published under the name of a key is another one, or for another algorithm',
    async (name) => {
      const another = ({ alg, kid }: PublicKey, keys: readonly PublicKey[]) => ({
        jwk: keys.find((key) => key.alg === alg && key.kid !== kid)?.jwk,
      });
      await whilePublished(another, async (version) => {
        expect(await failures(version, [name])).toHaveLength(1);
      });
      const renamed = ({ alg }: PublicKey) => ({ alg: OTHER[alg] });
      await whilePublished(renamed, (version) =>
        expect(rotation.step(name, version)).rejects.toThrow('is not published'),
      );
    },
  );

  test('when a step before it was left out', async () => {
    const version = await service.stageRotation();
    expect(await failures(version, STEPS.slice(1))).toEqual(
      STEPS.slice(1).map(() => expect.stringContaining('createSecret has not run')),
    );
    await rotation.step('createSecret', version);
    expect(await failures(version, STEPS.slice(2))).toEqual(
      STEPS.slice(2).map(() => expect.stringContaining('is not published')),
    );
    await rotation.takeSteps(version);
  });
});

describe('a failure leaves the current keys, and logins go on:', () => {
  test.each([
    ['Secrets Manager down', 'createSecret', () => service.secrets.inject(() => broken)],
    ['DynamoDB down', 'setSecret', () => service.dynamodb.inject(() => broken)],
    ['DynamoDB down', 'testSecret', () => service.dynamodb.inject(() => broken)],
    ['Secrets Manager down', 'finishSecret', () => service.secrets.inject(() => broken)],
  ])('%s at %s', async (_case, failing, inject) => {
    const version = await service.stageRotation();
    const [keys, kid] = [await rotation.current(), await rotation.signer()];
    await rotation.takeSteps(version, STEPS.slice(0, STEPS.indexOf(failing)));
    inject();
    await expect(rotation.step(failing, version)).rejects.toThrow();
    service.dynamodb.heal();
    service.secrets.heal();
    expect([await rotation.current(), await rotation.signer()]).toEqual([keys, kid]);
    expect(await rotation.published()).toEqual(expect.arrayContaining(keys));
    await rotation.takeSteps(version);
    expect(await rotation.current()).not.toEqual(keys);
  });
});
