/**
 * Answers a browser that asks whether a page of another origin may call us.
 *
 * Out:    204 with the CORS headers that the path's policy has (cors.ts), without them for an origin
 *         that is not on the list
 * Errors: 404 for pages, which no other origin may call, and for what is not there
 *
 * @module
 */
import { AuthError } from '../errors.ts';
import { preflightHeaders } from './cors.ts';
import { type Endpoint, plainError } from './endpoint.ts';
import type { HttpRequest } from './request.ts';
import type { HttpResponse } from './response.ts';

/** @param configured - Origins of the deployment's own list. */
export const preflight = (configured: readonly string[]): Endpoint => ({
  run: async (request) => answerTo(request, configured),
  showError: plainError,
});

function answerTo(request: HttpRequest, configured: readonly string[]): HttpResponse {
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
