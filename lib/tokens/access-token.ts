/**
 * Access tokens: signed JWTs that name a session. Alone they prove who signed in, not that the
 * session still lives: that is the verdict's to say (lib/verdict).
 *
 * Claims: iss sub aud exp iat jti client_id scope? sid (the session's key), and as hints of what to
 *         read: domain, roles; `acl` for clients of a dialect, never for a decision.
 * Units:  epoch seconds.
 *
 * @module
 * @see RFC 9068 (the profile, `typ: at+jwt`), RFC 8725 §3 (algorithms are ours to choose, not the token's)
 */

import * as v from 'valibot';
import { Fault } from '../errors.ts';
import type { Instant } from '../time.ts';
import { checkSigned, type Members, parseSigned, signed, type Unproven } from './jws.ts';
import type { SigningKey } from './key-set.ts';
import type { PublicKeyCache } from './public-keys.ts';

const Claims = v.object({
  sub: v.pipe(v.string(), v.nonEmpty()),
  sid: v.pipe(v.string(), v.nonEmpty()),
  jti: v.string(),
  client_id: v.string(),
  scope: v.optional(v.union([v.string(), v.array(v.string())])),
  domain: v.string(),
  roles: v.array(v.string()),
  iat: v.number(),
  exp: v.number(),
  nbf: v.exactOptional(v.number()),
});
export type AccessTokenClaims = v.InferOutput<typeof Claims>;
export type TokenPlace = { issuer: string; audience: string };

/**
 * RFC 9068 §2.1 has the first, which sets access tokens apart from all other JWTs. By the second, for
 * validators that know no other, it is the audience and `client_id` that do: no ID token has either.
 */
const TYPES = ['at+jwt', 'JWT'] as const;
export type AccessTokenType = (typeof TYPES)[number];
/** Far above any token of ours, far below what would cost us something to parse. */
const MAX_LENGTH = 8192;

export async function signAccessToken(
  claims: AccessTokenClaims & Record<string, unknown>,
  { issuer, audience }: TokenPlace,
  key: SigningKey,
  typ: AccessTokenType = 'at+jwt',
): Promise<string> {
  const { kid, alg, verifiesUntil = Number.POSITIVE_INFINITY } = key;
  if (claims.exp > verifiesUntil) throw new Fault('a token must not outlive its signing key');
  const token = await signed({ alg, kid, typ }, { ...claims, iss: issuer, aud: audience }, key);
  if (token.length > MAX_LENGTH) throw new Fault('a token that nobody could use');
  return token;
}

export type VerifiedToken =
  | { status: 'valid'; claims: AccessTokenClaims }
  | { status: 'invalid'; reason: string };

/** Says of itself that it is of ours, and of now; its signature is yet to be checked. */
export type UnprovenToken = { status: 'unproven'; claims: AccessTokenClaims; signed: Unproven };

/**
 * Checks algorithm, `typ`, `iss`, `aud`, `exp`: what does not even say that it is of ours makes nobody read
 * anything. NOT the signature.
 */
export function readAccessToken(
  token: string,
  place: TokenPlace,
  now: Instant,
): UnprovenToken | Extract<VerifiedToken, { status: 'invalid' }> {
  if (token.length > MAX_LENGTH) return invalid('the token is too long');
  const unproven = parseSigned(token);
  if (unproven.status === 'invalid') return unproven;
  if (!TYPES.some((typ) => typ === unproven.header['typ'])) return invalid('not an access token');
  const { success, output: claims } = v.safeParse(Claims, unproven.payload);
  if (!success) return invalid('the claims are not those of an access token');
  const reason = misplaced(unproven.payload, place) ?? outOfTime(claims, now);
  return reason === undefined ? { status: 'unproven', claims, signed: unproven } : invalid(reason);
}

const invalid = (reason: string) => ({ status: 'invalid', reason }) as const;

/** Its signature. */
export async function proveAccessToken(
  { claims, signed: said }: UnprovenToken,
  keys: PublicKeyCache,
): Promise<VerifiedToken> {
  const checked = await checkSigned(said, keys);
  return checked.status === 'invalid' ? checked : { status: 'valid', claims };
}

/** Both; not whether the session still lives. */
export async function verifyAccessToken(
  token: string,
  place: TokenPlace,
  keys: PublicKeyCache,
  now: Instant,
): Promise<VerifiedToken> {
  const said = readAccessToken(token, place, now);
  return said.status === 'invalid' ? said : proveAccessToken(said, keys);
}

/** @see RFC 7519 §4.1.1, §4.1.3: an audience may be a list */
function misplaced({ iss, aud }: Members, { issuer, audience }: TokenPlace): string | undefined {
  if (iss !== issuer) return 'another issuer';
  return [aud].flat().includes(audience) ? undefined : 'another audience';
}

/** @see RFC 7519 §4.1.4, §4.1.5: on its second of expiry a token is dead */
function outOfTime({ exp, nbf = 0 }: AccessTokenClaims, now: Instant): string | undefined {
  if (exp <= now) return 'expired';
  return nbf > now ? 'not valid yet' : undefined;
}
