/**
 * The pages on which somebody asks for a mail, and that say it is on its way; or that none is sent from here.
 * What they say is the same whoever has that name, and if nobody has.
 *
 * Out:    a form for POST to the page itself: login or address, request, token, issued_at. 200; with a
 *         problem 400, or 429 with Retry-After when it is too early for another one.
 *
 * @module
 * @see WCAG 2.2 §1.3.5 (autocomplete), §3.3.1 (errors in text)
 */
import type { FormState } from '../../../browser/form.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { type Html, html } from '../shell/html.ts';
import { FORM_ID } from '../shell/language-switch.ts';
import type { Locale } from '../shell/locale.ts';
import { page, path, type Site } from '../shell/page.ts';
import { formState, name, problem } from '../shell/parts.ts';
import { messagesOf } from './words.ts';

/** login: of an account, whatever it is. address: of an account that is yet to be made. */
export type Kind = 'forgot' | 'signUp' | 'unlock';
export type Problem = { status: 'missing' | 'other' } | { status: 'locked'; wait: number };
/** `back`: to the sign-in that they came from, where there was one. */
type About = { kind: Kind; route: string; back: string | undefined };
export type AskPage = Site & About & FormState & { typed?: string; problem?: Problem | undefined };

const STATUS = { missing: 400, other: 400, locked: 429 } as const;

export function askPage(given: AskPage): HttpResponse {
  const { locale, kind, route } = given;
  const words = messagesOf(locale);
  const { title, lead, submit } = words[kind];
  const faulty = given.problem;
  const content = html`<h1>${title}</h1>
<p>${lead}</p>
${faulty && problem(textOf(faulty, kind, locale))}
<form id="${FORM_ID}" method="post" action="${path(given, route)}">
${formState(given)}
<div class="fields">
${field(given)}
</div>
<button id="ask-submit">${submit}</button>
</form>
${wayBack(given)}`;
  return page({
    ...given,
    asksAgain: true,
    status: faulty ? STATUS[faulty.status] : 200,
    retryAfter: faulty?.status === 'locked' ? faulty.wait : undefined,
    title: faulty ? `${words.error}: ${title}` : title,
    content,
    forms: 'own',
  });
}

function field({ locale, kind, typed = '', problem: faulty }: AskPage): Html {
  const words = messagesOf(locale);
  const described = faulty && html` aria-invalid="true" aria-describedby="problem"`;
  if (kind === 'signUp')
    return html`<div><label for="address">${words.address}</label>
<input id="address" name="address" type="email" value="${typed}" autocomplete="email" maxlength="254" required autofocus${described}></div>`;
  return html`<div><label for="login">${words.login}</label>
<input id="login" name="login" value="${typed}" autocomplete="username" autocapitalize="none" autocorrect="off" spellcheck="false" maxlength="256" required autofocus${described}></div>`;
}

function textOf(faulty: Problem, kind: Kind, locale: Locale): string {
  const words = messagesOf(locale);
  if (faulty.status === 'locked') return words.wait(inTime(faulty.wait, locale));
  if (faulty.status === 'other') return words.otherAddress;
  return kind === 'signUp' ? words.missingAddress : words.missingLogin;
}

function inTime(seconds: number, locale: Locale): string {
  const time = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
  return seconds < 120
    ? time.format(seconds, 'second')
    : time.format(Math.ceil(seconds / 60), 'minute');
}

export function sentPage(given: Site & About & { typed: string }): HttpResponse {
  const { locale, kind, typed } = given;
  const { sent } = messagesOf(locale);
  const content = html`<h1>${sent.title}</h1>
<p id="sent">${sent[kind](name(typed))}</p>
<p>${sent.lead}</p>
${wayBack(given)}`;
  return page({ ...given, title: sent.title, content });
}

/** Of a deployment that sends none, and of a domain that is not open. */
export function cannotPage(given: Site & About & { why: 'noMail' | 'closed' }): HttpResponse {
  const { locale, why } = given;
  const { noMail, signUp } = messagesOf(locale);
  const title = why === 'noMail' ? noMail.title : signUp.closed;
  const content = html`<h1>${title}</h1>
<p>${why === 'noMail' ? noMail.lead : signUp.closedLead}</p>
${wayBack(given)}`;
  return page({ ...given, status: why === 'noMail' ? 503 : 404, title, content });
}

const wayBack = (given: Site & About): Html | undefined =>
  given.back === undefined
    ? undefined
    : html`<p class="action"><a class="button quiet" id="back" href="${path(given, given.back)}">${messagesOf(given.locale).back}</a></p>`;
