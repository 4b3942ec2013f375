/**
 * Metadata of the authorization server and OpenID provider: only what works.
 *
 * @module
 * @see RFC 8414 §2, OpenID Connect Discovery §3, RP-Initiated Logout §2.1, Back-Channel Logout §2.1, RFC
 *      9207 §3 (iss in every answer)
 */
import { FOREIGN_ALGORITHMS } from '../../crypto.ts';
import { GRANTS, ID_TOKEN_ALGORITHMS } from '../../store/directory/clients.ts';
import { AUTHENTICATION_METHODS, PROVING_METHODS } from '../clients/methods.ts';
import { CONTEXTS } from '../request/authentication-context.ts';
import { RESPONSE_MODES } from '../request/response-mode.ts';
import { RESPONSE_TYPES } from '../request/response-type.ts';
import { SCOPE_CLAIMS, USER_SCOPES } from '../scopes/of-user.ts';

/** Of an ID token, beside those of the user. */
const TOKEN_CLAIMS = ['iss', 'sub', 'aud', 'exp', 'iat', 'auth_time', 'nonce', 'acr', 'amr', 'sid'];
/** Of the pages on which users sign in. */
const LOCALES = ['en', 'cs'];

export const serverMetadata = (issuer: string): object => ({
  issuer,
  jwks_uri: `${issuer}/.well-known/jwks.json`,
  ...endpoints(issuer),
  scopes_supported: USER_SCOPES,
  response_types_supported: RESPONSE_TYPES,
  response_modes_supported: RESPONSE_MODES,
  grant_types_supported: GRANTS,
  code_challenge_methods_supported: ['S256'],
  authorization_response_iss_parameter_supported: true,
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ID_TOKEN_ALGORITHMS,
  acr_values_supported: CONTEXTS,
  claim_types_supported: ['normal'],
  claims_supported: [...TOKEN_CLAIMS, ...Object.values(SCOPE_CLAIMS).flat()],
  claims_parameter_supported: true,
  ui_locales_supported: LOCALES,
  // Spelt out, since request_uri would be supported if nothing were said.
  request_parameter_supported: false,
  request_uri_parameter_supported: false,
  backchannel_logout_supported: true,
  backchannel_logout_session_supported: true,
});

const endpoints = (issuer: string) => ({
  authorization_endpoint: `${issuer}/oauth/authorize`,
  token_endpoint: `${issuer}/oauth/token`,
  ...methodsOf('token_endpoint', AUTHENTICATION_METHODS),
  userinfo_endpoint: `${issuer}/oauth/userinfo`,
  introspection_endpoint: `${issuer}/oauth/introspect`,
  ...methodsOf('introspection_endpoint', PROVING_METHODS),
  revocation_endpoint: `${issuer}/oauth/revoke`,
  ...methodsOf('revocation_endpoint', AUTHENTICATION_METHODS),
  end_session_endpoint: `${issuer}/session/end`,
});

const methodsOf = (endpoint: string, methods: readonly string[]) => ({
  [`${endpoint}_auth_methods_supported`]: methods,
  [`${endpoint}_auth_signing_alg_values_supported`]: FOREIGN_ALGORITHMS,
});
