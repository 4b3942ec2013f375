/** The same by openid-client, as an application uses it: configured by discovery and nothing else. */
import * as client from 'openid-client';
import { describe, expect, test } from 'vitest';
import { openBrowser } from '../support/web/browser.ts';
import { BYE, CALLBACK, callbackOf, type Provider, USER } from './provider.ts';

export function byOpenidClient(provider: () => Provider): void {
  let shared: ReturnType<Provider['visitor']> | undefined;
  const configured = (id: string, auth: client.ClientAuth | string) =>
    client.discovery(
      provider().issuerUrl,
      id,
      typeof auth === 'string' ? auth : undefined,
      typeof auth === 'string' ? undefined : auth,
      { execute: [client.enableNonRepudiationChecks] },
    );

  async function signIn(
    config: client.Configuration,
    parameters: Record<string, string> = {},
    browser?: ReturnType<Provider['visitor']>,
  ) {
    shared ??= provider().visitor();
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: 'openid email',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      state: expectedState,
      nonce: expectedNonce,
      ...parameters,
    });
    const callback = await callbackOf(browser ?? shared, url);
    const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(config, callback, checks);
    const claims = tokens.claims();
    if (!claims) throw new Error('no ID token');
    return { tokens, claims };
  }

  describe('openid-client', () => {
    test.each<[string, string, () => client.ClientAuth | string]>([
      ['by its defaults', 'demo-web', () => 'demo-web-secret'],
      ['by client_secret_basic', 'demo-web', () => client.ClientSecretBasic('demo-web-secret')],
      [
        'by private_key_jwt',
        'key-app',
        () => client.PrivateKeyJwt({ key: provider().privateKey, kid: 'key-1' }),
      ],
      ['as a public client', 'demo-spa', () => client.None()],
    ])('signs a user in %s, reads userinfo and refreshes', async (_case, id, auth) => {
      const config = await configured(id, auth());
      const { tokens, claims } = await signIn(config);
      expect(await client.fetchUserInfo(config, tokens.access_token, claims.sub)).toEqual({
        sub: claims.sub,
        email: USER.username,
        email_verified: true,
      });
      const next = await client.refreshTokenGrant(config, String(tokens.refresh_token));
      expect(next.claims()).toMatchObject({ sub: claims.sub, aud: id });
      const narrow = await client.refreshTokenGrant(
        config,
        String(next.refresh_token ?? tokens.refresh_token),
        { scope: 'openid' },
      );
      expect(narrow.scope).toBe('openid');
    });

    test('client_credentials', async () => {
      const config = await configured('demo-api', 'demo-api-password');
      const tokens = await client.clientCredentialsGrant(config, { scope: 'mluviiPublicApi' });
      expect(tokens).toMatchObject({ token_type: 'bearer' });
      expect(tokens.refresh_token).toBeUndefined();
    });

    test('introspection and revocation', async () => {
      const config = await configured('demo-web', 'demo-web-secret');
      const { tokens } = await signIn(config);
      expect(await client.tokenIntrospection(config, tokens.access_token)).toMatchObject({
        active: true,
        client_id: 'demo-web',
        iss: provider().issuer,
      });
      await client.tokenRevocation(config, tokens.access_token);
      expect(await client.tokenIntrospection(config, tokens.access_token)).toEqual({
        active: false,
      });
      await expect(
        client.fetchUserInfo(config, tokens.access_token, client.skipSubjectCheck),
      ).rejects.toMatchObject({ status: 401 });
    });

    test('a code is worth nothing to who does not have the verifier', async () => {
      const config = await configured('demo-web', 'demo-web-secret');
      shared ??= provider().visitor();
      const challenge = await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier());
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: CALLBACK,
        scope: 'openid',
        code_challenge: challenge,
        code_challenge_method: 'S256',
      });
      const callback = await callbackOf(shared, url);
      const checks = { pkceCodeVerifier: client.randomPKCECodeVerifier() };
      await expect(client.authorizationCodeGrant(config, callback, checks)).rejects.toMatchObject({
        error: 'invalid_grant',
      });
    });

    test('logs out, with the state back, and its own server is told (Back-Channel Logout §2.5)', async () => {
      const { visitor, told, send } = provider();
      const config = await configured('own-app', 'own-app-secret');
      const browser = visitor();
      const { tokens, claims } = await signIn(config, {}, browser);
      const url = client.buildEndSessionUrl(config, {
        id_token_hint: String(tokens.id_token),
        post_logout_redirect_uri: BYE,
        state: 's'.repeat(128),
      });
      const page = await browser.go(`GET ${url.pathname}${url.search}`);
      const answer = await browser.submit(page, { action: 'yes' });
      expect(answer.headers['location']).toBe(`${BYE}?state=${'s'.repeat(128)}`);

      await expect.poll(() => told.length, { timeout: 15_000 }).toBe(1);
      const form = new URLSearchParams(told[0]);
      expect([...form.keys()]).toEqual(['logout_token']);
      const [, payload = ''] = String(form.get('logout_token')).split('.');
      const logout = JSON.parse(Buffer.from(payload, 'base64url').toString());
      expect(logout).toMatchObject({ sub: claims.sub, sid: claims['sid'], aud: 'own-app' });
      expect(logout).not.toHaveProperty('nonce');

      const silent = client.buildAuthorizationUrl(config, {
        redirect_uri: CALLBACK,
        scope: 'openid',
        prompt: 'none',
        code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
        code_challenge_method: 'S256',
      });
      const again = await callbackOf(browser, silent);
      expect(again.searchParams.get('error')).toBe('login_required');
      await expect(
        client.fetchUserInfo(config, tokens.access_token, claims.sub),
      ).rejects.toMatchObject({ status: 401 });
      expect(openBrowser({ send }).jar.size).toBe(0);
    });
  });
}
