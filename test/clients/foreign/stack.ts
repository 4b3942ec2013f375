/** The running stack over HTTPS, with a client for each judge. */
import { DOMAIN } from '../../../dev/demo-directory.ts';
import { type RunningStack, startStack } from '../../../dev/stack.ts';

const CALLBACK = 'https://app.example.com/callback';
export const SCOPE = 'openid profile email offline_access cdr:r';

/** As a deployment would register it: nothing of it is made for a library. */
const application = (id: string, more: object = {}) => ({
  id,
  name: id,
  secret: `${id}-secret-that-nobody-guesses`,
  domain: DOMAIN,
  roles: [],
  scopes: SCOPE.split(' '),
  redirectUris: [CALLBACK],
  ...more,
});
const CLIENTS = [
  ...['authlib', 'requests-oauthlib', 'pyjwt', 'x-oauth2', 'nimbus', 'express'].map((id) =>
    application(id),
  ),
  application('old-validator', { accessTokenType: 'JWT' }),
];
/** The seeded one, which acts for itself. */
const OWN = { OWN_ID: 'demo-api', OWN_SECRET: 'demo-api-password' };

export type ForeignStack = { issuer: string; api: string; certificate: string };

export async function startForeignStack(): Promise<{ stack: RunningStack; at: ForeignStack }> {
  const stack = await startStack({ https: true, more: { users: [], clients: CLIENTS } });
  const { certificate = '', urls } = stack;
  return { stack, at: { issuer: urls.service, api: urls.http, certificate } };
}

/** What a judge's program is told of where it is, and who. */
export const environmentOf = (id: string, { issuer, api, certificate }: ForeignStack) => ({
  ISSUER: issuer,
  API: api,
  CLIENT_ID: id,
  CLIENT_SECRET: application(id).secret,
  REDIRECT_URI: CALLBACK,
  SCOPE,
  ...OWN,
  // Each in its own way: urllib and httpx, requests, Go, Node.
  SSL_CERT_FILE: certificate,
  REQUESTS_CA_BUNDLE: certificate,
  NODE_EXTRA_CA_CERTS: certificate,
});
