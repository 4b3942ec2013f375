/**
 * Somebody in front of a browser, and the page that comes next.
 *
 * @module
 */
import type { MailServices } from '../../../account/mail-order.ts';
import { domainOfOwnLogin } from '../../../account/own-login.ts';
import { type FormServices, loginFormState, questionState } from '../../../browser/form.ts';
import type { HttpRequest } from '../../../http/request.ts';
import { type HttpResponse, redirect } from '../../../http/response.ts';
import { policyOf } from '../../../manage/domains/lifecycle.ts';
import type { Asking, Next } from '../../../oauth/authorize/steps.ts';
import type { Domain } from '../../../store/directory/domains.ts';
import { type BrandServices, dressed, type Wearer } from '../shell/brand-of.ts';
import { keeping } from '../shell/language-switch.ts';
import type { Locale } from '../shell/locale.ts';
import { type Site, siteOf } from '../shell/page.ts';
import {
  type LoginAbout,
  showFailure,
  showLogin,
  showQuestion,
  showResponse,
} from './authorization.ts';
import type { Ways } from './login.ts';

/** `sent`: what started it, whichever form the request itself is. `locale`: chosen by that form. */
export type Visit = { request: HttpRequest; sent: URLSearchParams; locale?: Locale | undefined };
export type PageServices = FormServices & BrandServices;
/**
 * Without mails nobody is helped who forgot a password, or signs up.
 *
 * `defaultDomain`: whose settings a sign-in has that is for no client; empty for nobody's.
 */
export type LoginServices = PageServices & MailServices & { defaultDomain: string };

/** @param wearer - Whose brand the page has. */
export async function siteFor(
  services: PageServices,
  { request, sent, locale }: Visit,
  wearer: Wearer | undefined,
): Promise<Site> {
  const site = siteOf(services.issuer, request, sent.get('ui_locales'));
  return dressed(services, { ...site, ...(locale && { locale }) }, wearer);
}

export async function respond(
  services: LoginServices,
  visit: Visit,
  next: Next,
): Promise<HttpResponse> {
  if ('demanded' in next) return redirect(services.issuer + next.demanded);
  if (!('answer' in next)) return ask(services, visit, next);
  const { mode } = next.answer;
  const site = mode === 'form_post' ? await siteFor(services, visit, next.client) : undefined;
  return showResponse(site ?? { locale: 'en' }, next.answer);
}

/**
 * For a request that comes from anywhere, not from a form of ours.
 *
 * @see RFC 9700 §4.11.2: whoever may register a client would have an open redirector otherwise
 */
export async function respondUnasked(
  services: LoginServices,
  visit: Visit,
  next: Next,
): Promise<HttpResponse> {
  if (!('answer' in next && next.unknown && next.error)) return respond(services, visit, next);
  const site = await siteFor(services, visit, next.client);
  return showFailure(site, next.error, visit.request.id, next.answer);
}

async function ask(
  services: LoginServices,
  visit: Visit,
  { pending: { asked, domain }, question, problem }: Asking,
): Promise<HttpResponse> {
  const { client, destination } = asked;
  const about = { client, domain, redirectOrigin: destination.redirectUri };
  if (question.ask === 'login') {
    const { username, again: reauthenticate } = question;
    return askPassword(services, visit, { ...about, username, problem, reauthenticate });
  }
  const [of] = question.ask === 'account' ? question.accounts : [question.browser];
  const state = questionState(services, {
    key: of?.secret ?? '',
    purpose: question.ask,
    sent: visit.sent,
  });
  const site = await siteFor(services, visit, client);
  const page = showQuestion(site, question, { ...about, ...state });
  return keeping(services.issuer, visit.locale, page);
}

/** A link has to fit a request line. */
const MAX_LINK = 6000;

/**
 * What whoever has no password, or none any more, can do: with the sign-in that they come from. It is what
 * the domain of the client allows, or of whoever is to sign in again: whose account it will be nobody else
 * knows yet.
 */
function waysIn({ queue }: LoginServices, { sent }: Visit, domain: Domain | undefined): Ways {
  if (!queue) return {};
  const { signUp, emailCodes } = policyOf(domain ?? {});
  const query = sent.toString();
  const from = query === '' || query.length > MAX_LINK ? '' : `?${query}`;
  return {
    forgot: `/account/forgot-password${from}`,
    ...(signUp === 'open' && { signUp: `/account/sign-up${from}` }),
    ...(emailCodes && { codes: true }),
  };
}

export async function askPassword(
  services: LoginServices,
  visit: Visit,
  about: LoginAbout,
): Promise<HttpResponse> {
  const { cookie, ...state } = loginFormState(services, visit.request, visit.sent);
  const [site, domain] = await Promise.all([
    siteFor(services, visit, about.client),
    about.client ? about.domain : domainOfOwnLogin(services, about.user),
  ]);
  const page = showLogin(site, { ...about, ways: waysIn(services, visit, domain) }, state);
  return keeping(services.issuer, visit.locale, { ...page, cookies: [cookie] });
}
