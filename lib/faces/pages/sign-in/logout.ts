/**
 * The pages of the end: the question whether to sign out, and the word that it is done.
 *
 * Out:    a form for POST /session/end/confirm: action=yes, all or no, or account=the id of one; request,
 *         token, issued_at
 *
 * @module
 * @see OpenID Connect RP-Initiated Logout 1.0 §2 (the user is asked), §3 (then led back)
 */

import type { FormState } from '../../../browser/form.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { html } from '../shell/html.ts';
import { CHECK } from '../shell/icons.ts';
import { FORM_ID } from '../shell/language-switch.ts';
import { page, path, type Site } from '../shell/page.ts';
import { account, choices, formState } from '../shell/parts.ts';
import { safeTarget } from '../shell/targets.ts';
import { messagesOf } from './words.ts';

type Account = { id: string; username: string };
export type LogoutPage = Site &
  FormState & {
    /** Who may be signed out: of several the user says which. */
    accounts: readonly Account[];
    /** Whether others are signed in there beside them. */
    areMore: boolean;
    /** The post-logout redirect URI, where the form may lead in the end. */
    redirectOrigin?: string | undefined;
  };

export function logoutPage(given: LogoutPage): HttpResponse {
  const { locale, accounts, areMore, redirectOrigin } = given;
  const { logout, signedInAs } = messagesOf(locale);
  const [only, ...others] = accounts;
  const isOne = only !== undefined && others.length === 0;
  const content = html`<h1>${isOne ? logout.question : logout.which}</h1>
<p>${logout.lead}</p>
${isOne && account(signedInAs, only.username)}
<form id="${FORM_ID}" method="post" action="${path(given, '/session/end/confirm')}">
${formState(given)}
${isOne ? html`<button id="logout-yes" name="action" value="yes">${logout.yes}</button>` : choices(accounts, logout.one)}
${(areMore || !isOne) && html`<button class="quiet" id="logout-all" name="action" value="all">${logout.all}</button>`}
<button class="${areMore || !isOne ? 'slight' : 'quiet'}" id="logout-no" name="action" value="no">${logout.no}</button>
</form>`;
  const forms = redirectOrigin === undefined ? 'own' : 'client';
  return page({ ...given, title: logout.title, content, forms, asksAgain: true });
}

export type LoggedOutPage = Site & {
  clientName?: string | undefined;
  /** A registered post-logout redirect URI. */
  returnTo?: string | undefined;
};

export function loggedOutPage(given: LoggedOutPage): HttpResponse {
  const { locale, clientName, returnTo = '' } = given;
  const { loggedOut } = messagesOf(locale);
  const target = safeTarget(returnTo);
  const client = clientName === undefined ? undefined : html`<bdi>${clientName}</bdi>`;
  const content = html`<div class="badge">${CHECK}</div>
<h1>${loggedOut.heading}</h1>
<p>${loggedOut.lead}</p>
${target && html`<p class="action"><a class="button" id="return" href="${target}">${loggedOut.back(client)}</a></p>`}`;
  return page({ ...given, title: loggedOut.title, content });
}

/** For who has said no, and came from no client to which they could go back. */
export function stayedPage(site: Site): HttpResponse {
  const { stayed } = messagesOf(site.locale);
  const content = html`<div class="badge">${CHECK}</div>
<h1>${stayed.heading}</h1>
<p>${stayed.lead}</p>`;
  return page({ ...site, title: stayed.title, content });
}
