/** Every page, from one set of words that others choose. */

import { homePage } from '../../../lib/faces/pages/front/home.ts';
import { nowherePage } from '../../../lib/faces/pages/front/nowhere.ts';
import type { Locale } from '../../../lib/faces/pages/shell/locale.ts';
import { chooserPage } from '../../../lib/faces/pages/sign-in/chooser.ts';
import { consentPage } from '../../../lib/faces/pages/sign-in/consent.ts';
import { errorPage, expiredPage } from '../../../lib/faces/pages/sign-in/failure.ts';
import { formPostPage } from '../../../lib/faces/pages/sign-in/form-post.ts';
import { loginPage } from '../../../lib/faces/pages/sign-in/login.ts';
import { loggedOutPage, logoutPage, stayedPage } from '../../../lib/faces/pages/sign-in/logout.ts';
import type { HttpResponse } from '../../../lib/http/response.ts';
import { instant } from '../../../lib/time.ts';

export type Words = {
  clientName: string;
  username: string;
  request: string;
  token: string;
  scope: string;
  code: string;
  description: string;
  field: string;
  state: string;
  /** The rest of a URL whose host is proven. */
  path: string;
};

export const PLAIN: Words = {
  clientName: 'Demo',
  username: 'abc',
  request: 'client_id=demo',
  token: 'proof',
  scope: 'api',
  code: 'invalid_request',
  description: 'It is wrong.',
  field: 'state',
  state: 'af0ifjsldkj',
  path: 'callback',
};

export function everyPage(
  words: Words,
  site: { locale: Locale; issuer?: string } = { locale: 'en' },
): Record<string, HttpResponse> {
  const { clientName, username, request, token, scope, code, description, field, state } = words;
  const redirectOrigin = `https://app.example.com/${words.path}`;
  const form = { ...site, request, token, issuedAt: instant(1_700_000_000), redirectOrigin };
  const login = { ...form, clientName, canCancel: true };
  return {
    login: loginPage(login),
    'login without cancel': loginPage({ ...login, canCancel: false }),
    'login with a name': loginPage({ ...login, username, reauthenticate: true }),
    wrong: loginPage({ ...login, username, problem: { status: 'wrong' } }),
    locked: loginPage({ ...login, username, problem: { status: 'locked', wait: 8 } }),
    missing: loginPage({ ...login, problem: { status: 'missing' } }),
    consent: consentPage({ ...form, clientName, username, scopes: ['openid', scope, 'cdr:ru'] }),
    chooser: chooserPage({ ...form, clientName, username }),
    logout: logoutPage({ ...form, username }),
    'logged out': loggedOutPage({ ...site, clientName, returnTo: redirectOrigin }),
    'logged out, nowhere to go': loggedOutPage(site),
    stayed: stayedPage(site),
    expired: expiredPage({
      ...site,
      restart: `/oauth/authorize?${new URLSearchParams({ request })}`,
    }),
    'expired, nothing to restart': expiredPage(site),
    error: errorPage({ ...site, status: 400, code, description, requestId: field }),
    'error, with a way back': errorPage({
      ...site,
      status: 400,
      code,
      description,
      back: { redirectUri: redirectOrigin, mode: 'query', parameters: [[field, state]] },
    }),
    'error, with a form back': errorPage({
      ...site,
      status: 400,
      code,
      description,
      back: { redirectUri: redirectOrigin, mode: 'form_post', parameters: [[field, state]] },
    }),
    fault: errorPage({ ...site, status: 500, code, description }),
    home: homePage(site),
    nowhere: nowherePage(site, 404, field),
    'form post': formPostPage({ ...site, action: redirectOrigin, parameters: [[field, state]] }),
  };
}
