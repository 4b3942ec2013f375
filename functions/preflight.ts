/**
 * Answers a browser that asks whether a page of another origin may call us.
 *
 *   OPTIONS /{proxy+}
 *
 * Out:    204 with the CORS headers that the path's policy has (lib/http/cors.ts), without them for an
 *         origin that is not on the list
 * Errors: 404 for pages, which no other origin may call, and for what is not there
 *
 * It reads nothing, so it is the smallest of the functions.
 *
 * @module
 */
import { composeOrigins } from '../lib/compose/origins.ts';
import { AuthError } from '../lib/errors.ts';
import { preflightHeaders } from '../lib/http/cors.ts';
import { endpoints, plainError } from '../lib/http/endpoint.ts';
import type { HttpRequest } from '../lib/http/request.ts';

const { configured } = composeOrigins();

async function preflight(request: HttpRequest) {
  const headers = preflightHeaders(request, configured);
  if (!headers)
    throw new AuthError({
      code: 'not_found',
      rule: 'no-such-place',
      text: 'There is nothing here.',
      reason: 'no page is shared',
    });
  return { statusCode: 204, headers, body: '' };
}

export const handler = endpoints({
  'OPTIONS /{proxy+}': { run: preflight, showError: plainError },
});
