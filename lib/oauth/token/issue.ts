/**
 * The token endpoint: who asks, then by which grant.
 *
 * In:     application/x-www-form-urlencoded: grant_type, what the grant needs, and the client's
 *         authentication; whatever else is there, such as response_type, is ignored
 * Errors: `invalid_request`, `invalid_client`, `unsupported_grant_type`, `unauthorized_client`, and
 *         those of the grant
 *
 * @module
 * @see RFC 6749 §3.2 (parameters: once each, empty is omitted, unknown is ignored), §5.2
 */
import { refuse } from '../../errors.ts';
import { form, type HttpRequest } from '../../http/request.ts';
import type { Metrics } from '../../metrics.ts';
import { GRANTS } from '../../store/directory/clients.ts';
import { requireClient } from '../clients/authenticate.ts';
import { presentedClient } from '../clients/proof.ts';
import { authorizationCode, type CodeServices } from './authorization-code.ts';
import { required } from './call.ts';
import { type ClientCredentialsServices, clientCredentials } from './client-credentials.ts';
import type { TokenResponse } from './grant-tokens.ts';
import { refreshToken } from './refresh-token.ts';

export type TokenEndpointServices = CodeServices & ClientCredentialsServices & { metrics: Metrics };

/** Each reads the client together with what it is about, and lets nobody in whom it has not proven. */
const ISSUERS = {
  client_credentials: clientCredentials,
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
} as const;

export async function issueTokens(
  services: TokenEndpointServices,
  request: HttpRequest,
): Promise<TokenResponse> {
  const parameters = form(request);
  const asked = parameters.get('grant_type');
  const grant = GRANTS.find((supported) => supported === asked);
  if (grant) {
    const presented = presentedClient(request, parameters);
    services.keyring.prepare();
    const issued = await ISSUERS[grant](services, { request, parameters, presented });
    services.metrics.add('Tokens', { grant });
    services.metrics.write();
    return issued;
  }
  await requireClient(services, request, parameters);
  required(parameters, 'grant_type');
  throw refuse(
    'unsupported_grant_type',
    'grant-type-unsupported',
    'There is no such grant_type here.',
  );
}
