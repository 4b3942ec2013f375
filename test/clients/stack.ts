/** The running stack over HTTPS, with an application of each kind registered. */
import { readFileSync } from 'node:fs';
import { DOMAIN } from '../../dev/demo-directory.ts';
import { startStack } from '../../dev/stack.ts';
import { sendTo } from '../conformance/provider.ts';
import { openBrowser } from '../support/web/browser.ts';
import { trust } from '../support/web/trust.ts';
import { type PageApplication, servePage } from './pages.ts';

const SCOPES = ['openid', 'profile', 'email', 'offline_access'];
export const AUTH_JS = {
  origin: 'https://app.example.com',
  id: 'auth-js',
  secret: 'auth-js-secret',
};
export type ClientStack = Awaited<ReturnType<typeof startClientStack>>;

export async function startClientStack() {
  const [page, stranger] = [await servePage(), await servePage()];
  const stack = await startStack({ https: true, more: { users: [], clients: clientsAt(page) } });
  // The libraries' own requests go by https, and are not told otherwise.
  const distrust = trust(readFileSync(stack.certificate ?? '', 'utf8'));
  const issuer = stack.urls.service;
  return {
    stack,
    issuer,
    api: stack.urls.http,
    page,
    /** The same page, of an origin that no client has registered. */
    stranger,
    visitor: () => openBrowser({ send: sendTo(issuer) }),
    stop: async () => {
      distrust();
      page.stop();
      stranger.stop();
      await stack.stop();
    },
  };
}

const clientsAt = ({ origin }: PageApplication) => [
  {
    ...common,
    id: 'page-app',
    name: 'Page',
    authentication: 'none' as const,
    redirectUris: [`${origin}/callback`],
    postLogoutRedirectUris: [`${origin}/bye`],
    allowedOrigins: [origin],
  },
  {
    ...common,
    id: AUTH_JS.id,
    name: 'Auth.js',
    secret: AUTH_JS.secret,
    idTokenClaims: 'scope' as const,
    redirectUris: [`${AUTH_JS.origin}/auth/callback/latchkey`],
  },
];
const common = { domain: DOMAIN, roles: [], scopes: SCOPES };
