/** Every grant and endpoint by oauth4webapi, which holds each answer against the RFCs. */
import * as oauth from 'oauth4webapi';
import { describe, expect, test } from 'vitest';
import { APP_ORIGIN, CALLBACK, callbackOf, type Provider, visit } from './provider.ts';

const WEB: oauth.Client = { client_id: 'demo-web' };
const basic = oauth.ClientSecretBasic('demo-web-secret');
const SCOPE = 'openid profile email address phone';

export function byOauth4webapi(provider: () => Provider): void {
  let known: oauth.AuthorizationServer | undefined;
  let shared: ReturnType<Provider['visitor']> | undefined;
  const server = async (algorithm: 'oidc' | 'oauth2' = 'oidc') => {
    const { issuerUrl } = provider();
    const response = await oauth.discoveryRequest(issuerUrl, { algorithm });
    return oauth.processDiscoveryResponse(issuerUrl, response);
  };
  const as = async () => {
    known ??= await server();
    return known;
  };

  type Flow = {
    client?: oauth.Client;
    auth?: oauth.ClientAuth;
    parameters?: Record<string, string>;
    browser?: ReturnType<Provider['visitor']>;
  };
  /** The whole journey of a careful client: PKCE, state, nonce, and every check that the library has. */
  async function signIn({ client = WEB, auth = basic, parameters = {}, browser }: Flow = {}) {
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const url = new URL(String((await as()).authorization_endpoint));
    url.search = new URLSearchParams({
      client_id: client.client_id,
      redirect_uri: CALLBACK,
      response_type: 'code',
      scope: SCOPE,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      ...parameters,
    }).toString();
    // One browser for all, which signs in once.
    shared ??= provider().visitor();
    const visitor = browser ?? shared;
    const visited = await visit(visitor, url);
    const sent =
      'callback' in visited ? visited.callback : new URLSearchParams(visited.form.hidden);
    const answer = oauth.validateAuthResponse(await as(), client, sent, state);
    const exchange = () =>
      as().then((it) =>
        oauth.authorizationCodeGrantRequest(it, client, auth, answer, CALLBACK, verifier),
      );
    const response = await exchange();
    const tokens = await oauth.processAuthorizationCodeResponse(await as(), client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
      ...(parameters['max_age'] && { maxAge: Number(parameters['max_age']) }),
    });
    await oauth.validateApplicationLevelSignature(await as(), response);
    const claims = oauth.getValidatedIdTokenClaims(tokens);
    if (!claims) throw new Error('no ID token');
    return { tokens, claims, exchange, browser: visitor, sent };
  }
  const refresh = async (token: string, client = WEB, auth = basic) =>
    oauth.refreshTokenGrantRequest(await as(), client, auth, token);
  const refreshed = async (token: string, client = WEB, auth = basic) =>
    oauth.processRefreshTokenResponse(await as(), client, await refresh(token, client, auth));
  const asApi = async (token: string) => {
    const headers = { authorization: `Bearer ${token}` };
    const request = new Request('http://api.example/', { headers });
    return oauth.validateJwtAccessToken(await as(), request, provider().issuer);
  };

  describe('oauth4webapi', () => {
    test('discovery, by OpenID Connect and by RFC 8414, of one and the same server', async () => {
      expect(await server('oauth2')).toEqual(await server('oidc'));
    });

    test('the authorization code flow: every check on the answer, the tokens and their signature', async () => {
      const { tokens, claims } = await signIn();
      expect(tokens.token_type).toBe('bearer');
      expect(claims.aud).toBe('demo-web');
      const response = await oauth.userInfoRequest(await as(), WEB, tokens.access_token);
      const info = await oauth.processUserInfoResponse(await as(), WEB, claims.sub, response);
      expect(info).toMatchObject({ name: 'Alice Beatrice Clark', email: 'abc@example.com' });
    });

    test('the access token is one that an API verifies by itself (RFC 9068 §4)', async () => {
      const { tokens, claims } = await signIn();
      expect(await asApi(tokens.access_token)).toMatchObject({
        sub: claims.sub,
        client_id: 'demo-web',
        scope: SCOPE,
      });
      await expect(asApi(String(tokens.id_token))).rejects.toThrow();
    });

    test('form_post: the same answer, by POST', async () => {
      const { sent } = await signIn({ parameters: { response_mode: 'form_post' } });
      expect(sent).toBeInstanceOf(URLSearchParams);
    });

    test('max_age: auth_time is in the ID token and recent', async () => {
      const { claims } = await signIn({ parameters: { max_age: '1000' } });
      expect(Date.now() / 1000 - Number(claims.auth_time)).toBeLessThan(120);
    });

    test('client_secret_post', async () => {
      const auth = oauth.ClientSecretPost('demo-web-secret');
      expect((await signIn({ auth })).tokens.access_token).toBeTypeOf('string');
    });

    test('private_key_jwt', async () => {
      const auth = oauth.PrivateKeyJwt({ key: provider().privateKey, kid: 'key-1' });
      const { tokens } = await signIn({ client: { client_id: 'key-app' }, auth });
      expect(tokens.refresh_token).toBeTypeOf('string');
    });

    test('a public client, whose refresh token is a new one at each use', async () => {
      const client = { client_id: 'demo-spa' };
      const { tokens } = await signIn({ client, auth: oauth.None() });
      const first = String(tokens.refresh_token);
      const next = await refreshed(first, client, oauth.None());
      expect(next.refresh_token).not.toBe(first);
      // Two tabs, or an answer that was lost: the same successor again.
      expect((await refreshed(first, client, oauth.None())).refresh_token).toBe(next.refresh_token);
    });

    test('a confidential client keeps its refresh token; the new ID token is of the same sign-in', async () => {
      const { tokens, claims } = await signIn({ parameters: { max_age: '1000' } });
      const next = await refreshed(String(tokens.refresh_token));
      expect([undefined, tokens.refresh_token]).toContain(next.refresh_token);
      const again = oauth.getValidatedIdTokenClaims(next);
      const { iss, sub, aud, auth_time } = claims;
      expect(again).toMatchObject({ iss, sub, aud, auth_time });
    });

    test("another client's refresh token: invalid_grant", async () => {
      const { tokens } = await signIn();
      const [other, auth] = [
        { client_id: 'demo-web-2' },
        oauth.ClientSecretBasic('demo-web-2-secret'),
      ];
      await expect(refreshed(String(tokens.refresh_token), other, auth)).rejects.toMatchObject({
        error: 'invalid_grant',
        status: 400,
      });
      expect((await refreshed(String(tokens.refresh_token))).access_token).toBeTypeOf('string');
    });

    test('a code used twice: invalid_grant, and what it gave is gone', async () => {
      const { tokens, exchange } = await signIn();
      const second = oauth.processAuthorizationCodeResponse(await as(), WEB, await exchange());
      await expect(second).rejects.toMatchObject({ error: 'invalid_grant', status: 400 });
      const response = await oauth.userInfoRequest(await as(), WEB, tokens.access_token);
      expect(response.status).toBe(401);
    });

    test('client_credentials, without refresh and ID token', async () => {
      const [client, auth] = [
        { client_id: 'demo-api' },
        oauth.ClientSecretBasic('demo-api-password'),
      ];
      const request = await oauth.clientCredentialsGrantRequest(await as(), client, auth, {});
      const tokens = await oauth.processClientCredentialsResponse(await as(), client, request);
      expect(tokens).not.toHaveProperty('refresh_token');
      expect(tokens).not.toHaveProperty('id_token');
      expect(await asApi(tokens.access_token)).toMatchObject({
        sub: 'demo-api',
        client_id: 'demo-api',
      });
    });

    test('introspection, then revocation, of access tokens and of refresh tokens', async () => {
      for (const kind of ['access_token', 'refresh_token'] as const) {
        const { tokens } = await signIn();
        const token = String(tokens[kind]);
        const introspect = async () => {
          const sent = await oauth.introspectionRequest(await as(), WEB, basic, token);
          return oauth.processIntrospectionResponse(await as(), WEB, sent);
        };
        expect(await introspect()).toMatchObject({ active: true, client_id: 'demo-web' });
        const sent = await oauth.revocationRequest(await as(), WEB, basic, token);
        await oauth.processRevocationResponse(sent);
        expect(await introspect()).toEqual({ active: false });
      }
    });

    test('a wrong secret: 401 with a challenge that the library reads', async () => {
      const wrong = oauth.ClientSecretBasic('wrong');
      const response = await oauth.refreshTokenGrantRequest(await as(), WEB, wrong, 'x');
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic realm="/);
      expect(response.status).toBe(401);
    });

    test('prompt=none without a session: login_required, with state and iss (RFC 9207 §2)', async () => {
      const url = new URL(String((await as()).authorization_endpoint));
      const parameters = { client_id: 'demo-web', redirect_uri: CALLBACK, response_type: 'code' };
      const query = { ...parameters, scope: 'openid', prompt: 'none', state: 's'.repeat(128) };
      url.search = new URLSearchParams(query).toString();
      const callback = await callbackOf(provider().visitor(), url);
      expect(callback.searchParams.get('iss')).toBe(provider().issuer);
      const { issuer: _, ...rest } = await as();
      expect(rest.authorization_response_iss_parameter_supported).toBe(true);
      await expect(async () =>
        oauth.validateAuthResponse(await as(), WEB, callback, query.state),
      ).rejects.toMatchObject({ error: 'login_required' });
    });

    test("a page in a browser reads its client's answers, and another page does not", async () => {
      const { send } = provider();
      const body = 'grant_type=refresh_token&client_id=demo-spa&refresh_token=x';
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const from = async (origin: string) => {
        const { headers } = await send('POST /oauth/token', { headers: { ...type, origin }, body });
        return headers['access-control-allow-origin'];
      };
      expect(await from(APP_ORIGIN)).toBe(APP_ORIGIN);
      expect(await from('http://127.0.0.1:9998')).toBeUndefined();
    });

    test.each<[string, number, string | undefined]>([
      ['/oauth/token', 204, '*'],
      ['/oauth/userinfo', 204, '*'],
      ['/.well-known/jwks.json', 204, '*'],
      ['/admin/api/users', 204, '*'],
      ['/oauth/authorize', 404, undefined],
      ['/oauth/login', 404, undefined],
      ['/session/end', 404, undefined],
    ])('a preflight of %s: %i, for %s', async (path, status, allowed) => {
      const headers = { origin: APP_ORIGIN, 'access-control-request-method': 'POST' };
      const answer = await provider().send(`OPTIONS ${path}`, { headers });
      expect(answer.status).toBe(status);
      expect(answer.headers['access-control-allow-origin']).toBe(allowed);
    });
  });
}
