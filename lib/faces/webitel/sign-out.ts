/**
 * Logs out at the Webitel face: ends the session that both halves of the credential name.
 *
 * In:     X-Access-Token and X-Key; also accepted in the body or query as access_token and x_key
 * Out:    { status: "OK", info: "Successful logout." }
 * Errors: 401 "Bad caller": a half is missing, not valid, of another session, or logged out already
 *
 * @module
 */
import { signOut as end, type SignOutServices } from '../../account/sign-out.ts';
import { type HttpRequest, originOf } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import { readLogout } from './read.ts';
import { badCaller } from './refusals.ts';
import { logoutReply } from './show.ts';

export async function signOut(
  services: SignOutServices,
  request: HttpRequest,
): Promise<HttpResponse> {
  const ended = await end(services, readLogout(request), originOf(request));
  if (ended.status !== 'ok') throw badCaller(ended.reason);
  return logoutReply();
}
