/**
 * Revocation (RFC 7009): the session of an access or refresh token that was issued to the client, or of a
 * token that one of the dialects issued.
 *
 * In:     form: token, token_type_hint?; the client authenticates as at the token endpoint
 * Out:    200 and an empty object, also for a token that is not valid
 * Errors: { error, error_description }: 401 invalid_client, 400 as in lib/oauth/logout/revoke.ts
 *
 * @module
 */
import { type Endpoint, plainError } from '../../http/endpoint.ts';
import type { HttpRequest } from '../../http/request.ts';
import { json } from '../../http/response.ts';
import { type RevocationServices, revokeToken } from '../../oauth/logout/revoke.ts';

async function revoke(services: RevocationServices, request: HttpRequest) {
  await revokeToken(services, request);
  // RFC 7009 §2.2: nobody reads it. Without a body API Gateway would make up a type, which is no JSON.
  return json(200, {});
}

export const revokeRoutes = (services: RevocationServices): Readonly<Record<string, Endpoint>> => ({
  'POST /oauth/revoke': { run: (request) => revoke(services, request), showError: plainError },
});
