/**
 * 405: there is such a place, for other methods, which `Allow` names.
 *
 * @module
 * @see RFC 9110 §15.5.6 (405), §10.2.1 (`Allow`), §9.1 (whoever takes GET takes HEAD)
 */
import { AuthError } from '../errors.ts';
import type { Endpoint } from './endpoint.ts';
import { type HttpResponse, json } from './response.ts';

/** @param allowed - The methods that there are at this place. */
export function methodNotAllowed(
  allowed: readonly string[],
  { showError, errorHeaders }: Pick<Endpoint, 'showError' | 'errorHeaders'>,
): HttpResponse {
  const allow = allowed
    .flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]))
    .join(', ');
  const error = new AuthError({
    code: 'method_not_allowed',
    rule: 'method-not-allowed',
    text: `Only ${allow} can be used here.`,
    reason: 'another method',
  });
  return json(405, showError(error), { ...errorHeaders, allow });
}
