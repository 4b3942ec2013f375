/**
 * Userinfo: what the user of an access token is, as far as the client may know it, read now.
 *
 * In:     the access token, in the Authorization header or, by POST, as `access_token` in a form;
 *         in the query it does not count
 * Out:    { sub, … } with the claims of the scopes granted and those asked for by name
 * Errors: `invalid_token` without a live token; `insufficient_scope` without `openid`, or where there
 *         is no user; `invalid_request` for a token in two places
 *
 * @module
 * @see OpenID Connect Core §5.3 (the endpoint), §5.4 (claims of a scope), §5.5 (claims by name), RFC
 *      6750 §2.1, §2.2 (where a token may be)
 */

import { AuthError, refuse } from '../../errors.ts';
import type { GuardServices } from '../../guard/caller.ts';
import { claimOf } from '../../guard/claim.ts';
import { meets } from '../../guard/demands.ts';
import { form, type HttpRequest, mediaType } from '../../http/request.ts';
import { readClient } from '../../store/directory/clients.ts';
import { readUser } from '../../store/directory/users.ts';
import { GRANT, readGrant } from '../../store/sessions/grants.ts';
import { verifyAccessToken } from '../../tokens/access-token.ts';
import { identify } from '../../verdict/judge.ts';
import { claimsOfScopes, mayAskClaim } from '../scopes/of-user.ts';
import { claimsTold } from '../scopes/told.ts';

export async function userinfo(
  { tables, tokens }: GuardServices,
  request: HttpRequest,
): Promise<object> {
  const { keys, place, now } = tokens;
  const verified = await verifyAccessToken(tokenOf(request), place, keys, now());
  if (verified.status === 'invalid') throw invalidToken(verified.reason);
  const claim = claimOf(verified.claims);
  const live = await identify(tables, claim, now());
  if (live.status === 'dead') throw invalidToken(live.reason);
  const { session, subject } = live.caller;
  const scopes = session.scope?.split(' ') ?? [];
  if (!meets(request.route, live.caller))
    throw refuse(
      'insufficient_scope',
      'token-without-openid',
      'The token was not issued for openid.',
    );

  const [user, client, grant] = await Promise.all([
    readUser(tables.directory, subject.id),
    readClient(tables.directory, session.client),
    session.kind === GRANT ? readGrant(tables.sessions, claim.name) : undefined,
  ]);
  if (!user)
    throw refuse('insufficient_scope', 'token-of-no-user', 'The token is not one of a user.');
  const asked = (grant?.claims?.userinfo ?? []).filter((name) =>
    mayAskClaim(client?.scopes ?? [], name),
  );
  return { ...claimsTold(client, user, [...claimsOfScopes(scopes), ...asked]), sub: user.id };
}

const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

function tokenOf(request: HttpRequest): string {
  const { authorization } = request.headers;
  const isForm = mediaType(request) === 'application/x-www-form-urlencoded';
  const sent = request.method === 'POST' && isForm ? form(request).get('access_token') : undefined;
  if (authorization !== undefined && sent !== undefined)
    throw refuse('invalid_request', 'token-repeated', 'The token must be in one place.');
  const token = sent ?? BEARER.exec(authorization ?? '')?.[1];
  if (token === undefined) throw invalidToken('no bearer token');
  return token;
}

const invalidToken = (reason: string) =>
  new AuthError({
    code: 'invalid_token',
    rule: 'token-invalid',
    text: 'The token is not valid.',
    reason,
  });
