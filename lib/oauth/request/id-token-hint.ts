/**
 * Whom a client expects to find signed in: an ID token that we issued to it, even if it is an old one.
 *
 * Errors: `invalid_request` for what is no ID token of ours, or one of another client.
 *
 * @module
 * @see OpenID Connect Core §3.1.2.1 (id_token_hint)
 */
import { AuthError } from '../../errors.ts';
import { verifyIdToken } from '../../tokens/id-token.ts';
import type { PublicKeyCache } from '../../tokens/public-keys.ts';

/** @returns The subject it names. */
export async function checkIdTokenHint(
  { issuer, keys }: { issuer: string; keys: PublicKeyCache },
  client: string,
  hint: string | undefined,
): Promise<string | undefined> {
  if (hint === undefined) return undefined;
  const verified = await verifyIdToken(hint, { issuer }, keys);
  if (verified.status === 'invalid') throw refused(verified.reason);
  if (verified.claims.aud !== client) throw refused('an ID token of another client');
  return verified.claims.sub;
}

const refused = (reason: string) =>
  new AuthError({
    code: 'invalid_request',
    rule: 'id-token-hint-invalid',
    text: 'The id_token_hint is not valid.',
    reason,
  });
