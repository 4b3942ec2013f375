/**
 * The refresh token grant: new tokens for as long as the grant, its user and its browser's session
 * live, and its client's registration, read anew like every verdict.
 *
 * A public client's token is exchanged at every use, since nobody proves that it is theirs; a
 * confidential client keeps its own.
 *
 * In:     refresh_token, scope? (at most the grant's, and what the client is registered for by now)
 * Errors: `invalid_grant`, always with the same words; `invalid_scope` for more than was granted. A
 *         call that is refused exchanges nothing, but one with a token that was exchanged before, long
 *         enough ago, ends the grant.
 *
 * It costs one read, and one conditional write where the token is exchanged.
 *
 * @module
 * @see RFC 6749 §6, RFC 9700 §4.14.2, OpenID Connect Core §12
 */

import { goOnUntold } from '../../events/go-on.ts';
import { sessionReused } from '../../events/kinds/session.ts';
import { clientAlone, trailOf } from '../../events/trail.ts';
import { type HttpRequest, originOf } from '../../http/request.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { User } from '../../store/directory/users.ts';
import { domainIn, type GrantReads, readGrantStanding } from '../../store/reads/grant.ts';
import { type Grant, readGrant, rotateRefresh } from '../../store/sessions/grants.ts';
import { endGrant } from '../../store/sessions/participants.ts';
import { admits } from '../../verdict/admitted.ts';
import { causeOfDeath, endOf } from '../../verdict/dead.ts';
import { NOT_ADMITTED } from '../../verdict/granted-client.ts';
import { admit, type ClientServices, requireClient } from '../clients/authenticate.ts';
import { narrowerScope } from '../scopes/narrower.ts';
import { required, requireGrantType, type TokenCall } from './call.ts';
import { type GrantServices, grantTokens, type TokenResponse } from './grant-tokens.ts';
import { invalidGrant } from './invalid-grant.ts';
import { refreshStateOf, rotated } from './refresh-rotation.ts';
import { formatRefreshToken, parseRefreshToken, type RefreshToken } from './refresh-text.ts';

export type RefreshServices = ClientServices & GrantServices;

export async function refreshToken(
  services: RefreshServices,
  call: TokenCall,
): Promise<TokenResponse> {
  const { presented, parameters, request } = call;
  const token = parseRefreshToken(parameters.get('refresh_token') ?? '');
  if (!token) {
    const { client } = await requireClient(services, request, parameters);
    requireGrantType(client, 'refresh_token');
    required(parameters, 'refresh_token');
    throw invalidGrant('not a refresh token of ours');
  }
  const read = await readGrantStanding(services, { ...token, client: presented.id });
  const { client } = await admit(services, presented, read);
  requireGrantType(client, 'refresh_token');
  const { grant, user } = await requireLive(services, read, client);
  const ceiling = { ...client, impliedAccess: services.impliedAccess };
  const scope = narrowerScope(ceiling, grant.scope, parameters.get('scope'));
  const secret = await exchanged(services, request, { client, grant, token });
  const next = formatRefreshToken({ ...token, domain: user.domain, secret });
  const { name } = token;
  return grantTokens(services, { client, user, name, grant, scope, refreshToken: next });
}

async function requireLive(
  { directory, now }: ClientServices,
  { grant, parent, user, domains }: GrantReads,
  client: Client,
): Promise<{ grant: Grant; user: User }> {
  const end = endOf(grant, parent, now());
  if (!grant || end) throw invalidGrant(end ?? 'the session has ended');
  if (grant.client !== client.id) throw invalidGrant("another client's refresh token");
  if (grant.clientGeneration !== client.generation) throw invalidGrant('the client was signed out');
  if (!user) throw invalidGrant('the user is gone');
  const domain = await domainIn(directory, domains, user.domain);
  const cause = causeOfDeath(grant, user, domain, now());
  if (cause) throw invalidGrant(cause);
  if (!admits(client, user)) throw invalidGrant(NOT_ADMITTED);
  return { grant, user };
}

/** @returns The secret that the client goes on with. */
async function exchanged(
  services: RefreshServices,
  request: HttpRequest,
  { client, grant, token }: { client: Client; grant: Grant; token: RefreshToken },
): Promise<string> {
  const { sessions, now } = services;
  const { name, secret } = token;
  if (!grant.refresh) throw invalidGrant('a grant without refresh token');
  const state = refreshStateOf(grant.refresh, token, now());
  if (state.status === 'foreign') throw invalidGrant('not a token of this grant');
  if (state.status === 'repeated') return state.successor;
  if (state.status === 'reused') {
    await endReused(services, request, { client, token });
    throw invalidGrant('a token that was exchanged before: the grant is ended');
  }
  if (client.authentication !== 'none') return secret;

  const { refresh, successor } = rotated(grant.refresh, secret, now());
  const terms = { from: grant.refresh.current, to: refresh, now: now() };
  if (await rotateRefresh(sessions, name, terms)) return successor;
  // Another call was first: what it made of the token decides.
  const fresh = await readGrant(sessions, name);
  if (!fresh?.refresh || fresh.refresh.current === grant.refresh.current)
    throw invalidGrant('the session has ended');
  return exchanged(services, request, { client, grant: fresh, token });
}

/** Two have the family, and one of them is a thief. */
async function endReused(
  { sessions, now, trail }: RefreshServices,
  request: HttpRequest,
  { client, token: { name, domain } }: { client: Client; token: RefreshToken },
): Promise<void> {
  const told = sessionReused({ name, domain }, { what: 'refresh_token', client: client.id });
  const events = trailOf(trail, clientAlone(client), originOf(request))(told);
  const loss = { ...trail, what: 'sign-out' } as const;
  await goOnUntold(events, loss, (also) => endGrant(sessions, name, now(), also));
}
