/**
 * What a token stands for, to those who may know.
 *
 *   GET, POST /oauth/userinfo    its user, as claims (OpenID Connect Core §5.3)
 *   POST /oauth/introspect       whether it works, and for whom (RFC 7662)
 *
 * In:     lib/oauth/inspect/userinfo.ts, lib/oauth/inspect/introspect.ts
 * Out:    200 JSON, never cached
 * Errors: { error, error_description }: 401 invalid_token or invalid_client, 403 insufficient_scope, 400
 *         invalid_request
 *
 * @module
 */
import { type Endpoint, plainError } from '../../http/endpoint.ts';
import { json } from '../../http/response.ts';
import type { InspectionServices } from '../../oauth/inspect/inspection.ts';
import { introspect } from '../../oauth/inspect/introspect.ts';
import { userinfo } from '../../oauth/inspect/userinfo.ts';

export function inspectRoutes(services: InspectionServices): Readonly<Record<string, Endpoint>> {
  const info: Endpoint = {
    run: async (request) => json(200, await userinfo(services, request)),
    showError: plainError,
  };
  const introspection: Endpoint = {
    run: async (request) => json(200, await introspect(services, request)),
    showError: plainError,
  };
  return {
    'GET /oauth/userinfo': info,
    'POST /oauth/userinfo': info,
    'POST /oauth/introspect': introspection,
  };
}
