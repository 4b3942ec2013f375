/**
 * Parameters that must not be passed over in silence: what they say would be missing.
 *
 * Errors: each has a code of its own.
 *
 * @module
 * @see OpenID Connect Core §3.1.2.6 (the codes), §6 (request objects), §7.2.1 (registration)
 */
import { AuthError } from '../../errors.ts';
import type { Parameters } from './parameters.ts';

const UNSUPPORTED = {
  request: 'request_not_supported',
  request_uri: 'request_uri_not_supported',
  registration: 'registration_not_supported',
} as const;

export function checkUnsupported(parameters: Parameters): void {
  for (const [name, code] of Object.entries(UNSUPPORTED)) {
    if (parameters.has(name))
      throw new AuthError({
        code,
        rule: 'parameter-unsupported',
        text: `The parameter ${name} is not supported.`,
        reason: 'not supported',
      });
  }
}
