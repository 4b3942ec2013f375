/**
 * What each route of ours demands of each kind of credential: the one list that every guard reads.
 * `HEAD` is in the row of `GET`. A route that is not in it refuses everybody. `test/guard/demands.test.ts`
 * holds it to serverless.yml, and calls every route with every kind.
 *
 * @module
 */
import { BROWSER } from '../store/sessions/browser-sessions.ts';
import { isScoped, isStanding } from '../store/sessions/sessions.ts';
import type { Caller } from '../verdict/judge.ts';
import {
  ABOUT_ITSELF,
  BY_ROLE,
  type Demand,
  ENDED,
  FORM,
  IN_PERSON,
  ITSELF,
  type Kind,
  LETTER,
  OF_CLIENTS,
  OF_ITSELF,
  OF_PERSONS,
  OPEN,
  PAGE,
  PERSONAL,
  REFUSED,
  type Row,
} from './demand.ts';

export { KINDS, type Kind } from './demand.ts';

/** As in serverless.yml. */
export const DEMANDS: Readonly<Record<string, Row>> = {
  'POST /login': OPEN,
  'POST /user/auth': OPEN,
  'POST /api/v1/authenticate': OPEN,

  'GET /oauth/authorize': PAGE,
  'POST /oauth/authorize': PAGE,
  'GET /oauth/login': PAGE,
  'POST /oauth/login': FORM,
  'POST /oauth/choose': FORM,
  'POST /oauth/consent': FORM,
  'GET /session/end': PAGE,
  'POST /session/end': PAGE,
  'POST /session/end/confirm': FORM,

  'POST /oauth/token': OF_CLIENTS,
  'POST /login/connect/token': OF_CLIENTS,
  'POST /oauth/introspect': OF_CLIENTS,
  'POST /oauth/revoke': OF_CLIENTS,

  'GET /oauth/userinfo': { ...REFUSED, grant: 'openid' },
  'POST /oauth/userinfo': { ...REFUSED, grant: 'openid' },

  'POST /user': BY_ROLE,
  'GET /user': { ...PERSONAL, cookie: 'page' },
  'POST /user/change-password': PERSONAL,
  'POST /user/reset-password': LETTER,
  'POST /user/forgot-password': OPEN,
  'POST /user/forgot-password/reset': OPEN,
  'GET /users': LETTER,
  'GET /users/count': LETTER,
  'GET /users/{id}': LETTER,
  'PUT /users/{id}': LETTER,
  'DELETE /users/{id}': LETTER,
  'GET /users/{id}/delete-status/{ticket}': LETTER,
  'GET /api/v1/authenticate/user': { ...PERSONAL, cookie: 'page' },
  'GET /api/v1/helpdesk/api_key': LETTER,
  'POST /api/v1/helpdesk/api_key': LETTER,

  'POST /logout': ENDED,

  'POST /api/v2/domains/{name}/settings/token': LETTER,
  'GET /api/v2/domains/{name}/settings/token': LETTER,
  'PATCH /api/v2/domains/{name}/settings/token/{uuid}': LETTER,
  'DELETE /api/v2/domains/{name}/settings/token/{uuid}': LETTER,
  'GET /api/v2/acl/roles': LETTER,
  'POST /api/v2/acl/roles': LETTER,
  'GET /api/v2/acl/roles/{name}': LETTER,
  'PUT /api/v2/acl/roles/{name}': LETTER,
  'DELETE /api/v2/acl/roles/{name}': LETTER,
  'GET /api/v2/whoami': { ...ITSELF, cookie: 'page' },

  'GET /admin/api/me': ABOUT_ITSELF,
  'GET /admin/api/me/explain': OF_ITSELF,
  'GET /admin/api/me/consents': IN_PERSON,
  'DELETE /admin/api/me/consents': IN_PERSON,
  'GET /admin/api/me/activity': IN_PERSON,
  'POST /admin/api/domain-tokens': OF_PERSONS,
  'GET /admin/api/{proxy+}': LETTER,
  'POST /admin/api/{proxy+}': LETTER,
  'PUT /admin/api/{proxy+}': LETTER,
  'PATCH /admin/api/{proxy+}': LETTER,
  'DELETE /admin/api/{proxy+}': LETTER,

  'GET /.well-known/jwks.json': OPEN,
  'GET /.well-known/oauth-authorization-server': OPEN,
  'GET /.well-known/oauth-authorization-server/{issuer+}': OPEN,
  'GET /.well-known/openid-configuration': OPEN,
  'GET /openapi.json': OPEN,
  'GET /': OPEN,
  'GET /console': OPEN,
  'GET /portal': OPEN,
  'GET /api': OPEN,
  'GET /account/locked': OPEN,
  'POST /account/locked': FORM,
  'GET /account/unlock': OPEN,
  'POST /account/unlock': FORM,
  'GET /account/forgot-password': OPEN,
  'POST /account/forgot-password': FORM,
  'GET /account/sign-up': OPEN,
  'POST /account/sign-up': FORM,
  'GET /account/reset-password': OPEN,
  'POST /account/reset-password': FORM,
  'POST /account/reset-password/access': FORM,
  'GET /account/sign-up/finish': OPEN,
  'POST /account/sign-up/finish': FORM,
  'GET /account/invitation': OPEN,
  'POST /account/invitation': FORM,
  'GET /account/new-password': OPEN,
  'POST /account/new-password': FORM,
  'GET /account/verify-email': OPEN,
  'POST /account/verify-email': FORM,
  'GET /account/strength.js': OPEN,
  'GET /account': PAGE,
  'GET /account/profile': PAGE,
  'POST /account/profile': FORM,
  'GET /account/email': PAGE,
  'POST /account/email': FORM,
  'GET /account/password': PAGE,
  'POST /account/password': FORM,
  'GET /account/sessions': PAGE,
  'POST /account/sessions': FORM,
  'GET /account/applications': PAGE,
  'POST /account/applications': FORM,
  'GET /account/keys': PAGE,
  'POST /account/keys': FORM,
  'GET /account/activity': PAGE,
  'GET /account/export': PAGE,
  'GET /account/delete': PAGE,
  'POST /account/delete': FORM,
  'GET /.well-known/change-password': OPEN,
  'GET /.well-known/security.txt': OPEN,
  'GET /robots.txt': OPEN,
  'GET /favicon.ico': OPEN,
  'OPTIONS /{proxy+}': OPEN,
  $default: OPEN,
};

