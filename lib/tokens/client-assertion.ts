/**
 * Client assertions: JWTs by which a client proves that it holds a private key.
 *
 * In:     alg, one of FOREIGN_ALGORITHMS; kid?; iss = sub = the client's id, aud, exp, jti, and nbf?, iat?
 * Units:  epoch seconds.
 *
 * NOT checked: that the assertion was not used before (store/sessions/replays.ts).
 *
 * @module
 * @see RFC 7523 §3 (the checks), OpenID Connect Core §9 (private_key_jwt; jti is required), RFC 8725 §3
 *      (the algorithm must be on our list and fit the key)
 */

import * as v from 'valibot';
import {
  FOREIGN_ALGORITHMS,
  isSameAlgorithm,
  isSignedBy,
  type VerifyingKey,
  verifyingKey,
} from '../crypto.ts';
import { type Instant, seconds } from '../time.ts';
import { decodeUtf8 } from '../utf8.ts';

export type Jwk = Readonly<Record<string, unknown>>;

const Text = v.pipe(v.string(), v.nonEmpty());
const Header = v.looseObject({
  alg: v.picklist(FOREIGN_ALGORITHMS),
  kid: v.exactOptional(v.string()),
  /** What we do not know, we refuse (RFC 7515 §4.1.11). */
  crit: v.exactOptional(v.never()),
});
const Claims = v.looseObject({
  iss: Text,
  sub: Text,
  aud: v.union([Text, v.pipe(v.array(Text), v.minLength(1))]),
  jti: v.pipe(Text, v.maxLength(512)),
  exp: v.number(),
  nbf: v.exactOptional(v.number()),
  iat: v.exactOptional(v.number()),
});

/** Clocks differ by so much. */
export const SKEW = seconds(30);
/** So long is an assertion good for at most; its jti is remembered until then. */
const MAX_LIFETIME = seconds(3600);
const MAX_LENGTH = 8192;
const COMPACT = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/;

/** Whose it says it is: only good to know whose keys to try. */
export function unverifiedSubject(assertion: string): string | undefined {
  if (assertion.length > MAX_LENGTH) return undefined;
  const { success, output } = v.safeParse(v.object({ sub: Text }), partOf(assertion, 2));
  return success ? output.sub : undefined;
}

/** The `kid` that it names, if it names one. */
export function keyIdOf(assertion: string): string | undefined {
  const { success, output } = v.safeParse(Header, partOf(assertion, 1));
  return success ? output.kid : undefined;
}

export type VerifiedAssertion =
  | { status: 'valid'; jti: string; exp: number }
  | { status: 'invalid'; reason: string };

/**
 * @param audiences - All that it may be meant for; it may name several of them and nobody else.
 * @param keys - Of the client.
 */
export function verifyAssertion(
  assertion: string,
  { client, audiences, now }: { client: string; audiences: readonly string[]; now: Instant },
  keys: readonly Jwk[],
): VerifiedAssertion {
  if (!isSignedByOneOf(assertion, keys)) return invalid('the signature is not by its key');
  const { success, output: claims } = v.safeParse(Claims, partOf(assertion, 2));
  if (!success) return invalid('the claims are not those of an assertion');
  const { iss, sub, aud, jti, exp } = claims;
  if (iss !== client || sub !== client) return invalid('iss and sub are not the client');
  if (![aud].flat().every((one) => audiences.includes(one))) return invalid('another audience');
  const reason = outOfTime(claims, now);
  return reason === undefined ? { status: 'valid', jti, exp } : invalid(reason);
}

function outOfTime(
  { exp, nbf = 0, iat = 0 }: v.InferOutput<typeof Claims>,
  now: Instant,
): string | undefined {
  if (exp <= now - SKEW) return 'expired';
  if (exp > now + MAX_LIFETIME + SKEW) return 'good for too long';
  if (nbf > now + SKEW) return 'not valid yet';
  return iat > now + SKEW ? 'issued in the future' : undefined;
}

function isSignedByOneOf(assertion: string, keys: readonly Jwk[]): boolean {
  const [, head = '', body = '', signature = ''] = COMPACT.exec(assertion) ?? [];
  const { success, output: header } = v.safeParse(Header, partOf(assertion, 1));
  if (!success) return false;
  const { alg, kid } = header;
  const fitting = keys.filter(
    (key) =>
      (kid === undefined || key['kid'] === undefined || key['kid'] === kid) &&
      (key['alg'] === undefined || isSameAlgorithm(key['alg'], alg)) &&
      (key['use'] === undefined || key['use'] === 'sig'),
  );
  const bytes = Buffer.from(signature, 'base64url');
  return fitting.some((jwk) => {
    const key = publicKey(jwk);
    return key !== undefined && isSignedBy(alg, `${head}.${body}`, bytes, key);
  });
}

/** What is no key of a kind that we know signs nothing. */
function publicKey(jwk: Jwk): VerifyingKey | undefined {
  try {
    return verifyingKey(jwk);
  } catch {
    return undefined;
  }
}

function partOf(assertion: string, part: 1 | 2): unknown {
  try {
    return JSON.parse(
      decodeUtf8(Buffer.from(COMPACT.exec(assertion)?.[part] ?? '', 'base64url')) ?? '',
    );
  } catch {
    return undefined;
  }
}

const invalid = (reason: string): VerifiedAssertion => ({ status: 'invalid', reason });
