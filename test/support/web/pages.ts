/** Every page, from one set of words that others choose. */

import { homePage } from '../../../lib/faces/pages/front/home.ts';
import { nowherePage } from '../../../lib/faces/pages/front/nowhere.ts';
import { html } from '../../../lib/faces/pages/shell/html.ts';
import { newPassword, newPasswordScript } from '../../../lib/faces/pages/shell/new-password.ts';
import { page, type Site } from '../../../lib/faces/pages/shell/page.ts';
import { passwordWords } from '../../../lib/faces/pages/shell/password-words.ts';
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
  site: Site = { locale: 'en' },
): Record<string, HttpResponse> {
  const { clientName, username, request, token, scope, code, description, field, state } = words;
  const redirectOrigin = `https://app.example.com/${words.path}`;
  const form = { ...site, request, token, issuedAt: instant(1_700_000_000), redirectOrigin };
  const account = { id: 'a'.repeat(24), username };
  const other = { id: 'b'.repeat(24), username: 'other' };
  const login = { ...form, clientName, canCancel: true };
  return {
    login: loginPage(login),
    'login without cancel': loginPage({ ...login, canCancel: false }),
    'login with a name': loginPage({ ...login, username, reauthenticate: true }),
    wrong: loginPage({ ...login, username, problem: { status: 'wrong' } }),
    locked: loginPage({ ...login, username, problem: { status: 'locked', wait: 8 } }),
    missing: loginPage({ ...login, problem: { status: 'missing' } }),
    consent: consentPage({ ...form, clientName, username, scopes: ['openid', scope, 'cdr:ru'] }),
    chooser: chooserPage({ ...form, clientName, accounts: [account] }),
    'chooser of several': chooserPage({ ...form, clientName, accounts: [account, other] }),
    logout: logoutPage({ ...form, accounts: [account], areMore: false }),
    'logout of one of several': logoutPage({ ...form, accounts: [account], areMore: true }),
    'logout of several': logoutPage({ ...form, accounts: [account, other], areMore: false }),
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
    'new password': newPasswordPage(site, [username]),
    'form post': formPostPage({ ...site, action: redirectOrigin, parameters: [[field, state]] }),
  };
}

/** A page with nothing but the field: the flows that set a password have theirs around it. */
export const newPasswordPage = (site: Site, own: readonly string[] = []): HttpResponse =>
  page({
    ...site,
    title: passwordWords(site.locale).newPassword,
    content: html`<h1>${passwordWords(site.locale).newPassword}</h1>
<form method="post" action="/there">${newPassword(site, { own })}<button id="save">Save</button></form>`,
    script: newPasswordScript(site),
  });
