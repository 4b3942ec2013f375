/**
 * The page that asks a signed-in user whether to go on with that account.
 *
 * Out:    a form for POST /oauth/choose: action=continue or switch, request, token, issued_at
 *
 * @module
 * @see OpenID Connect Core 1.0 §3.1.2.1 (prompt=select_account)
 */

import type { FormState } from '../../../browser/form.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { html } from '../shell/html.ts';
import { page, path, type Site } from '../shell/page.ts';
import { account, formState, name } from '../shell/parts.ts';
import { messagesOf } from './words.ts';

export type ChooserPage = Site &
  FormState & { username: string; clientName: string; redirectOrigin?: string | undefined };

export function chooserPage(given: ChooserPage): HttpResponse {
  const { locale, issuer, username, clientName, redirectOrigin } = given;
  const { chooser, signedInAs } = messagesOf(locale);
  const content = html`<h1>${chooser.title}</h1>
<p>${chooser.lead(name(clientName))}</p>
${account(signedInAs, username)}
<form method="post" action="${path(given, '/oauth/choose')}">
${formState(given)}
<button id="chooser-continue" name="action" value="continue">${chooser.continueAs(html`<bdi>${username}</bdi>`)}</button>
<button class="quiet" id="chooser-switch" name="action" value="switch">${chooser.switch}</button>
</form>`;
  return page({
    locale,
    issuer,
    title: chooser.title,
    content,
    forms: redirectOrigin === undefined ? 'own' : 'client',
  });
}
