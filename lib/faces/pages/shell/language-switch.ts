/**
 * The choice of a language, at the foot of every page: kept in a cookie, and the page comes again.
 *
 *   switch_locale   in the query of a GET: 303 to the same address without it; in a form, the button
 *                   that was pressed: the form's own route asks the same again, with what was typed
 *
 * It is no parameter of a protocol's: what a client asks for (`ui_locales`) is another's wish, which the
 * person's own goes before.
 *
 * @module
 */
import { cookieName, setCookie } from '../../../http/cookies.ts';
import type { HttpRequest } from '../../../http/request.ts';
import { type HttpResponse, redirect } from '../../../http/response.ts';
import { type Html, html } from './html.ts';
import { LANGUAGES, LOCALES, type Locale, spoken } from './locale.ts';
import { safeTarget } from './targets.ts';
import { shellWordsOf } from './words.ts';

export const SWITCH = 'switch_locale';
/** The id of the form whose buttons they are, on a page that has one. */
export const FORM_ID = 'form';

/** A year, in seconds. */
const KEPT = 31_536_000;
/** Longer than that API Gateway takes no request line, with the headers that come beside it. */
const MAX_LINK = 6000;

export const chosenLocale = (
  issuer: string,
  { cookies }: Pick<HttpRequest, 'cookies'>,
): string | undefined => cookies.get(cookieName(issuer, 'latchkey-locale'));

const keepLocale = (issuer: string, locale: Locale): string =>
  setCookie(issuer, 'latchkey-locale', { value: locale, maxAge: KEPT });

/** An answer in which that language is kept. */
export const keeping = (
  issuer: string,
  locale: Locale | undefined,
  response: HttpResponse,
): HttpResponse =>
  locale === undefined
    ? response
    : { ...response, cookies: [...(response.cookies ?? []), keepLocale(issuer, locale)] };

const IN_QUERY = new RegExp(`(^|&)${SWITCH}=([^&]*)`, 'g');

/** @returns Where to go, with the cookie, for a GET that chooses a language. */
export function switched(
  issuer: string,
  { here }: Pick<HttpRequest, 'here'>,
): HttpResponse | undefined {
  const [path = '', ...rest] = (here ?? '').split('?');
  const query = rest.join('?');
  const [, , wanted] = [...query.matchAll(IN_QUERY)].at(-1) ?? [];
  if (wanted === undefined) return undefined;
  const left = query.replace(IN_QUERY, '').replace(/^&/, '');
  const locale = spoken(wanted);
  const cookies = locale === undefined ? [] : [keepLocale(issuer, locale)];
  return redirect(issuer + (left === '' ? path : `${path}?${left}`), cookies);
}

export type Switching = {
  locale: Locale;
  /** Where the page is. Without it, and without a form, there is no way to it in another language. */
  here?: string | undefined;
  /** Whether the page has a form of ours, with the id `form`, that asks the same again. */
  byForm?: boolean | undefined;
};

export function languageSwitch({ locale, here, byForm = false }: Switching): Html {
  const base = linkable(here);
  if (!byForm && base === undefined) return html``;
  const other = (one: Locale): Html =>
    byForm
      ? html`<button class="word" form="${FORM_ID}" name="${SWITCH}" value="${one}" lang="${one}" formnovalidate>${LANGUAGES[one]}</button>`
      : html`<a href="${linkOf(base ?? '', one)}" lang="${one}" hreflang="${one}">${LANGUAGES[one]}</a>`;
  const own = html`<span aria-current="true">${LANGUAGES[locale]}</span>`;
  return html`<nav class="languages" aria-label="${shellWordsOf(locale).language}">${LOCALES.map((one) => (one === locale ? own : other(one)))}</nav>`;
}

/** A place of ours, which are all spelt plainly: what somebody else made up is not repeated. */
function linkable(here = ''): string | undefined {
  const [path = ''] = here.split('?');
  return /^[\w./~-]+$/.test(path) && here.length <= MAX_LINK ? safeTarget(here) : undefined;
}

const linkOf = (here: string, locale: Locale): string =>
  `${here}${here.includes('?') ? '&' : '?'}${SWITCH}=${locale}`;
