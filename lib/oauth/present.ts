/**
 * What a caller presents: a token, and for the Webitel dialect the key that must name the same
 * session.
 *
 * It proves that the token is ours and unexpired, and which session it names; NOT that the session
 * still lives.
 *
 * @module
 * @see RFC 6750 §2 (one way of sending a token a request)
 */
import { type TokenPlace, type VerifiedToken, verifyAccessToken } from '../tokens/access-token.ts';
import type { PublicKeyCache } from '../tokens/public-keys.ts';

export type Presented = { token: string; key?: string | undefined };
export type TokenServices = { keys: PublicKeyCache; place: TokenPlace; now: () => number };

export async function provePresented(
  { keys, place, now }: TokenServices,
  { token, key }: Presented,
): Promise<VerifiedToken> {
  const verified = await verifyAccessToken(token, place, keys, now());
  if (verified.status === 'valid' && key !== undefined && key !== verified.claims.sid)
    return { status: 'invalid', reason: 'key and token name different sessions' };
  return verified;
}
