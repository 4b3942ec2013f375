/**
 * Logout tokens: what a client is told when a session of its user has ended.
 *
 * Claims: iss sub aud sid iat exp jti events; never a nonce, so that none passes for an ID token
 * Units:  epoch seconds.
 *
 * @module
 * @see OpenID Connect Back-Channel Logout 1.0 §2.4 (the claims, `typ: logout+jwt`), §4 (a short life)
 */
import { seconds } from '../time.ts';
import { signed } from './jws.ts';
import type { SigningKey } from './key-set.ts';

export type LogoutClaims = { sub: string; aud: string; sid: string; jti: string; iat: number };

const TYPE = 'logout+jwt';
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
/** It is sent at once. */
const LIFETIME = seconds(120);

export async function signLogoutToken(
  claims: LogoutClaims,
  { issuer }: { issuer: string },
  key: SigningKey,
): Promise<string> {
  const { kid, alg } = key;
  const exp = claims.iat + LIFETIME;
  return signed(
    { alg, kid, typ: TYPE },
    { ...claims, iss: issuer, exp, events: { [EVENT]: {} } },
    key,
  );
}
