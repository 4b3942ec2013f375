/**
 * The pages of the end: the question whether to sign out, and the word that it is done.
 *
 * Out:    a form for POST /session/end/confirm: action=yes or no, request, token, issued_at
 *
 * @module
 * @see OpenID Connect RP-Initiated Logout 1.0 §2 (the user is asked), §3 (then led back)
 */

import type { FormState } from '../../../browser/form.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { html } from '../shell/html.ts';
import { CHECK } from '../shell/icons.ts';
import { page, path, type Site } from '../shell/page.ts';
import { account, formState } from '../shell/parts.ts';
import { safeTarget } from '../shell/targets.ts';
import { messagesOf } from './words.ts';

export type LogoutPage = Site &
  FormState & {
    /** Absent when nobody is signed in, or it is not to be said who. */
    username?: string | undefined;
    /** The post-logout redirect URI, where the form may lead in the end. */
    redirectOrigin?: string | undefined;
  };

export function logoutPage(given: LogoutPage): HttpResponse {
  const { locale, issuer, username, redirectOrigin } = given;
  const { logout, signedInAs } = messagesOf(locale);
  const content = html`<h1>${logout.question}</h1>
<p>${logout.lead}</p>
${username !== undefined && account(signedInAs, username)}
<form method="post" action="${path(given, '/session/end/confirm')}">
${formState(given)}
<button id="logout-yes" name="action" value="yes">${logout.yes}</button>
<button class="quiet" id="logout-no" name="action" value="no">${logout.no}</button>
</form>`;
  const forms = redirectOrigin === undefined ? 'own' : 'client';
  return page({ locale, issuer, title: logout.title, content, forms });
}

export type LoggedOutPage = Site & {
  clientName?: string | undefined;
  /** A registered post-logout redirect URI. */
  returnTo?: string | undefined;
};

export function loggedOutPage(given: LoggedOutPage): HttpResponse {
  const { locale, issuer, clientName, returnTo = '' } = given;
  const { loggedOut } = messagesOf(locale);
  const target = safeTarget(returnTo);
  const client = clientName === undefined ? undefined : html`<bdi>${clientName}</bdi>`;
  const content = html`<div class="badge">${CHECK}</div>
<h1>${loggedOut.heading}</h1>
<p>${loggedOut.lead}</p>
${target && html`<p class="action"><a class="button" id="return" href="${target}">${loggedOut.back(client)}</a></p>`}`;
  return page({ locale, issuer, title: loggedOut.title, content });
}

/** For who has said no, and came from no client to which they could go back. */
export function stayedPage({ locale, issuer }: Site): HttpResponse {
  const { stayed } = messagesOf(locale);
  const content = html`<div class="badge">${CHECK}</div>
<h1>${stayed.heading}</h1>
<p>${stayed.lead}</p>`;
  return page({ locale, issuer, title: stayed.title, content });
}
