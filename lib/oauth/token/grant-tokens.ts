/**
 * The tokens of a grant that a user gave to a client: an access token, an ID token where the client
 * asked for `openid`, and the refresh token that it is handed.
 *
 * Units: lifetimes are seconds, times epoch seconds.
 *
 * @module
 * @see RFC 6749 §5.1 (the answer), OpenID Connect Core §2 and §3.1.3.3 (the ID token), §5.4 (claims of
 *      the user only where they are asked for by name, or the client is registered for them)
 */

import type { TrailServices } from '../../events/trail.ts';
import { type SigningServices, signAccess } from '../../sign-in/access-token.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { User } from '../../store/directory/users.ts';
import type { Grant } from '../../store/sessions/grants.ts';
import type { SessionName } from '../../store/sessions/sessions.ts';
import { after, between, earlier, type Instant, type Seconds } from '../../time.ts';
import { halfHash, MAX_ID_TOKEN, signIdToken } from '../../tokens/id-token.ts';
import { methodsOf } from '../request/authentication-context.ts';
import { claimsOfScopes, mayAskClaim } from '../scopes/of-user.ts';
import { claimsTold } from '../scopes/told.ts';

/** expires_in is seconds; `scope` is left out only where it is just the one asked for. */
export type TokenResponse = {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  scope?: string;
  refresh_token?: string | undefined;
  id_token?: string;
};
export type GrantServices = SigningServices & {
  trail: TrailServices;
  now: () => Instant;
  accessTokenLifetime: Seconds;
  idTokenLifetime: Seconds;
};
export type TokenGrant = {
  client: Client;
  user: User;
  name: SessionName;
  grant: Grant;
  /** At most the grant's. */
  scope: string;
  /** Of the authorization request; a refresh has none. */
  nonce?: string | undefined;
  refreshToken: string | undefined;
};

export async function grantTokens(
  services: GrantServices,
  granted: TokenGrant,
): Promise<TokenResponse> {
  const { client, user, name, grant, scope, refreshToken } = granted;
  const issuedAt = services.now();
  const expiresAt = earlier(after(issuedAt, services.accessTokenLifetime), grant.expiresAt);
  const access = {
    subject: user,
    key: name.key,
    client: client.id,
    type: client.accessTokenType,
    scope: scope || undefined,
    issuedAt,
    expiresAt,
  };
  const token = await signAccess(services, access);
  const withIdToken = scope.split(' ').includes('openid');
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: between(issuedAt, expiresAt),
    ...(scope && { scope }),
    refresh_token: refreshToken,
    ...(withIdToken && { id_token: await idToken(services, granted, token, issuedAt) }),
  };
}

async function idToken(
  { keyring, place, idTokenLifetime }: GrantServices,
  { client, user, name, grant, scope, nonce }: TokenGrant,
  accessToken: string,
  issuedAt: Instant,
): Promise<string> {
  const ofScope = client.idTokenClaims === 'scope' ? claimsOfScopes(scope.split(' ')) : [];
  const claims = {
    sub: user.id,
    aud: client.id,
    sid: name.key,
    iat: issuedAt,
    exp: issuedAt + idTokenLifetime,
    ...(grant.showAuthTime && { auth_time: grant.authTime }),
    nonce,
    acr: grant.acr,
    amr: methodsOf(grant.acr),
    at_hash: halfHash(accessToken),
  };
  const key = await keyring.signingKey(client.idTokenAlgorithm);
  const sign = (names: readonly string[]) =>
    signIdToken({ ...claimsTold(client, user, names), ...claims }, place, key);
  const asked = [...ofScope, ...(grant.claims?.idToken ?? [])];
  // What was taken off the client's list is told no more, whatever the user agreed to.
  const told = await sign(asked.filter((name) => mayAskClaim(client.scopes, name)));
  // All of the user or nothing: half of it would be taken for the whole.
  return told.length > MAX_ID_TOKEN ? sign([]) : told;
}
