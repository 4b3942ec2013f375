/**
 * The client credentials grant: a client acts for itself. Never a refresh token: the client can come
 * back with its secret.
 *
 * @module
 * @see RFC 6749 §4.4 (the grant), §4.4.3 (no refresh token), RFC 9068 §2.2 (`sub` is the client)
 */
import type { HttpRequest } from '../http/request.ts';
import type { KnownClient } from './client-authentication.ts';
import { openSession, type SessionServices } from './open-session.ts';
import { grantedScope } from './scope.ts';

/** RFC 6749 §5.1; expires_in is seconds; `scope` only where it is not the one asked for. */
export type TokenResponse = {
  access_token: string;
  token_type: 'Bearer';
  expires_in: number;
  scope?: string;
};
export type ClientCredentialsServices = SessionServices & { accessTokenLifetime: number };

export async function clientCredentials(
  services: ClientCredentialsServices,
  { client, domain }: KnownClient,
  { ip, headers }: HttpRequest,
  parameters: ReadonlyMap<string, string>,
): Promise<TokenResponse> {
  const requested = parameters.get('scope');
  const scope = grantedScope(client.scopes, requested);
  const { token, issuedAt, expiresAt } = await openSession(
    services,
    { subject: client, domain },
    {
      kind: 'client_credentials',
      client: client.id,
      lifetime: services.accessTokenLifetime,
      scope,
      ip,
      userAgent: headers['user-agent'],
    },
  );
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: expiresAt - issuedAt,
    ...(scope !== undefined && scope !== requested && { scope }),
  };
}
