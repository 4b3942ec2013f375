/**
 * The client credentials grant: a client acts for itself. Never a refresh token: the client can come
 * back with its secret.
 *
 * @module
 * @see RFC 6749 §4.4 (the grant), §4.4.3 (no refresh token), RFC 9068 §2.2 (`sub` is the client)
 */

import { originOf } from '../../http/request.ts';
import { logNotice } from '../../log.ts';
import { openSession, type SessionServices } from '../../sign-in/open-session.ts';
import type { Seconds } from '../../time.ts';
import { type ClientServices, requireClient } from '../clients/authenticate.ts';
import { grantedScope } from '../scopes/of-client.ts';
import { requireGrantType, type TokenCall } from './call.ts';
import type { TokenResponse } from './grant-tokens.ts';

export type ClientCredentialsServices = ClientServices &
  SessionServices & {
    accessTokenLifetime: Seconds;
    /** Whether each token leaves an event: there may be thousands a minute. */
    machineTokenEvents: boolean;
  };

export async function clientCredentials(
  services: ClientCredentialsServices,
  { request, parameters }: TokenCall,
): Promise<TokenResponse> {
  const { client, domain } = await requireClient(services, request, parameters);
  requireGrantType(client, 'client_credentials');
  const requested = parameters.get('scope');
  const scope = grantedScope({ ...client, impliedAccess: services.impliedAccess }, requested);
  const { token, issuedAt, expiresAt } = await openSession(
    services,
    { subject: client, domain },
    {
      kind: 'client_credentials',
      client: client.id,
      type: client.accessTokenType,
      lifetime: services.accessTokenLifetime,
      scope,
      from: originOf(request),
      how: services.machineTokenEvents ? 'grant' : undefined,
    },
  );
  logNotice('machine_token', { client: client.id, requestId: request.id });
  return {
    access_token: token,
    token_type: 'Bearer',
    expires_in: expiresAt - issuedAt,
    ...(scope !== undefined && scope !== requested && { scope }),
  };
}
