/**
 * The page that asks for the code that was mailed. What it says is the same whoever has that name.
 *
 * Out:    a form for POST /oauth/login: code and action=code, or action=mail-code for another one, username,
 *         request, token, issued_at. 200; 400 where the code was not good.
 *
 * @module
 * @see WCAG 2.2 §1.3.5 (one-time-code), §3.3.1
 */
import type { HttpResponse } from '../../../http/response.ts';
import { html } from '../shell/html.ts';
import { FORM_ID } from '../shell/language-switch.ts';
import { page, path } from '../shell/page.ts';
import { formState, hidden, name, problem } from '../shell/parts.ts';
import type { LoginPage } from './login.ts';
import { messagesOf } from './words.ts';

export function codePage(given: LoginPage): HttpResponse {
  const { locale, username = '', redirectOrigin, problem: faulty } = given;
  const { error, code } = messagesOf(locale);
  const isWrong = faulty?.status === 'code_wrong';
  const described = isWrong && html` aria-invalid="true" aria-describedby="problem"`;
  const content = html`<h1>${code.title}</h1>
<p>${code.lead(name(username))}</p>
${isWrong && problem(code.wrong)}
<form id="${FORM_ID}" method="post" action="${path(given, '/oauth/login')}">
${formState(given)}
${hidden('username', username)}
<div class="fields"><div><label for="code">${code.label}</label>
<input id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="20" required autofocus${described}></div></div>
<button id="code-submit" name="action" value="code">${code.submit}</button>
<button class="slight" id="code-again" name="action" value="mail-code" formnovalidate>${code.again}</button>
</form>
<p class="note"><a id="use-password" href="${path(given, passwordPlace(given))}">${code.password}</a></p>`;
  return page({
    ...given,
    asksAgain: true,
    status: isWrong ? 400 : 200,
    title: isWrong ? `${error}: ${code.title}` : code.title,
    content,
    forms: redirectOrigin === undefined ? 'own' : 'client',
  });
}

const passwordPlace = ({ request, canCancel }: LoginPage): string =>
  `${canCancel ? '/oauth/authorize' : '/oauth/login'}?${request}`;
