/**
 * What a client may be, as a whole: its URIs, how it proves who it is, and which grants go with that.
 *
 * Errors: `invalid_request` naming the field.
 *
 * @module
 * @see RFC 7591 §2 (the members), RFC 9700 §2.1.1 (PKCE for public clients), RFC 6749 §4.4 (client
 *      credentials are for confidential clients only), RFC 7517 §9.3 (no private key leaves its owner)
 */
import { refuseField } from '../../errors.ts';
import type { Client } from '../../store/directory/clients.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import { isScopeToken } from '../../verdict/scope-token.ts';
import { isPageUri } from '../brands/page-uri.ts';
import { isOrigin, isRedirectUri, isServerUri } from './registered-uri.ts';

/** What a client may be registered with. */
export {
  ACCESS_TOKEN_TYPES,
  AUTHENTICATIONS,
  GRANTS,
  ID_TOKEN_ALGORITHMS,
  ID_TOKEN_CLAIMS,
} from '../../store/directory/clients.ts';

/** What an administrator decides of a client, beside its id, name, domain and roles. */
export type ClientSettings = Pick<
  Client,
  | 'authentication'
  | 'jwks'
  | 'jwksUri'
  | 'grants'
  | 'domains'
  | 'redirectUris'
  | 'postLogoutRedirectUris'
  | 'pkce'
  | 'consent'
  | 'idTokenAlgorithm'
  | 'idTokenClaims'
  | 'accessTokenType'
  | 'defaultMaxAge'
  | 'requireAuthTime'
  | 'backchannelLogoutUri'
  | 'allowedOrigins'
  | 'logoUri'
  | 'clientUri'
  | 'policyUri'
  | 'tosUri'
>;

const MAX_KEYS = 10;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const KEY_TYPES = ['RSA', 'EC', 'OKP'];

export function checkClient(client: Client): void {
  const { username, scopes } = client;
  if (!normaliseLoginName(username))
    throw refuseField('name', 'client-name-unusable', 'is empty, too long or not printable');
  if (!scopes.every(isScopeToken))
    throw refuseField('scopes', 'scope-token-malformed', 'holds what is no scope');
  if (client.domains?.length === 0)
    throw refuseField('domains', 'client-domains-missing', 'must name a domain, or *');
  checkUris(client);
  checkShown(client);
  checkKeys(client);
  checkGrants(client);
}

const REDIRECT =
  'must be https, http to loopback, or a scheme such as com.example.app, without fragment, wildcard or user, as browsers spell it';
const SERVER = 'must be https, or http to loopback, without fragment or user, as browsers spell it';

function checkUris(client: Client): void {
  const { redirectUris, postLogoutRedirectUris, allowedOrigins } = client;
  if (!redirectUris.every(isRedirectUri))
    throw refuseField('redirectUris', 'redirect-uri-unusable', REDIRECT);
  if (!postLogoutRedirectUris.every(isRedirectUri))
    throw refuseField('postLogoutRedirectUris', 'redirect-uri-unusable', REDIRECT);
  if (!allowedOrigins.every(isOrigin))
    throw refuseField(
      'allowedOrigins',
      'origin-malformed',
      'must be origins such as https://app.example.com',
    );
  for (const field of ['jwksUri', 'backchannelLogoutUri'] as const)
    if (!isServerUri(client[field] ?? 'https://unset'))
      throw refuseField(field, 'server-uri-unusable', SERVER);
}

const SHOWN = ['logoUri', 'clientUri', 'policyUri', 'tosUri'] as const;

function checkShown(client: Client): void {
  for (const field of SHOWN)
    if (!isPageUri(client[field] ?? 'https://unset'))
      throw refuseField(
        field,
        'page-uri-unusable',
        'must be https, without fragment or user, as browsers spell it',
      );
}

function checkKeys({ authentication, jwks, jwksUri }: Client): void {
  const given = Number(jwks !== undefined) + Number(jwksUri !== undefined);
  const needed = authentication === 'private_key_jwt' ? 1 : 0;
  if (given !== needed)
    throw refuseField(
      'jwks',
      'jwks-misplaced',
      'private_key_jwt needs jwks or jwksUri, one of them; others need none',
    );
  const keys = jwks?.keys ?? [];
  if (jwks && (keys.length === 0 || keys.length > MAX_KEYS))
    throw refuseField('jwks', 'jwks-count', `must hold 1 to ${MAX_KEYS} keys`);
  if (!keys.every((key) => KEY_TYPES.includes(String(key['kty']))))
    throw refuseField('jwks', 'jwks-key-type', 'must hold keys of the kinds RSA, EC and OKP');
  if (keys.some((key) => PRIVATE_MEMBERS.some((member) => Object.hasOwn(key, member))))
    throw refuseField('jwks', 'jwks-private', 'must hold public keys only');
}

function checkGrants({ authentication, grants, redirectUris, pkce }: Client): void {
  if (grants.length === 0) throw refuseField('grants', 'grants-missing', 'must name one at least');
  if (grants.includes('authorization_code') && redirectUris.length === 0)
    throw refuseField(
      'redirectUris',
      'redirect-uris-missing',
      'must name one at least for the grant authorization_code',
    );
  if (grants.includes('refresh_token') && !grants.includes('authorization_code'))
    throw refuseField(
      'grants',
      'refresh-without-code',
      'refresh_token goes with authorization_code',
    );
  if (authentication !== 'none') return;
  if (grants.includes('client_credentials'))
    throw refuseField(
      'grants',
      'client-credentials-public',
      'client_credentials is not for a public client',
    );
  if (pkce !== 'required')
    throw refuseField('pkce', 'pkce-required', 'is required for a public client');
}
