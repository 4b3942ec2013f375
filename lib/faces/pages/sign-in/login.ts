/**
 * The page that asks for a username and a password.
 *
 * Out:    a form for POST /oauth/login: username, password, request, token, issued_at, and
 *         action=cancel from the cancel button. 200; with a problem 400, or 429 with Retry-After
 *         when it is too early for another attempt.
 *
 * The keyboard starts in the first field that wants something. After a problem that field is the one
 * it describes, so a screen reader reads both.
 *
 * @module
 * @see WCAG 2.2 §1.3.5 (autocomplete), §3.3.1 (errors in text), §3.3.8 (pasting and managers work)
 */
import type { FormState } from '../../../browser/form.ts';
import type { Problem } from '../../../browser/tried.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { type Html, html } from '../shell/html.ts';
import { FORM_ID } from '../shell/language-switch.ts';
import type { Locale } from '../shell/locale.ts';
import { page, path, type Site } from '../shell/page.ts';
import { formState, name, problem } from '../shell/parts.ts';
import { SHOW_PASSWORD, withShowButton } from '../shell/show-password.ts';
import { clientImages, clientLinks, clientLogo, type ShownClient } from './client-links.ts';
import { messagesOf } from './words.ts';

/** Paths for whoever has no password any more, and no account yet; and whether a code by mail will do. */
export type Ways = { forgot?: string; signUp?: string; codes?: boolean };

export type LoginPage = Site &
  FormState & {
    clientName: string;
    client?: ShownClient | undefined;
    username?: string | undefined;
    problem?: Problem | undefined;
    canCancel: boolean;
    ways?: Ways | undefined;
    /** The user is known, but is to prove it again. */
    reauthenticate?: boolean | undefined;
    /** The redirect URI, or its origin: where the form may lead in the end. */
    redirectOrigin?: string | undefined;
  };

export function loginPage(given: LoginPage): HttpResponse {
  const { locale, redirectOrigin, problem } = given;
  const { error, login } = messagesOf(locale);
  return page({
    ...given,
    asksAgain: true,
    images: clientImages(given.client),
    status: problem ? STATUS[problem.status] : 200,
    retryAfter: problem?.status === 'locked' ? problem.wait : undefined,
    title: problem ? `${error}: ${login.title}` : login.title,
    content: content(given),
    forms: redirectOrigin === undefined ? 'own' : 'client',
    script: SHOW_PASSWORD,
  });
}

/** Of those that this page shows; code.ts has the others. */
type Shown = Exclude<Problem['status'], 'code_sent' | 'code_wrong'>;
const STATUS: Record<Problem['status'], number> = {
  code_sent: 200,
  code_wrong: 400,
  wrong: 400,
  locked: 429,
  missing: 400,
  not_admitted: 400,
};

function content(given: LoginPage): Html {
  const { locale, clientName, reauthenticate, canCancel } = given;
  const { cancel, login } = messagesOf(locale);
  const client = name(clientName);
  return html`${clientLogo(given.client)}<h1>${reauthenticate ? login.again : login.title}</h1>
<p>${reauthenticate ? login.againLead(client) : login.lead(client)}</p>
${given.problem && problem(textOf(given.problem, locale))}
${given.problem?.status === 'locked' && html`<p><a id="unlock" href="${path(given, `/account/locked?${given.request}`)}">${login.unlock}</a></p>`}
<form id="${FORM_ID}" method="post" action="${path(given, '/oauth/login')}">
${formState(given)}
<div class="fields">
${fields(given)}
</div>
<button id="login-submit">${login.submit}</button>
${given.ways?.codes && html`<button class="quiet" id="login-code" name="action" value="mail-code" formnovalidate>${login.code}</button>`}
${canCancel && html`<button class="slight" id="login-cancel" name="action" value="cancel" formnovalidate>${cancel}</button>`}
</form>
${waysOf(given)}
${clientLinks(given.client, clientName, locale)}`;
}

function waysOf({ locale, issuer, ways = {} }: LoginPage): Html {
  const { login } = messagesOf(locale);
  const link = (id: string, label: string, route: string | undefined) =>
    route ? [html`<a id="${id}" href="${path({ issuer }, route)}">${label}</a>`] : [];
  const links = [
    ...link('login-forgot', login.forgot, ways.forgot),
    ...link('login-sign-up', login.signUp, ways.signUp),
  ];
  return links.length > 0 ? html`<p class="ways">${links}</p>` : html``;
}

function textOf(problem: Problem, locale: Locale): string {
  const { login } = messagesOf(locale);
  return problem.status === 'locked'
    ? login.locked(inTime(problem.wait, locale))
    : login[problem.status as Exclude<Shown, 'locked'>];
}

/** As a person says it: "in 8 seconds", "in 14 minutes". */
function inTime(seconds: number, locale: Locale): string {
  const time = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  return seconds < 120
    ? time.format(seconds, 'second')
    : time.format(Math.ceil(seconds / 60), 'minute');
}

function fields({ locale, username = '', problem }: LoginPage): Html {
  const { login } = messagesOf(locale);
  const faulty = problem && html` aria-invalid="true" aria-describedby="problem"`;
  const focus = html` autofocus`;
  const secret = html`<input id="password" name="password" type="password" autocomplete="current-password" required${faulty}${username && focus}>`;
  return html`<div><label for="username">${login.username}</label>
<input id="username" name="username" value="${username}" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" required${faulty}${!username && focus}></div>
<div><label for="password">${login.password}</label>
${withShowButton(locale, 'password', secret)}</div>`;
}
