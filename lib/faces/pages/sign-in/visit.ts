/**
 * Somebody in front of a browser, and the page that comes next.
 *
 * @module
 */
import { type FormServices, loginFormState, questionState } from '../../../browser/form.ts';
import type { HttpRequest } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import type { Asking, Next } from '../../../oauth/authorize/steps.ts';
import { siteOf } from '../shell/page.ts';
import {
  type LoginAbout,
  showFailure,
  showLogin,
  showQuestion,
  showResponse,
} from './authorization.ts';

/** `sent`: what started it, whichever form the request itself is. */
export type Visit = { request: HttpRequest; sent: URLSearchParams };

export const siteFor = ({ issuer }: { issuer: string }, { request, sent }: Visit) =>
  siteOf(issuer, request.headers, sent.get('ui_locales'));

export function respond(services: FormServices, visit: Visit, next: Next): HttpResponse {
  if ('answer' in next) return showResponse(siteFor(services, visit), next.answer);
  return ask(services, visit, next);
}

/**
 * For a request that comes from anywhere, not from a form of ours.
 *
 * @see RFC 9700 §4.11.2: whoever may register a client would have an open redirector otherwise
 */
export function respondUnasked(services: FormServices, visit: Visit, next: Next): HttpResponse {
  if ('answer' in next && next.unknown && next.error)
    return showFailure(siteFor(services, visit), next.error, visit.request.id, next.answer);
  return respond(services, visit, next);
}

function ask(
  services: FormServices,
  visit: Visit,
  { pending: { asked }, question, problem }: Asking,
): HttpResponse {
  const { client, destination } = asked;
  const about = { clientName: client.username, redirectOrigin: destination.redirectUri };
  if (question.ask === 'login') {
    const { username, again: reauthenticate } = question;
    return askPassword(services, visit, { ...about, username, problem, reauthenticate });
  }
  const { secret: key } = question.browser;
  const state = questionState(services, { key, purpose: question.ask, sent: visit.sent });
  return showQuestion(siteFor(services, visit), question, { ...about, ...state });
}

export function askPassword(services: FormServices, visit: Visit, about: LoginAbout): HttpResponse {
  const { cookie, ...state } = loginFormState(services, visit.request, visit.sent);
  return { ...showLogin(siteFor(services, visit), about, state), cookies: [cookie] };
}
