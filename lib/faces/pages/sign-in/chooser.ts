/**
 * The page on which whoever is signed in says with which account to go on.
 *
 * Out:    a form for POST /oauth/choose: account=the id of one of them, or action=switch; request, token,
 *         issued_at
 *
 * @module
 * @see OpenID Connect Core 1.0 §3.1.2.1 (prompt=select_account)
 */

import type { FormState } from '../../../browser/form.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { html } from '../shell/html.ts';
import { FORM_ID } from '../shell/language-switch.ts';
import { page, path, type Site } from '../shell/page.ts';
import { choices, formState, name } from '../shell/parts.ts';
import { messagesOf } from './words.ts';

type Account = { id: string; username: string };
export type ChooserPage = Site &
  FormState & {
    /** The one that was used last first. */
    accounts: readonly Account[];
    clientName: string;
    redirectOrigin?: string | undefined;
  };

export function chooserPage(given: ChooserPage): HttpResponse {
  const { locale, accounts, clientName, redirectOrigin } = given;
  const { chooser } = messagesOf(locale);
  const content = html`<h1>${chooser.title}</h1>
<p>${chooser.lead(name(clientName))}</p>
<form id="${FORM_ID}" method="post" action="${path(given, '/oauth/choose')}">
${formState(given)}
${choices(accounts, chooser.continueAs)}
<button class="slight" id="chooser-switch" name="action" value="switch">${chooser.switch}</button>
</form>`;
  return page({
    ...given,
    asksAgain: true,
    title: chooser.title,
    content,
    forms: redirectOrigin === undefined ? 'own' : 'client',
  });
}
