/** Tokens for programs that only verify them: of a user who has signed in at this client. */
import { randomBytes } from 'node:crypto';
import * as oidc from 'openid-client';
import { callbackOf, sendTo } from '../../conformance/provider.ts';
import { openBrowser } from '../../support/web/browser.ts';
import { environmentOf, type ForeignStack, SCOPE } from './stack.ts';

export async function tokensFor(id: string, at: ForeignStack) {
  const { CLIENT_SECRET, REDIRECT_URI } = environmentOf(id, at);
  const config = await oidc.discovery(new URL(at.issuer), id, CLIENT_SECRET);
  const pkceCodeVerifier = randomBytes(32).toString('base64url');
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope: SCOPE,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const callback = await callbackOf(openBrowser({ send: sendTo(at.issuer) }), url);
  const tokens = await oidc.authorizationCodeGrant(config, callback, { pkceCodeVerifier });
  return { ACCESS_TOKEN: tokens.access_token, ID_TOKEN: tokens.id_token ?? '' };
}
