/** The OAuth endpoints that programs call, and what is public. */
import { basic, form } from '../../support/actors/clients.ts';
import { type Kept, keepAs, kept, type Try } from '../tries.ts';
import { CALLBACK } from './pages.ts';

const API = basic('demo-api:demo-api-password');
const WEB = basic('demo-web:demo-web-secret');
const STRANGER = basic('demo-api:wrong');
const bearer = (known: Kept) => ({ authorization: `Bearer ${kept(known, 'access')}` });
const forbidden = { authorization: 'Bearer none' };
export const TOKEN: readonly Try[] = [
  {
    route: 'POST /oauth/token',
    good: {
      status: 200,
      call: (k) =>
        form(
          { grant_type: 'authorization_code', code: kept(k, 'code'), redirect_uri: CALLBACK },
          WEB,
        ),
      keep: (answer, known) => {
        keepAs('access', 'access_token')(answer, known);
        keepAs('id token', 'id_token')(answer, known);
      },
    },
    bad: { status: 401, call: () => form({ grant_type: 'client_credentials' }, STRANGER) },
  },
  {
    route: 'POST /login/connect/token',
    good: { status: 200, call: () => form({ grant_type: 'client_credentials' }, API) },
    bad: { status: 400, call: () => form({ grant_type: 'password' }, API) },
  },
];

export const INSPECT: readonly Try[] = [
  ...['GET /oauth/userinfo', 'POST /oauth/userinfo'].map((route) => ({
    route,
    good: { status: 200, call: (k: Kept) => ({ headers: bearer(k) }) },
    bad: { status: 401, call: () => ({ headers: forbidden }) },
  })),
  {
    route: 'POST /oauth/introspect',
    good: { status: 200, call: (k) => form({ token: kept(k, 'access') }, WEB) },
    bad: { status: 401, call: (k) => form({ token: kept(k, 'access') }, STRANGER) },
  },
];

export const REVOKE: readonly Try[] = [
  {
    route: 'POST /oauth/revoke',
    good: { status: 200, call: (k) => form({ token: kept(k, 'access') }, WEB) },
    bad: { status: 401, call: (k) => form({ token: kept(k, 'access') }, STRANGER) },
  },
];

export const PUBLIC: readonly Try[] = [
  {
    route: '$default',
    good: { status: 405, call: () => ({ target: '/oauth/token' }) },
    bad: { status: 404, call: () => ({ target: '/nowhere' }) },
  },
  {
    route: 'GET /.well-known/oauth-authorization-server/{issuer+}',
    // The service here has an issuer without a path.
    good: {
      status: 404,
      call: () => ({ target: '/.well-known/oauth-authorization-server/other' }),
    },
  },
  ...['jwks.json', 'oauth-authorization-server', 'openid-configuration'].map((name) => ({
    route: `GET /.well-known/${name}`,
    good: { status: 200 },
  })),
  {
    route: 'GET /openapi.json',
    good: { status: 200 },
  },
  ...['/', '/account/strength.js', '/robots.txt', '/favicon.ico'].map((path) => ({
    route: `GET ${path}`,
    good: { status: 200 },
  })),
  ...['/.well-known/change-password', '/console', '/portal', '/api'].map((path) => ({
    route: `GET ${path}`,
    good: { status: 303 },
  })),
  // Nobody is configured whom to tell.
  { route: 'GET /.well-known/security.txt', good: { status: 404 } },
  {
    route: 'OPTIONS /{proxy+}',
    good: { status: 204, call: () => preflight('/login') },
    bad: { status: 404, call: () => preflight('/oauth/login') },
  },
];

const preflight = (target: string) => ({
  target,
  headers: { origin: 'https://app.example.com', 'access-control-request-method': 'POST' },
});
