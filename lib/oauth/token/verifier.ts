/**
 * PKCE at the token endpoint: whoever redeems the code knows the verifier that its challenge was made
 * of.
 *
 * Errors: `invalid_request` for a malformed verifier, or one for a code without a challenge, which is
 *         what a stripped challenge looks like; `invalid_grant` for a missing or wrong one.
 *
 * @module
 * @see RFC 7636 §4.1 (grammar), §4.6 (the check, S256 only), RFC 9700 §2.1.1 (downgrade)
 */
import { equalInConstantTime, sha256 } from '../../crypto.ts';
import { refuse } from '../../errors.ts';
import { invalidGrant } from './invalid-grant.ts';

const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

export function checkVerifier(challenge: string | undefined, verifier: string | undefined): void {
  if (verifier !== undefined && !VERIFIER.test(verifier))
    throw refuse('invalid_request', 'code-verifier-malformed', 'The code_verifier is malformed.');
  if (challenge === undefined && verifier !== undefined)
    throw refuse(
      'invalid_request',
      'code-verifier-unasked',
      'The code was not asked for with a code_challenge.',
    );
  if (challenge === undefined) return;
  const expected = Buffer.from(challenge, 'base64url');
  if (verifier === undefined || !equalInConstantTime(expected, sha256(verifier)))
    throw invalidGrant('the code_verifier is missing or wrong');
}