export const demandOf = (route: string, kind: Kind): Demand => DEMANDS[route]?.[kind] ?? 'refused';

/** A GET for whoever has a token, and for no browser without one, signed in or not. */
export const isForTokens = (route: string): boolean =>
  route.startsWith('GET ') &&
  demandOf(route, 'none') === 'refused' &&
  demandOf(route, 'cookie') === 'refused';

export function kindOf({ session, subject }: Caller): Kind {
  if (isStanding(session)) return session.kind === 'api-key' ? 'key' : 'domain';
  if (isScoped(session)) return subject.kind === 'client' ? 'client' : 'grant';
  return session.kind === BROWSER ? 'cookie' : 'user';
}

/** Whether the caller meets a demand on who it is; one of a letter is the verdict's. */
export function meets(route: string, caller: Caller): boolean {
  const demand = demandOf(route, kindOf(caller));
  if (demand === 'openid') return caller.session.scope?.split(' ').includes('openid') ?? false;
  const { whole, on } = caller.power;
  if (demand === 'full_access') return whole;
  if (demand === 'makes_users') return whole && on('users', 'c') === 'all';
  return demand === 'session' || demand === 'page';
}

export const isByLetter = (route: string, caller: Caller): boolean =>
  demandOf(route, kindOf(caller)) === 'letter';
