/**
 * Somebody who is signed in, in front of a page of their own account, and what every such page has: the way
 * back, what was done or what is wrong, and forms that only this browser can send.
 *
 * @module
 */
import type { EmailServices } from '../../../account/change-email.ts';
import { questionState } from '../../../browser/form.ts';
import type { Person, PersonServices } from '../../../browser/person.ts';
import type { Typed } from '../../../browser/typed.ts';
import type { AuthError } from '../../../errors.ts';
import { type Trail, type TrailServices, trailFor } from '../../../events/trail.ts';
import type { HttpRequest } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import type { User } from '../../../store/directory/users.ts';
import type { Instant } from '../../../time.ts';
import type { BrandServices } from '../shell/brand-of.ts';
import { type Html, html } from '../shell/html.ts';
import { CHECK } from '../shell/icons.ts';
import type { Locale } from '../shell/locale.ts';
import { page, path, type Script, type Site } from '../shell/page.ts';
import { formState, problem } from '../shell/parts.ts';
import { moment } from './moment.ts';
import type { AccountPage } from './own-pages.ts';
import { type Messages, messagesOf } from './words.ts';

export type AccountServices = PersonServices &
  EmailServices &
  BrandServices & { trail: TrailServices };
export type Visit = {
  services: AccountServices;
  request: HttpRequest;
  site: Site & { locale: Locale };
  words: Messages;
  person: Person;
  user: User;
  place: AccountPage;
  now: Instant;
  /** What was typed and is not saved yet, without secrets. */
  typed: Typed;
  /** Why it is not. */
  refused?: AuthError | undefined;
};
export type Show = (visit: Visit) => Promise<HttpResponse>;

export const trailIn = ({ services, person, request }: Visit): Trail =>
  trailFor(services, person.caller, request);

export const wordsFor = ({ locale }: Site): Messages => messagesOf(locale);

type Content = { title: string; content: Html; isHome?: boolean; script?: Script };

export function accountPage(
  visit: Visit,
  { title, content, isHome = false, script }: Content,
): HttpResponse {
  const { site, words, refused } = visit;
  return page({
    ...site,
    status: refused?.status ?? 200,
    retryAfter: refused?.said.retryAfter,
    title: refused ? `${words.error}: ${title}` : title,
    content: html`${!isHome && html`<nav><a href="${path(site, '/account')}">‹ ${words.title}</a></nav>`}
<h1>${title}</h1>
${doneOf(visit)}${refused && problem(sayProblem(words, refused))}
${content}`,
    forms: 'own',
    ...(script && { script }),
  });
}

function doneOf({ request, words, refused }: Visit): Html | undefined {
  const done = request.query.get('done') ?? '';
  if (refused || !Object.hasOwn(words.done, done)) return undefined;
  const text = words.done[done as keyof Messages['done']];
  return html`<p class="done" role="status">${CHECK}<span>${text}</span></p>`;
}

/** In the person's language, as far as there are words for it. */
export const sayProblem = ({ problems, refused }: Messages, { said }: AuthError): string =>
  (Object.hasOwn(problems, said.rule) ? problems[said.rule] : undefined) ?? refused;

/** `carried`: hidden fields. */
type Form = { fields?: Html; carried?: Html; button: Html };

/** For a POST to the page itself. */
export function ownForm(visit: Visit, { fields, carried, button }: Form): Html {
  const { services, person, site, place } = visit;
  const { secret: key } = person.browser;
  const sent = new URLSearchParams({ page: place });
  return html`<form method="post" action="${path(site, place)}">
${formState(questionState(services, { key, purpose: 'own', sent }))}${carried}
${fields && html`<div class="fields">${fields}</div>`}
${button}
</form>`;
}

type Input = {
  name: string;
  label: string | Html;
  value?: string | undefined;
  type?: string;
  autocomplete?: string;
  required?: boolean;
  hint?: string;
  maxLength?: number;
  /** Of which a line break is a part. */
  hasLines?: boolean;
};

export function input({ refused }: Pick<Visit, 'refused'>, given: Input): Html {
  const { name, label, value = '', type = 'text', autocomplete, required, hint } = given;
  const isFaulty = refused?.said.field === name;
  const about = [isFaulty && 'problem', hint && `${name}-hint`].filter(Boolean).join(' ');
  const common = html` maxlength="${given.maxLength ?? 256}"${autocomplete && html` autocomplete="${autocomplete}"`}${required && html` required`}${isFaulty && html` aria-invalid="true"`}${about && html` aria-describedby="${about}"`}`;
  // The first line break after the tag is none of the text (HTML §13.1.2.5).
  const field = given.hasLines
    ? html`<textarea id="${name}" name="${name}" rows="3"${common}>\n${value}</textarea>`
    : html`<input id="${name}" name="${name}" type="${type}"${type !== 'password' && html` value="${value}"`}${common}>`;
  return html`<div><label for="${name}">${label}</label>
${field}
${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`}</div>`;
}

/** In the person's language and time zone. */
export const when = ({ site, user }: Visit, at: Instant): Html =>
  moment(at, site.locale, user.profile.zoneinfo);
