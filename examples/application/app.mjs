/**
 * An application whose users sign in with Latchkey: discovery, code with PKCE, userinfo, a call to a
 * protected API in the user's name, refresh, logout. It knows nothing of Latchkey but the issuer and
 * its own registration; `openid-client` does the rest.
 *
 *   node examples/application/app.mjs      beside `npm start`, then http://127.0.0.1:9999
 *
 * Settings: ISSUER, CLIENT_ID, CLIENT_SECRET, API (a protected API), APP_PORT; the defaults are the local
 *           stack's. Sessions are in memory: a real application keeps them in its own store.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import * as oidc from 'openid-client';

const {
  ISSUER = 'http://127.0.0.1:3000',
  CLIENT_ID = 'demo-web',
  CLIENT_SECRET = 'demo-web-secret',
  API = 'http://127.0.0.1:3001/cdr',
  APP_PORT = '9999',
} = process.env;
const ORIGIN = `http://127.0.0.1:${APP_PORT}`;
const REDIRECT_URI = `${ORIGIN}/callback`;

const local = new URL(ISSUER).protocol === 'http:';
const config = await oidc
  .discovery(new URL(ISSUER), CLIENT_ID, CLIENT_SECRET, undefined, {
    execute: local ? [oidc.allowInsecureRequests] : [],
  })
  .catch(({ message, cause }) => {
    console.error(`${ISSUER} does not answer (${cause?.code ?? message}): ISSUER names another`);
    process.exit(1);
  });

/** By the value of our cookie: what a sign-in under way has to prove, then the user's tokens. */
const sessions = new Map();

const PAGES = {
  async '/'({ session }) {
    if (!session?.tokens) return page('<a href="/login">Sign in</a>');
    const { access_token, claims } = session.tokens;
    const user = await oidc.fetchUserInfo(config, access_token, claims().sub);
    return page(`Signed in as ${escaped(user.preferred_username ?? user.sub)}.
      <a href="/call">Call the API</a> <a href="/refresh">Refresh</a> <a href="/logout">Sign out</a>`);
  },

  async '/login'() {
    const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
    const checks = { pkceCodeVerifier, expectedState: oidc.randomState() };
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT_URI,
      // What it is told of the user, and what it may do in the user's name.
      scope: 'openid profile offline_access cdr:r',
      state: checks.expectedState,
      code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    return { location: url.href, session: { checks } };
  },

  async '/callback'({ url, session }) {
    const tokens = await oidc.authorizationCodeGrant(config, url, session?.checks ?? {});
    // Another cookie than before the sign-in, so that nobody can have planted it.
    return { location: '/', session: { tokens } };
  },

  async '/call'({ session }) {
    const authorization = `Bearer ${session?.tokens?.access_token}`;
    const answer = await fetch(API, { headers: { authorization } });
    return page(`<pre>${answer.status} ${escaped(await answer.text())}</pre><a href="/">Back</a>`);
  },

  async '/refresh'({ session }) {
    const { tokens } = session ?? {};
    if (!tokens) return { location: '/' };
    const fresh = await oidc.refreshTokenGrant(config, tokens.refresh_token);
    // A confidential client keeps its refresh token; a public one gets another each time.
    fresh.refresh_token ??= tokens.refresh_token;
    return { location: '/', session: { tokens: fresh } };
  },

  async '/logout'({ session }) {
    const url = oidc.buildEndSessionUrl(config, {
      ...(session?.tokens && { id_token_hint: session.tokens.id_token }),
      post_logout_redirect_uri: `${ORIGIN}/bye`,
    });
    return { location: url.href, session: {} };
  },

  '/bye': async () => page('Signed out. <a href="/">Home</a>'),
};

const page = (body) => ({ body: `<!doctype html><meta charset="utf-8"><title>App</title>${body}` });
const escaped = (text) => text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);

const server = createServer(async (request, response) => {
  const url = new URL(request.url, ORIGIN);
  const id = /(?:^|; )app=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
  try {
    const show = PAGES[url.pathname];
    if (!show) return response.writeHead(404).end();
    const { body, location, session } = await show({ url, session: sessions.get(id) });
    if (session) {
      sessions.delete(id);
      const next = randomUUID();
      sessions.set(next, session);
      response.setHeader('set-cookie', `app=${next}; HttpOnly; SameSite=Lax; Path=/`);
    }
    if (location) return response.writeHead(303, { location }).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(body);
  } catch (error) {
    // Of a refusal its code is enough: `access_denied`, `invalid_grant`. Then the user signs in again.
    sessions.delete(id);
    const { error: code = error.name } = error;
    response.writeHead(400, { 'content-type': 'text/html; charset=utf-8' });
    response.end(page(`${escaped(code)}. <a href="/login">Sign in again</a>`).body);
  }
});
server.listen(Number(APP_PORT), '127.0.0.1', () => console.log(`ready ${ORIGIN}`));
