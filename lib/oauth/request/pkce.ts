/**
 * The challenge that binds a code to whoever asked for it: S256 and nothing else.
 *
 * Errors: `invalid_request` for a challenge that cannot be a SHA-256 hash, for another method (no
 *         method means `plain`), for a method alone, and for none where the client needs one.
 *
 * @module
 * @see RFC 7636 §4.2 to §4.4.1, RFC 9700 §2.1.1 (public clients always; never plain)
 */
import { refuse } from '../../errors.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { Parameters } from './parameters.ts';

/** Base64url of 32 bytes. */
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/;

export function checkPkce(
  { authentication, pkce }: Pick<Client, 'authentication' | 'pkce'>,
  parameters: Parameters,
): string | undefined {
  const challenge = parameters.get('code_challenge');
  const method = parameters.get('code_challenge_method');
  if (challenge === undefined) {
    if (method !== undefined)
      throw refuse('invalid_request', 'code-challenge-missing', 'The code_challenge is missing.');
    if (authentication === 'none' || pkce === 'required')
      throw refuse(
        'invalid_request',
        'code-challenge-required',
        'The client has to send a code_challenge.',
      );
    return undefined;
  }
  if (method !== 'S256')
    throw refuse(
      'invalid_request',
      'code-challenge-method-unsupported',
      'The code_challenge_method must be S256.',
    );
  if (!CHALLENGE.test(challenge))
    throw refuse(
      'invalid_request',
      'code-challenge-malformed',
      'The code_challenge must be 43 characters of base64url.',
    );
  return challenge;
}
