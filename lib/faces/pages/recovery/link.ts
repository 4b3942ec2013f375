/**
 * The pages of a link that somebody was sent: first a button, which a program that checks mail does not
 * press; then what is to be chosen; then what came of it.
 *
 * Out:    forms for POST to the link's own page: action=open or save, request (with the secret), token,
 *         issued_at, and new_password, name
 *
 * @module
 */
import type { FormState } from '../../../browser/form.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { type Html, html } from '../shell/html.ts';
import { CLOCK } from '../shell/icons.ts';
import { FORM_ID } from '../shell/language-switch.ts';
import { newPassword, newPasswordScript } from '../shell/new-password.ts';
import { page, path, type Site } from '../shell/page.ts';
import { account, formState, name, problem } from '../shell/parts.ts';
import { messagesOf } from './words.ts';
import type { Messages } from './words-en.ts';

export type Followed = keyof Messages['open'];
/** `username`: whose account it is; of one that is yet to be made its address. */
type About = Site & FormState & { route: string; purpose: Followed; username: string };

export function openPage(given: About): HttpResponse {
  const { locale, route, purpose, username } = given;
  const words = messagesOf(locale);
  const { title, lead, submit } = words.open[purpose];
  const content = html`<h1>${title}</h1>
<p>${lead}</p>
${account(words.account, username)}
<form method="post" action="${path(given, route)}">
${formState(given)}
<button id="link-open" name="action" value="open">${submit}</button>
</form>`;
  return page({ ...given, title, content, forms: 'own' });
}

export type ChoosePage = About & {
  name?: string;
  problem?: keyof Messages['passwords'] | 'missing';
};

/** The username is in the form for whatever keeps passwords: WCAG 2.2 §3.3.8. */
export function choosePage(given: ChoosePage): HttpResponse {
  const { locale, route, purpose, username, problem: faulty } = given;
  const words = messagesOf(locale);
  const { title, submit, finish } = words.choose;
  const text = faulty === 'missing' ? words.missingPassword : faulty && words.passwords[faulty];
  const content = html`<h1>${title}</h1>
${account(words.account, username)}
${text && problem(text)}
<form id="${FORM_ID}" method="post" action="${path(given, route)}">
${formState(given)}
<input type="hidden" name="username" value="${username}" autocomplete="username">
<div class="fields">
${purpose === 'sign-up' && nameField(given, words)}
${newPassword(given, { own: [username], focus: purpose !== 'sign-up', isFaulty: text !== undefined })}
</div>
<button id="link-save" name="action" value="save">${purpose === 'sign-up' ? finish : submit}</button>
</form>`;
  return page({
    ...given,
    asksAgain: true,
    status: text === undefined ? 200 : 400,
    title: text === undefined ? title : `${words.error}: ${title}`,
    content,
    forms: 'own',
    script: newPasswordScript(given),
  });
}

const nameField = ({ name: typed = '' }: ChoosePage, words: Messages): Html =>
  html`<div><label for="name">${words.name} (${words.optional})</label>
<input id="name" name="name" value="${typed}" autocomplete="name" maxlength="256" autofocus></div>`;

/** @param given.again - Where another one is asked for, where that is possible. */
export function overPage(given: Site & { again?: string | undefined }): HttpResponse {
  const { locale, again } = given;
  const { over } = messagesOf(locale);
  const content = html`<div class="badge">${CLOCK}</div>
<h1>${over.title}</h1>
<p>${over.lead}</p>
${again && html`<p class="action"><a class="button" id="again" href="${path(given, again)}">${over.again}</a></p>`}`;
  return page({ ...given, status: 410, title: over.title, content });
}

export function takenPage(given: Site & { signIn: string }): HttpResponse {
  const { locale, signIn } = given;
  const { taken, over } = messagesOf(locale);
  const content = html`<h1>${taken.title}</h1>
<p>${taken.lead}</p>
<p class="action"><a class="button" id="sign-in" href="${path(given, signIn)}">${over.signIn}</a></p>`;
  return page({ ...given, status: 409, title: taken.title, content });
}

/** What may still act for the user, with the form that ends it. */
type Remaining = FormState & { route: string; keys: string[]; applications: string[] };
export type DonePage = Site & {
  purpose: keyof Messages['done'];
  signIn?: string | undefined;
  remaining?: Remaining | undefined;
};

export function donePage(given: DonePage): HttpResponse {
  const { locale, purpose, signIn, remaining } = given;
  const words = messagesOf(locale);
  const { title, lead } = words.done[purpose];
  const content = html`<h1>${title}</h1>
<p id="done">${lead}</p>
${signIn && html`<p class="action"><a class="button" id="sign-in" href="${path(given, signIn)}">${words.signIn}</a></p>`}
${remaining && remainingPart(given, remaining)}`;
  return page({ ...given, title, content, forms: remaining ? 'own' : 'none' });
}

function remainingPart(site: Site, { keys, applications, route, ...state }: Remaining): Html {
  const { access } = messagesOf(site.locale);
  const things = [
    ...keys.map((one) => access.key(name(one))),
    ...applications.map((one) => access.application(name(one))),
  ];
  return html`<h2 id="remaining">${access.heading}</h2>
<p>${access.lead}</p>
<ul aria-labelledby="remaining">${things.map((thing) => html`<li><span>${thing}</span></li>`)}</ul>
<form method="post" action="${path(site, route)}">
${formState(state)}
<button class="quiet" id="end-access">${access.submit}</button>
</form>`;
}

export function expiredPage(given: Site & { restart: string | undefined }): HttpResponse {
  const { locale, restart } = given;
  const { expired } = messagesOf(locale);
  const content = html`<div class="badge">${CLOCK}</div>
<h1>${expired.title}</h1>
<p>${expired.lead}</p>
${restart && html`<p class="action"><a class="button" id="restart" href="${path(given, restart)}">${expired.restart}</a></p>`}`;
  return page({ ...given, status: 400, title: expired.title, content });
}
