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

/**
 * Characters. With the claims of any face a token stays within what one may be long
 * (lib/tokens/access-token.ts), and what API Gateway takes of headers.
 */
const MAX_HINTS = 1024;

/** Roles are read anew at each call. Who has more than fit costs the verdict a second read instead. */
const hintsOf = ({ roles }: Subject): string[] =>
  JSON.stringify(roles).length <= MAX_HINTS ? roles : [];

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
      roles: hintsOf(subject),
      iat: issuedAt,
      exp: expiresAt,
    },
    place,
    await keyring.signingKey('ES256'),
    type,
  );
