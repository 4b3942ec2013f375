/**
 * The OAuth clients of the local stack: one for itself, two web applications and one page in a browser.
 * Their secrets are known to everybody; anywhere else a secret is generated.
 *
 * @module
 */
import type { ClientRegistration } from '../lib/manage/clients/register.ts';
import { USER_SCOPES } from '../lib/oauth/scopes/of-user.ts';

export type SeededClient = ClientRegistration & { secret?: string | undefined };

const CALLBACK = 'http://127.0.0.1:9999/callback';
const HOME = 'http://127.0.0.1:9999';
/** Nothing of the administration, and nothing of what is not named. */
const APIS = ['cdr:*', 'cdr/files:*', 'book:*', 'api/v1/Sessions:r'];
const web = {
  roles: [],
  scopes: [...USER_SCOPES, ...APIS],
  postLogoutRedirectUris: [`${HOME}/bye`],
};

export const demoClients = (domain: string): SeededClient[] => [
  {
    // The API username and password of the Mluvii dialect.
    id: 'demo-api',
    name: 'Demo API',
    secret: 'demo-api-password',
    domain,
    roles: ['api'],
    scopes: ['mluviiPublicApi', 'api/v1/Sessions:r'],
  },
  ...['demo-web', 'demo-web-2'].map((id) => ({
    ...web,
    id,
    name: `Demo ${id.endsWith('2') ? 'second web application' : 'web application'}`,
    secret: `${id}-secret`,
    domain,
    redirectUris: [CALLBACK, CALLBACK.replace('http:', 'https:')],
    pkce: 'optional' as const,
  })),
  {
    ...web,
    id: 'demo-spa',
    name: 'Demo page',
    authentication: 'none',
    domain,
    redirectUris: [CALLBACK],
    allowedOrigins: [HOME],
  },
];
