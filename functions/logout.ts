/**
 * POST /logout (Webitel): ends the session that both halves of the credential name.
 *
 * In:     X-Access-Token and X-Key; also accepted in the body or query as access_token and x_key
 * Out:    200 { status: "OK", info: "Successful logout." }; from then on every call is refused
 * Errors: 401 "Bad caller": a half is missing, not valid, of another session, or logged out already
 *
 * @module
 */
import { composeVerifier } from '../lib/compose.ts';
import * as webitel from '../lib/dialects/webitel.ts';
import { endpoints } from '../lib/http/endpoint.ts';
import type { HttpRequest } from '../lib/http/request.ts';
import { provePresented } from '../lib/oauth/present.ts';
import { endSession } from '../lib/store/sessions.ts';

const { tables, tokens } = composeVerifier();

async function logout(request: HttpRequest) {
  const proven = await provePresented(tokens, webitel.readLogout(request));
  if (proven.status === 'invalid') throw webitel.badCaller(proven.reason);
  if (!(await endSession(tables.sessions, proven.name, tokens.now())))
    throw webitel.badCaller('the session has ended already');
  return webitel.logoutReply();
}

export const handler = endpoints({
  'POST /logout': { run: logout, showError: webitel.showError },
});
