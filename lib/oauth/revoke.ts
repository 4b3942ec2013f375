/**
 * Revocation: a client gives up a token that was issued to it, and with it the session.
 *
 * In:     application/x-www-form-urlencoded: token, token_type_hint? (never changes the result), and
 *         the client's authentication as at the token endpoint
 * Errors: `invalid_request` without a token, or for one of another client, which stays as it is;
 *         `unsupported_token_type` for an API key, which only an administrator switches off.
 *         A token that is unknown, expired or revoked already is as the client wants it: no error
 *
 * @module
 * @see RFC 7009 §2.1 (authentication, the token's own client), §2.2 (invalid tokens are no error)
 */
import { looksLikeApiKey } from '../access/api-key.ts';
import { AuthError } from '../errors.ts';
import { form, type HttpRequest } from '../http/request.ts';
import { endSession, isStanding, readSession } from '../store/sessions.ts';
import { requireClient } from './client-authentication.ts';
import type { GuardServices } from './guard.ts';
import { provePresented } from './present.ts';

export async function revokeToken(
  { tables, tokens }: GuardServices,
  request: HttpRequest,
): Promise<void> {
  const parameters = form(request);
  const { directory, sessions } = tables;
  const { client } = await requireClient({ directory, now: tokens.now }, request, parameters);
  const token = parameters.get('token');
  if (token === undefined) throw new AuthError('invalid_request', 'The token is missing.');
  if (looksLikeApiKey(token))
    throw new AuthError('unsupported_token_type', 'An API key cannot be revoked here.');

  const proven = await provePresented(tokens, { token, pair: false });
  if (proven.status === 'invalid') return;
  const session = await readSession(sessions, proven.name);
  if (!session) return;
  // A session never changes hands, so what was read still holds when it is deleted.
  if (session.client !== client.id || isStanding(session))
    throw new AuthError('invalid_request', 'The token was not issued to this client.');
  await endSession(sessions, proven.name, tokens.now());
}
