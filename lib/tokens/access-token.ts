/**
 * Access tokens: signed JWTs that name a session. Alone they prove who signed in, not that the
 * session still lives: that is the verdict's to say (access/verdict.ts).
 *
 * Claims: iss sub aud exp iat jti client_id scope? sid (the session's key), and as hints of what to
 *         read: domain, roles; `acl` for clients of the Webitel dialect, never for a decision.
 * Units:  epoch seconds.
 *
 * @module
 * @see RFC 9068 (the profile, `typ: at+jwt`), RFC 8725 §3 (algorithms are ours to choose, not the token's)
 */
import { errors, jwtVerify, SignJWT } from 'jose';
import * as v from 'valibot';
import { ALGORITHMS, type SigningKey } from './key-set.ts';
import type { PublicKeyCache } from './public-keys.ts';

const Claims = v.object({
  sub: v.pipe(v.string(), v.nonEmpty()),
  sid: v.pipe(v.string(), v.nonEmpty()),
  jti: v.string(),
  client_id: v.string(),
  scope: v.optional(v.union([v.string(), v.array(v.string())])),
  /** `domain` marks a domain token, which is sent without a key. */
  t: v.optional(v.string()),
  domain: v.string(),
  roles: v.array(v.string()),
  iat: v.number(),
  exp: v.number(),
});
export type AccessTokenClaims = v.InferOutput<typeof Claims>;
export type TokenPlace = { issuer: string; audience: string };

/** Far above any token of ours, far below what would cost us something to parse. */
const MAX_LENGTH = 8192;

export async function signAccessToken(
  claims: AccessTokenClaims & Record<string, unknown>,
  { issuer, audience }: TokenPlace,
  { kid, alg, jwk, verifiesUntil = Number.POSITIVE_INFINITY }: SigningKey,
): Promise<string> {
  if (claims.exp > verifiesUntil) throw new Error('a token must not outlive its signing key');
  return new SignJWT({ ...claims, iss: issuer, aud: audience })
    .setProtectedHeader({ alg, kid, typ: 'at+jwt' })
    .sign(jwk);
}

export type VerifiedToken =
  | { status: 'valid'; claims: AccessTokenClaims }
  | { status: 'invalid'; reason: string };

/** Checks signature, algorithm, `typ`, `iss`, `aud`, `exp`; not whether the session still lives. */
export async function verifyAccessToken(
  token: string,
  { issuer, audience }: TokenPlace,
  keys: PublicKeyCache,
  now: number,
): Promise<VerifiedToken> {
  if (token.length > MAX_LENGTH) return { status: 'invalid', reason: 'the token is too long' };
  try {
    const { payload } = await jwtVerify(
      token,
      async ({ kid = '', alg }) => {
        const key = await keys.find(kid, alg);
        if (!key) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        issuer,
        audience,
        typ: 'at+jwt',
        algorithms: [...ALGORITHMS],
        currentDate: new Date(now * 1000),
        requiredClaims: ['exp', 'iat'],
      },
    );
    const { success, output } = v.safeParse(Claims, payload);
    return success
      ? { status: 'valid', claims: output }
      : { status: 'invalid', reason: 'the claims are not those of an access token' };
  } catch (error) {
    // Only jose's own refusals mean "not valid"; a fault while reading the keys is still a fault.
    if (error instanceof errors.JOSEError) return { status: 'invalid', reason: error.code };
    throw error;
  }
}
