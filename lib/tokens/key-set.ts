/**
 * The signing keys and the three times of each: published from, signs from, verifies until.
 *
 * Shape: { keys: [{ kid, alg, jwk, publishedFrom, signsFrom, verifiesUntil? }] }; `jwk` is private in
 *        the secret, public in the directory and at /.well-known/jwks.json. `verifiesUntil` appears
 *        once a successor has been chosen.
 * Units: epoch seconds.
 *
 * @module
 * @see RFC 7517 (JWK), RFC 7638 (thumbprint as `kid`), RFC 7518 §3.1 (ES256, RS256)
 */

import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import * as v from 'valibot';
import { InstantItem } from '../aws/item.ts';
import { Fault } from '../errors.ts';
import { after, type Instant, instant, isOver, NEVER, type Seconds, seconds } from '../time.ts';

/** ES256 signs access tokens; RS256 is for ID tokens (OpenID Connect Core §2). */
export const ALGORITHMS = ['ES256', 'RS256'] as const;
export type Algorithm = (typeof ALGORITHMS)[number];

const Jwk = v.looseObject({ kty: v.string() });
const PublicKey = v.object({
  kid: v.string(),
  alg: v.picklist(ALGORITHMS),
  jwk: Jwk,
  signsFrom: InstantItem,
  verifiesUntil: v.optional(InstantItem),
});
const SigningKey = v.object({ ...PublicKey.entries, publishedFrom: InstantItem });
const SigningKeySet = v.object({ keys: v.array(SigningKey) });
export const PublicKeys = v.array(PublicKey);

export type SigningKey = v.InferOutput<typeof SigningKey>;
export type PublicKey = v.InferOutput<typeof PublicKey>;

/** A signer goes on with a cached set for at most this long when Secrets Manager is down. */
export const SIGNER_MAX_STALENESS = seconds(3600);

/** @param text - The value of the secret. The error never shows it. */
export function parseSigningKeys(text: string): SigningKey[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const { success, output } = v.safeParse(SigningKeySet, value);
  if (!success) throw new Fault('the secret does not hold a key set');
  return output.keys;
}

export const formatSigningKeys = (keys: readonly SigningKey[]): string => JSON.stringify({ keys });

/** The youngest key of that algorithm whose time to sign has come. */
export function currentKey(
  keys: readonly SigningKey[],
  alg: Algorithm,
  now: Instant,
): SigningKey | undefined {
  return keys
    .filter((key) => key.alg === alg && key.signsFrom <= now && isAlive(key, now))
    .sort((left, right) => right.signsFrom - left.signsFrom)[0];
}

export const isAlive = ({ verifiesUntil = NEVER }: PublicKey, now: Instant) =>
  !isOver(verifiesUntil, now);

export type RotationTimes = { now: Instant; propagation: Seconds; maxTokenLifetime: Seconds };

/**
 * The set after a rotation: dead keys dropped, one new key an algorithm, and an end set for those
 * they succeed: the last moment one of them may sign plus the longest life of a token.
 */
export async function rotatedKeys(
  keys: readonly SigningKey[],
  { now, propagation, maxTokenLifetime }: RotationTimes,
): Promise<SigningKey[]> {
  // The very first keys have no predecessor to bridge the wait.
  const signsFrom = keys.length === 0 ? now : after(now, propagation);
  const verifiesUntil = after(after(signsFrom, SIGNER_MAX_STALENESS), maxTokenLifetime);
  const retiring = keys
    .filter((key) => isAlive(key, now))
    .map((key) => ({ ...key, verifiesUntil: key.verifiesUntil ?? verifiesUntil }));
  const fresh = await Promise.all(ALGORITHMS.map((alg) => newKey(alg, now, signsFrom)));
  return [...retiring, ...fresh];
}

async function newKey(
  alg: Algorithm,
  publishedFrom: Instant,
  signsFrom: Instant,
): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  return {
    kid,
    alg,
    jwk: { ...jwk, kty: jwk.kty ?? '' },
    publishedFrom: instant(publishedFrom),
    signsFrom: instant(signsFrom),
  };
}

/** What may be told to everybody: public members only, by an allow-list (RFC 7518 §6.2.1, §6.3.1). */
export function publicHalf({ kid, alg, jwk, signsFrom, verifiesUntil }: SigningKey): PublicKey {
  const { kty, crv, x, y, n, e } = jwk as JWK & { kty: string };
  const open = kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y };
  return { kid, alg, jwk: open, signsFrom, ...(verifiesUntil !== undefined && { verifiesUntil }) };
}

/** @see RFC 7517 §5 */
export function jwks(keys: readonly PublicKey[], now: Instant): { keys: JWK[] } {
  const alive = keys.filter((key) => isAlive(key, now));
  return { keys: alive.map(({ kid, alg, jwk }) => ({ ...jwk, kid, alg, use: 'sig' })) };
}
