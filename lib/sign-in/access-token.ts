/**
 * Signs an access token that names a session.
 *
 * Units: epoch seconds.
 *
 * @module
 * @see RFC 9068 §2.2 (the claims)
 */

import { randomKey } from '../crypto.ts';
import type { Subject } from '../store/directory/subjects.ts';
import type { Instant } from '../time.ts';
import { type AccessTokenType, signAccessToken, type TokenPlace } from '../tokens/access-token.ts';
import type { Keyring } from '../tokens/keyring.ts';

export type SigningServices = { keyring: Keyring; place: TokenPlace };
export type AccessClaims = {
  subject: Subject;
  /** Of the session. */
  key: string;
  client: string;
  /** Its client's choice; a face's sessions have the one of RFC 9068. */
  type?: AccessTokenType | undefined;
  /** At most the session's. */
  scope: string | undefined;
  issuedAt: Instant;
  expiresAt: Instant;
  /** What a dialect's clients expect beside ours. Never read for a decision. */
  claims?: Record<string, unknown>;
};

export const signAccess = async (
  { keyring, place }: SigningServices,
  { subject, key, client, type, scope, issuedAt, expiresAt, claims = {} }: AccessClaims,
): Promise<string> =>
  signAccessToken(
    {
      ...(scope !== undefined && { scope }),
      ...claims,
      sub: subject.id,
      sid: key,
      jti: randomKey(),
      client_id: client,
      domain: subject.domain,
      roles: subject.roles,
      iat: issuedAt,
      exp: expiresAt,
    },
    place,
    await keyring.signingKey('ES256'),
    type,
  );
