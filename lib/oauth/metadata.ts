/**
 * Authorization server metadata: only what works today.
 *
 * @module
 * @see RFC 8414 §2; `response_types_supported` is required, and there is no authorization endpoint yet
 */
import { GRANTS } from '../store/clients.ts';
import { AUTHENTICATION_METHODS } from './client-authentication.ts';

export const serverMetadata = (issuer: string): object => ({
  issuer,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  response_types_supported: [],
  grant_types_supported: GRANTS,
  token_endpoint: `${issuer}/oauth/token`,
  token_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
  revocation_endpoint: `${issuer}/oauth/revoke`,
  revocation_endpoint_auth_methods_supported: AUTHENTICATION_METHODS,
});
