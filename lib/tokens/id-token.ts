/**
 * ID tokens: what a client is told of a user's sign-in. They open nothing: an API takes access tokens
 * only, and the two are told apart by their `typ`.
 *
 * Claims: iss sub aud exp iat sid, and where there is reason: auth_time nonce acr amr azp at_hash, and
 *         claims of the user's that the client asked for here by name, or is registered for
 * Units:  epoch seconds.
 *
 * @module
 * @see OpenID Connect Core §2 (the claims), §3.1.3.6 (at_hash), RP-Initiated Logout §2 (a hint is
 *      accepted after its expiry too)
 */

import * as v from 'valibot';
import { sha256 } from '../crypto.ts';
import { Fault } from '../errors.ts';
import { checkSignature, signed } from './jws.ts';
import type { SigningKey } from './key-set.ts';
import type { PublicKeyCache } from './public-keys.ts';

const Text = v.pipe(v.string(), v.nonEmpty());
const Claims = v.looseObject({
  sub: Text,
  /** The client's id. */
  aud: Text,
  /** The key of the grant's session; also what a logout token names. */
  sid: Text,
  iat: v.number(),
  exp: v.number(),
  auth_time: v.optional(v.number()),
  nonce: v.optional(v.string()),
  acr: v.optional(v.string()),
  amr: v.optional(v.array(v.string())),
});
export type IdTokenClaims = v.InferOutput<typeof Claims>;

const TYPE = 'JWT';
/** What is longer is taken as nobody's hint, and fits no URL. */
export const MAX_ID_TOKEN = 8192;

export async function signIdToken(
  claims: IdTokenClaims,
  { issuer }: { issuer: string },
  key: SigningKey,
): Promise<string> {
  const { kid, alg, verifiesUntil = Number.POSITIVE_INFINITY } = key;
  if (claims.exp > verifiesUntil) throw new Fault('a token must not outlive its signing key');
  return signed({ alg, kid, typ: TYPE }, { ...claims, iss: issuer }, key);
}

/** Left half of the hash; SHA-256 goes with both of our algorithms. */
export const halfHash = (token: string): string =>
  sha256(token).subarray(0, 16).toString('base64url');

export type VerifiedIdToken =
  | { status: 'valid'; claims: IdTokenClaims }
  | { status: 'invalid'; reason: string };

/**
 * Checks signature, algorithm, `typ` and `iss`. NOT checked: `exp`, since a hint may be an old one;
 * `aud`, which the caller compares with the client; and that anybody is signed in.
 */
export async function verifyIdToken(
  token: string,
  { issuer }: { issuer: string },
  keys: PublicKeyCache,
): Promise<VerifiedIdToken> {
  if (token.length > MAX_ID_TOKEN) return invalid('the token is too long');
  const checked = await checkSignature(token, keys);
  if (checked.status === 'invalid') return checked;
  if (checked.header['typ'] !== TYPE) return invalid('not an ID token');
  if (checked.payload['client_id'] !== undefined) return invalid('an access token');
  if (checked.payload['iss'] !== issuer) return invalid('another issuer');
  const { success, output: claims } = v.safeParse(Claims, checked.payload);
  return success ? { status: 'valid', claims } : invalid('the claims are not those of an ID token');
}

const invalid = (reason: string): VerifiedIdToken => ({ status: 'invalid', reason });
