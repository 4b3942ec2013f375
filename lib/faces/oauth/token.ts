/**
 * The token endpoint (RFC 6749 §3.2), under its own name and the one that Mluvii's clients know.
 *
 * In:     application/x-www-form-urlencoded: grant_type=client_credentials, authorization_code or
 *         refresh_token, and what that needs; the client authenticates by HTTP Basic, with client_id
 *         and client_secret, with client_assertion, or as a public one with client_id alone
 * Out:    200 { access_token, token_type: "Bearer", expires_in (seconds), scope?, refresh_token?,
 *         id_token? }, never cached
 * Errors: { error, error_description } with the codes of RFC 6749 §5.2
 *
 * @module
 */
import { type Endpoint, plainError } from '../../http/endpoint.ts';
import { json } from '../../http/response.ts';
import { issueTokens, type TokenEndpointServices } from '../../oauth/token/issue.ts';

export function tokenRoutes(services: TokenEndpointServices): Readonly<Record<string, Endpoint>> {
  const token: Endpoint = {
    run: async (request) => json(200, await issueTokens(services, request)),
    showError: plainError,
  };
  return {
    'POST /oauth/token': token,
    'POST /login/connect/token': token,
  };
}
