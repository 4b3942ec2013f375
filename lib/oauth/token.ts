/**
 * The token endpoint: who asks, then by which grant.
 *
 * In:     application/x-www-form-urlencoded: grant_type, scope?, and the client's authentication;
 *         whatever else is there, such as response_type, is ignored
 * Errors: `invalid_request`, `invalid_client`, `unsupported_grant_type`, `unauthorized_client`, and
 *         those of the grant
 *
 * @module
 * @see RFC 6749 §3.2 (parameters: once each, empty is omitted, unknown is ignored), §5.2
 */
import { AuthError } from '../errors.ts';
import { form, type HttpRequest } from '../http/request.ts';
import { GRANTS } from '../store/clients.ts';
import type { Table } from '../store/table.ts';
import { requireClient } from './client-authentication.ts';
import {
  type ClientCredentialsServices,
  clientCredentials,
  type TokenResponse,
} from './client-credentials.ts';

export type TokenEndpointServices = ClientCredentialsServices & { directory: Table };

const ISSUERS = { client_credentials: clientCredentials } as const;

export async function issueTokens(
  services: TokenEndpointServices,
  request: HttpRequest,
): Promise<TokenResponse> {
  const parameters = form(request);
  const known = await requireClient(services, request, parameters);
  const asked = parameters.get('grant_type');
  if (asked === undefined) throw new AuthError('invalid_request', 'The grant_type is missing.');
  const grant = GRANTS.find((supported) => supported === asked);
  if (!grant) throw new AuthError('unsupported_grant_type', 'There is no such grant_type here.');
  if (!known.client.grants.includes(grant))
    throw new AuthError('unauthorized_client', 'The client may not use this grant_type.');
  return ISSUERS[grant](services, known, request, parameters);
}
