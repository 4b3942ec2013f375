/**
 * Ends sessions; from the answer on, every call with them is refused.
 *
 * POST /logout (Webitel): the session that both halves of the credential name
 * In:     X-Access-Token and X-Key; also accepted in the body or query as access_token and x_key
 * Out:    200 { status: "OK", info: "Successful logout." }
 * Errors: 401 "Bad caller": a half is missing, not valid, of another session, or logged out already
 *
 * POST /oauth/revoke (RFC 7009): the session of an access or refresh token that was issued to the client,
 *         or of a token that one of the dialects issued
 * In:     form: token, token_type_hint?; the client authenticates as at the token endpoint
 * Out:    200 and nothing else, also for a token that is not valid
 * Errors: { error, error_description }: 401 invalid_client, 400 as in lib/oauth/logout/revoke.ts
 *
 * @module
 */
import { composeInspection } from '../lib/compose/clients.ts';
import { composeOrigins } from '../lib/compose/origins.ts';
import * as webitel from '../lib/faces/webitel/sign-in.ts';
import { provePresented } from '../lib/guard/prove.ts';
import { endpoints, plainError } from '../lib/http/endpoint.ts';
import { onlyPost } from '../lib/http/only-post.ts';
import type { HttpRequest } from '../lib/http/request.ts';
import { empty } from '../lib/http/response.ts';
import { clientOrigins } from '../lib/oauth/clients/origins.ts';
import { revokeToken } from '../lib/oauth/logout/revoke.ts';
import { endSession } from '../lib/store/sessions/sessions.ts';

const services = composeInspection();
const { tables, tokens } = services;

async function logout(request: HttpRequest) {
  const proven = await provePresented(tokens, webitel.readLogout(request));
  if (proven.status === 'invalid') throw webitel.badCaller(proven.reason);
  if (!(await endSession(tables.sessions, proven.name, tokens.now())))
    throw webitel.badCaller('the session has ended already');
  return webitel.logoutReply();
}

async function revoke(request: HttpRequest) {
  await revokeToken(services, request);
  return empty(200);
}

export const handler = endpoints(
  {
    'POST /logout': { run: logout, showError: webitel.showError },
    'POST /oauth/revoke': { run: revoke, showError: plainError },
    'GET /oauth/revoke': onlyPost,
  },
  { ...composeOrigins(), ofClient: clientOrigins(tables.directory) },
);
