/**
 * Which flow: the authorization code's, and no other. Tokens never travel through the browser.
 *
 * Errors: `invalid_request` without a type, `unsupported_response_type`, `unauthorized_client` for a
 *         client that has not registered the flow.
 *
 * @module
 * @see RFC 6749 §4.1.2.1 (the codes), RFC 9700 §2.1.2 (no implicit grant)
 */
import { refuse } from '../../errors.ts';
import type { Client } from '../../store/directory/clients.ts';

export const RESPONSE_TYPES = ['code'] as const;

export function checkResponseType({ grants }: Client, requested: string | undefined): void {
  if (requested === undefined)
    throw refuse('invalid_request', 'response-type-missing', 'The response_type is missing.');
  if (!RESPONSE_TYPES.some((type) => type === requested))
    throw refuse(
      'unsupported_response_type',
      'response-type-unsupported',
      'The response_type must be code.',
    );
  if (!grants.includes('authorization_code'))
    throw refuse(
      'unauthorized_client',
      'response-type-not-allowed',
      'The client may not use this response_type.',
    );
}
