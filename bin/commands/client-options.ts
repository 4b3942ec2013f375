/**
 * What can be said of an OAuth client on the command line, and what the admin API calls it.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { type Given, numberOption, type Options } from './command.ts';
import { Failure, Misuse } from './failure.ts';

export const CLIENT_OPTIONS = {
  name: { type: 'string' },
  role: { type: 'string', multiple: true },
  scope: { type: 'string', multiple: true },
  grant: { type: 'string', multiple: true },
  admit: { type: 'string', multiple: true },
  public: { type: 'boolean' },
  jwks: { type: 'string' },
  'jwks-uri': { type: 'string' },
  'redirect-uri': { type: 'string', multiple: true },
  'post-logout-redirect-uri': { type: 'string', multiple: true },
  'allowed-origin': { type: 'string', multiple: true },
  'backchannel-logout-uri': { type: 'string' },
  pkce: { type: 'string' },
  consent: { type: 'string' },
  'id-token-algorithm': { type: 'string' },
  'id-token-claims': { type: 'string' },
  'access-token-type': { type: 'string' },
  'default-max-age': { type: 'string' },
  'logo-uri': { type: 'string' },
  'client-uri': { type: 'string' },
  'policy-uri': { type: 'string' },
  'tos-uri': { type: 'string' },
} as const satisfies Options;

export const CLIENT_USAGE = [
  '[--name NAME] [--role NAME ...] [--scope NAME ...] [--grant GRANT ...] [--admit DOMAIN ...]',
  '[--public | --jwks FILE | --jwks-uri URL] [--redirect-uri URI ...]',
  '[--post-logout-redirect-uri URI ...] [--allowed-origin ORIGIN ...]',
  '[--backchannel-logout-uri URL] [--pkce required|optional] [--consent ask|never]',
  '[--id-token-algorithm RS256|ES256] [--id-token-claims named|scope]',
  '[--access-token-type at+jwt|JWT] [--default-max-age SECONDS]',
  '[--logo-uri URL] [--client-uri URL] [--policy-uri URL] [--tos-uri URL]',
].join(' ');

/** Without what was not said. */
export const clientOf = (given: Given<typeof CLIENT_OPTIONS>) => ({
  name: given.name,
  roles: given.role,
  scopes: given.scope,
  grants: given.grant,
  domains: given.admit,
  ...authenticationOf(given),
  redirectUris: given['redirect-uri'],
  postLogoutRedirectUris: given['post-logout-redirect-uri'],
  allowedOrigins: given['allowed-origin'],
  backchannelLogoutUri: given['backchannel-logout-uri'],
  pkce: given.pkce,
  consent: given.consent,
  idTokenAlgorithm: given['id-token-algorithm'],
  idTokenClaims: given['id-token-claims'],
  accessTokenType: given['access-token-type'],
  defaultMaxAge: numberOption(given['default-max-age'], 'default-max-age'),
  logoUri: shownUri(given['logo-uri']),
  clientUri: shownUri(given['client-uri']),
  policyUri: shownUri(given['policy-uri']),
  tosUri: shownUri(given['tos-uri']),
});

/** An empty one takes it away. */
const shownUri = (uri: string | undefined) => (uri === '' ? null : uri);

function authenticationOf(given: Given<typeof CLIENT_OPTIONS>): object {
  const { public: isPublic, jwks: file, 'jwks-uri': jwksUri } = given;
  if ([isPublic, file, jwksUri].filter(Boolean).length > 1)
    throw new Misuse('--public, --jwks and --jwks-uri are three ways: choose one');
  if (isPublic) return { authentication: 'none' };
  if (jwksUri !== undefined) return { authentication: 'private_key_jwt', jwksUri };
  return file === undefined ? {} : { authentication: 'private_key_jwt', jwks: readKeys(file) };
}

/** What a change to another way of authentication takes away. */
export function replacedBy(given: Given<typeof CLIENT_OPTIONS>): object {
  if (given.public) return { jwks: null, jwksUri: null };
  if (given.jwks !== undefined) return { jwksUri: null };
  return given['jwks-uri'] === undefined ? {} : { jwks: null };
}

function readKeys(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file === '-' ? 0 : file, 'utf8'));
  } catch {
    throw new Failure(`${file} cannot be read as JSON`);
  }
}
