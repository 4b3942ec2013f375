/**
 * How the answer travels: in the query of the redirect URI, or as a form that the browser posts.
 *
 * Errors: `invalid_request`, which then goes out in the default mode.
 *
 * @module
 * @see OAuth 2.0 Multiple Response Type Encoding Practices §2.1, OAuth 2.0 Form Post Response Mode §2
 */
import { refuse } from '../../errors.ts';

export const RESPONSE_MODES = ['query', 'form_post'] as const;
export type ResponseMode = (typeof RESPONSE_MODES)[number];

const known = (requested: string | undefined): ResponseMode | undefined =>
  RESPONSE_MODES.find((mode) => mode === requested);

/** The mode in which even an error goes out. */
export const responseMode = (requested: string | undefined): ResponseMode =>
  known(requested) ?? 'query';

export function checkResponseMode(requested: string | undefined): void {
  if (requested !== undefined && !known(requested))
    throw refuse(
      'invalid_request',
      'response-mode-unsupported',
      'The response_mode must be query or form_post.',
    );
}
