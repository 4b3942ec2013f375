/**
 * The pages for what cannot go on: a form that is too old, and a request that nobody may be
 * redirected from.
 *
 * @module
 * @see RFC 6749 §4.1.2.1: an invalid client or redirect URI is told to the user, never redirected;
 *      RFC 9700 §4.11.2: nor is anything else, before it is known who sits there
 */
import type { HttpResponse } from '../../../http/response.ts';
import { type AuthorizationResponse, locationOf } from '../../../oauth/request/response.ts';
import { type Html, html } from '../shell/html.ts';
import { CLOCK, WARNING } from '../shell/icons.ts';
import { page, type Site } from '../shell/page.ts';
import { hidden } from '../shell/parts.ts';
import { safeTarget } from '../shell/targets.ts';
import { messagesOf } from './words.ts';

/** @param given.restart - The path that starts the request anew, where there is one. */
export function expiredPage(given: Site & { restart?: string | undefined }): HttpResponse {
  const { locale, restart = '' } = given;
  const { expired } = messagesOf(locale);
  const target = safeTarget(restart);
  const content = html`<div class="badge">${CLOCK}</div>
<h1>${expired.heading}</h1>
<p>${expired.lead}</p>
${target && html`<p class="action"><a class="button" id="restart" href="${target}">${expired.restart}</a></p>`}`;
  return page({ ...given, status: 400, title: expired.title, content });
}

export type ErrorPage = Site & {
  status: number;
  code: string;
  description: string;
  /** That of the line in our log. */
  requestId?: string | undefined;
  /** For the client, which hears of it if the user goes back. */
  back?: AuthorizationResponse | undefined;
};

/** The description is the protocol's, in English, for whoever has to mend the application. */
export function errorPage(given: ErrorPage): HttpResponse {
  const { locale, status, code, description, requestId, back } = given;
  const { failure } = messagesOf(locale);
  const ours = status >= 500;
  const content = html`<div class="badge bad">${WARNING}</div>
<h1>${ours ? failure.fault : failure.request}</h1>
<p>${ours ? failure.faultLead : failure.requestLead}</p>
<dl><dt>${failure.details}</dt><dd id="error" lang="en">${code}: ${description}</dd>
${requestId && html`<dt>${failure.requestId}</dt><dd id="request-id" lang="zxx">${requestId}</dd>`}</dl>
${back && wayBack(back, failure.back)}`;
  const forms = back && { forms: 'client' as const };
  return page({ ...given, title: failure.title, content, ...forms });
}

/** By hand: a browser that nobody sits at goes nowhere. */
function wayBack(response: AuthorizationResponse, label: string): Html {
  const { mode, redirectUri, parameters } = response;
  const target = safeTarget(mode === 'query' ? locationOf(response) : redirectUri);
  if (!target) return html``;
  if (mode === 'query')
    return html`<p class="action"><a class="button" id="back" href="${target}">${label}</a></p>`;
  return html`<form method="post" action="${target}">
${parameters.map(([field, value]) => hidden(field, value))}
<button id="back">${label}</button>
</form>`;
}
