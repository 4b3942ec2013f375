/**
 * The four steps of Secrets Manager's rotation contract. Each may be run again at any time.
 *
 *   createSecret  writes the next key set as AWSPENDING, without keys that were withdrawn; its new keys
 *                 do not sign yet, unless they have none to follow
 *   setSecret     publishes its public half, so that verifiers see a key before it signs; a set that
 *                 is too old for that is given up, and the next rotation makes another
 *   testSecret    signs with each pending key and verifies with what was published
 *   finishSecret  tests once more and makes it AWSCURRENT; the new keys sign once their `signsFrom`
 *                 has come
 *
 * @module
 * @see AWS Secrets Manager User Guide, "Lambda rotation functions"
 */

import { CompactSign, compactVerify } from 'jose';
import * as v from 'valibot';
import {
  describeVersions,
  makeCurrent,
  readVersion,
  type Secret,
  type Versions,
  withdrawPending,
  writePending,
} from '../aws/secret.ts';
import { Fault } from '../errors.ts';
import type { Instant } from '../time.ts';
import { instant } from '../time.ts';
import {
  formatSigningKeys,
  isAlive,
  type PublicKey,
  PublicKeys,
  parseSigningKeys,
  publicHalf,
  type RotationTimes,
  rotatedKeys,
  type SigningKey,
} from './key-set.ts';

export const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'] as const;
export type RotationStep = (typeof STEPS)[number];

export type Rotation = {
  secret: Secret;
  /** The version that this rotation makes: the event's ClientRequestToken. */
  version: string;
  times: RotationTimes;
  /** @param before - What is published now. @returns `false` if a younger set is. */
  publish: (
    keys: readonly PublicKey[],
    before: readonly PublicKey[],
    madeAt: Instant,
  ) => Promise<boolean>;
  readPublished: () => Promise<unknown>;
  /** Whether a key was withdrawn: it does not come into another set. */
  readWithdrawn: () => Promise<(kid: string) => boolean>;
};

export async function rotate(step: RotationStep, rotation: Rotation): Promise<void> {
  const versions = await describeVersions(rotation.secret);
  const stages = versions[rotation.version];
  if (!stages) throw new Fault('the version to rotate to is not staged');
  if (stages.includes('AWSCURRENT')) return;
  if (!stages.includes('AWSPENDING')) throw new Fault('the version to rotate to is not pending');
  await STEP[step](rotation, versions);
}

const NO_KEYS = formatSigningKeys([]);

const STEP: Record<RotationStep, (rotation: Rotation, versions: Versions) => Promise<void>> = {
  async createSecret({ secret, version, times, readWithdrawn }) {
    if ((await pendingKeys(secret, version)) !== undefined) return;
    const isWithdrawn = await readWithdrawn();
    const current = await readVersion(secret, { stage: 'AWSCURRENT' });
    const keys = parseSigningKeys(current ?? NO_KEYS).filter(({ kid }) => !isWithdrawn(kid));
    await writePending(secret, version, formatSigningKeys(await rotatedKeys(keys, times)));
  },

  async setSecret({ secret, version, times, publish, readPublished, readWithdrawn }) {
    const keys = await requirePending(secret, version);
    await refuseWithdrawn(secret, version, keys, await readWithdrawn());
    const before = v.parse(PublicKeys, (await readPublished()) ?? []);
    const published = before.map(({ kid }) => kid);
    if (keys.some((key) => !published.includes(key.kid) && signsTooSoon(key, times))) {
      await withdrawPending(secret, version);
      throw new Fault('it is too late to publish the set before it signs: rotate again');
    }
    const madeAt = Math.max(...keys.map(({ publishedFrom }) => publishedFrom));
    if (!(await publish(keys.map(publicHalf), before, instant(madeAt))))
      throw new Fault('a younger key set is published');
  },

  async testSecret({ secret, version, times, readPublished }) {
    const published = v.parse(PublicKeys, await readPublished());
    for (const key of await requirePending(secret, version)) {
      if (isAlive(key, times.now)) await testPair(key, published);
    }
  },

  async finishSecret(rotation, versions) {
    const { secret, version, times } = rotation;
    await STEP.testSecret(rotation, versions);
    const keys = await requirePending(secret, version);
    await refuseWithdrawn(secret, version, keys, await rotation.readWithdrawn());
    if (keys.some((key) => signsAlready(key, times))) {
      await withdrawPending(secret, version);
      throw new Fault(
        'too late: the old keys have signed beyond their published end: rotate again',
      );
    }
    const previous = Object.keys(versions).find((id) => versions[id]?.includes('AWSCURRENT'));
    await makeCurrent(secret, version, previous);
  },
};

/** A set that was made before some of it was withdrawn is given up, too: the next one has none of them. */
async function refuseWithdrawn(
  secret: Secret,
  version: string,
  keys: readonly SigningKey[],
  isWithdrawn: (kid: string) => boolean,
): Promise<void> {
  if (!keys.some(({ kid }) => isWithdrawn(kid))) return;
  await withdrawPending(secret, version);
  throw new Fault('keys of the set have been withdrawn meanwhile: rotate again');
}

/**
 * A rotation may be taken up again long after its keys were made. Verifiers hold a set for a third of
 * the propagation time; the very first keys have nobody to wait for, and retiring ones sign already.
 */
const signsTooSoon = (
  { publishedFrom, signsFrom, verifiesUntil }: SigningKey,
  { now, propagation }: RotationTimes,
): boolean =>
  verifiesUntil === undefined && signsFrom > publishedFrom && signsFrom - now < propagation / 2;

/** Then the keys that it succeeds signed on, for longer than `verifiesUntil` was reckoned from. */
const signsAlready = (
  { publishedFrom, signsFrom, verifiesUntil }: SigningKey,
  { now }: RotationTimes,
): boolean => verifiesUntil === undefined && signsFrom > publishedFrom && signsFrom <= now;

async function pendingKeys(secret: Secret, version: string): Promise<SigningKey[] | undefined> {
  const value = await readVersion(secret, { id: version, stage: 'AWSPENDING' });
  return value === undefined ? undefined : parseSigningKeys(value);
}

async function requirePending(secret: Secret, version: string): Promise<SigningKey[]> {
  const keys = await pendingKeys(secret, version);
  if (!keys) throw new Fault('createSecret has not run for this version');
  return keys;
}

async function testPair({ kid, alg, jwk }: SigningKey, published: PublicKey[]): Promise<void> {
  const open = published.find((key) => key.kid === kid && key.alg === alg);
  if (!open) throw new Fault(`key ${kid} is not published`);
  const signature = await new CompactSign(new TextEncoder().encode(kid))
    .setProtectedHeader({ alg })
    .sign(jwk);
  await compactVerify(signature, open.jwk, { algorithms: [alg] });
}
