/**
 * What a token stands for, to those who may know.
 *
 *   GET, POST /oauth/userinfo    its user, as claims (OpenID Connect Core §5.3)
 *   POST /oauth/introspect       whether it works, and for whom (RFC 7662)
 *
 * In:     lib/oauth/inspect/userinfo.ts, lib/oauth/inspect/introspect.ts
 * Out:    200 JSON, never cached
 * Errors: { error, error_description }: 401 invalid_token or invalid_client, 403 insufficient_scope, 400
 *         invalid_request, 405 for another method
 *
 * @module
 */
import { composeInspection } from '../lib/compose/clients.ts';
import { endpoints, plainError } from '../lib/http/endpoint.ts';
import { onlyPost } from '../lib/http/only-post.ts';
import type { HttpRequest } from '../lib/http/request.ts';
import { json } from '../lib/http/response.ts';
import { clientOrigins } from '../lib/oauth/clients/origins.ts';
import { introspect } from '../lib/oauth/inspect/introspect.ts';
import { userinfo } from '../lib/oauth/inspect/userinfo.ts';

const services = composeInspection();

const info = {
  run: async (request: HttpRequest) => json(200, await userinfo(services, request)),
  showError: plainError,
};
const introspection = {
  run: async (request: HttpRequest) => json(200, await introspect(services, request)),
  showError: plainError,
};

export const handler = endpoints(
  {
    'GET /oauth/userinfo': info,
    'POST /oauth/userinfo': info,
    'POST /oauth/introspect': introspection,
    'GET /oauth/introspect': onlyPost,
  },
  { ofClient: clientOrigins(services.tables.directory) },
);
