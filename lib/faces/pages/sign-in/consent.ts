/**
 * The page that asks a user whether a client may have what it asks for.
 *
 * Out:    a form for POST /oauth/consent: action=allow or deny, request, token, issued_at
 *
 * @module
 * @see OpenID Connect Core 1.0 §3.1.2.4
 */

import type { FormState } from '../../../browser/form.ts';
import type { HttpResponse } from '../../../http/response.ts';
import type { Titles } from '../../../store/directory/resource-titles.ts';
import { html } from '../shell/html.ts';
import { CHECK, WARNING } from '../shell/icons.ts';
import { FORM_ID } from '../shell/language-switch.ts';
import { page, path, type Site } from '../shell/page.ts';
import { account, formState, name } from '../shell/parts.ts';
import { displayTarget } from '../shell/targets.ts';
import { clientImages, clientLinks, clientLogo, type ShownClient } from './client-links.ts';
import { describeScope } from './scope.ts';
import { messagesOf } from './words.ts';

export type ConsentPage = Site &
  FormState & {
    clientName: string;
    client?: ShownClient | undefined;
    username: string;
    scopes: readonly string[];
    titles?: Titles | undefined;
    /** The redirect URI, or its origin: where both buttons lead. */
    redirectOrigin?: string | undefined;
  };

export function consentPage(given: ConsentPage): HttpResponse {
  const { locale, clientName, username, scopes, titles, redirectOrigin } = given;
  const { consent, signedInAs, returnTo } = messagesOf(locale);
  const sentences = describeScope(scopes, locale, titles);
  const host = redirectOrigin ? displayTarget(redirectOrigin) : '';
  const content = html`${clientLogo(given.client)}<h1>${consent.heading(html`<bdi>${clientName}</bdi>`)}</h1>
${account(signedInAs, username)}
<p class="rule" id="asked">${consent.lead}</p>
<ul aria-labelledby="asked">${sentences.map(({ text, wide }) => html`<li>${wide ? WARNING : CHECK}<span>${text}</span></li>`)}</ul>
<form id="${FORM_ID}" method="post" action="${path(given, '/oauth/consent')}">
${formState(given)}
<button id="consent-allow" name="action" value="allow">${consent.allow}</button>
<button class="quiet" id="consent-deny" name="action" value="deny">${consent.deny}</button>
</form>
${host && html`<p class="note">${returnTo(name(host))}</p>`}
${clientLinks(given.client, clientName, locale)}`;
  return page({
    ...given,
    asksAgain: true,
    images: clientImages(given.client),
    title: consent.title,
    content,
    forms: redirectOrigin === undefined ? 'own' : 'client',
  });
}
