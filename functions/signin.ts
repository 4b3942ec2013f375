/**
 * The pages on which users sign in and agree (RFC 6749 §3.1, OpenID Connect Core §3.1.2).
 *
 *   GET, POST /oauth/authorize   a client's authorization request; a page, or 303 to the client
 *   GET  /oauth/login            for a page of our own: ?return_to=/user
 *   POST /oauth/login            username, password, or action=cancel
 *   POST /oauth/choose           action=continue or switch: go on with this account, or another
 *   POST /oauth/consent          action=allow or deny
 *
 * The forms carry the request that started them, which is checked anew each time (lib/oauth/
 * sign-in-form.ts). Errors are pages until client and redirect URI are proven, then answers to it.
 *
 * @module
 */

import { formatBrowserCookie } from '../lib/browser/cookie.ts';
import {
  browserCookieOf,
  loginFormState,
  questionState,
  readSignInForm,
  type SignInForm,
} from '../lib/browser/form.ts';
import { recogniseBrowser, type SignedInBrowser } from '../lib/browser/recognise.ts';
import { returnPath } from '../lib/browser/return-to.ts';
import { type BrowserSignIn, signInBrowser } from '../lib/browser/sign-in.ts';
import { withholdsCookies } from '../lib/browser/withheld-cookies.ts';
import { composeSignin } from '../lib/compose/signin.ts';
import { refuse } from '../lib/errors.ts';
import * as pages from '../lib/faces/pages/sign-in/authorization.ts';
import type { LoginProblem } from '../lib/faces/pages/sign-in/login.ts';
import { setCookie } from '../lib/http/cookies.ts';
import { type Endpoint, endpoints, plainError } from '../lib/http/endpoint.ts';
import { formParameters, type HttpRequest, originOf } from '../lib/http/request.ts';
import { type HttpResponse, redirect } from '../lib/http/response.ts';
import {
  type Answered,
  answering,
  begin,
  denied,
  type Pending,
} from '../lib/oauth/authorize/begin.ts';
import { decide, type Question, type Step } from '../lib/oauth/authorize/decide.ts';
import { consentTo, rememberConsent } from '../lib/oauth/authorize/remembered-consent.ts';

const services = composeSignin();
const { issuer, tables, now, browserSessionLifetime } = services;

/** `sent`: what started it, whichever form the request itself is. */
type Visit = { request: HttpRequest; sent: URLSearchParams };

const siteOf = ({ request, sent }: Visit) =>
  pages.siteOf(issuer, request.headers, sent.get('ui_locales'));
const cookieOf = (request: HttpRequest) => browserCookieOf(services, request);

async function authorize(request: HttpRequest): Promise<HttpResponse> {
  const sent = request.method === 'POST' ? formParameters(request) : request.query;
  const again = `${issuer}/oauth/authorize?${sent}`;
  if (withholdsCookies(request, again)) return redirect(again);
  return proceed({ request, sent }, await begin(services, sent, cookieOf(request)), 'none');
}

async function proceed(visit: Visit, begun: Pending | Answered, step: Step): Promise<HttpResponse> {
  if ('answer' in begun) return pages.showResponse(siteOf(visit), begun.answer);
  const { destination } = begun.asked;
  const decided = await answering(services, destination, () => decide(services, begun, step));
  if ('answer' in decided) return pages.showResponse(siteOf(visit), decided.answer);
  return ask(visit, begun, decided);
}

function ask(visit: Visit, { asked }: Pending, question: Question & Problem): HttpResponse {
  const { client, destination } = asked;
  const about = { clientName: client.username, redirectOrigin: destination.redirectUri };
  if (question.ask === 'login') {
    const { username, again, problem } = question;
    return askPassword(visit, { ...about, username, problem, reauthenticate: again });
  }
  const { secret: key } = question.browser;
  const state = questionState(services, { key, purpose: question.ask, sent: visit.sent });
  return pages.showQuestion(siteOf(visit), question, { ...about, ...state });
}

type Problem = { problem?: LoginProblem | undefined };

function askPassword(visit: Visit, about: pages.LoginAbout): HttpResponse {
  const { cookie, ...state } = loginFormState(services, visit.request, visit.sent);
  return { ...pages.showLogin(siteOf(visit), about, state), cookies: [cookie] };
}

async function login(request: HttpRequest): Promise<HttpResponse> {
  const form = readSignInForm(services, request, 'login');
  const visit = { request, sent: form.sent };
  if (form.status === 'expired') return expired(visit);
  const back = returnPath(form.sent);
  if (back) return loginForPage(visit, form, back);
  const begun = await begin(services, form.sent, cookieOf(request));
  return 'answer' in begun ? proceed(visit, begun, 'login') : loginForClient(visit, form, begun);
}

async function loginForClient(visit: Visit, form: SignInForm, pending: Pending) {
  const { client, destination } = pending.asked;
  const result = await answering(services, destination, async () => {
    if (form.action === 'cancel') throw denied('cancelled at the login page');
    const tried = await attempt(visit.request, form, pending.browser);
    if (tried.status !== 'ok') return tried;
    const consent = await consentTo(services, client, tried.browser);
    return { ...tried, pending: { ...pending, browser: tried.browser, consent } };
  });
  if ('answer' in result) return proceed(visit, result, 'login');
  if (result.status !== 'ok') {
    const question = { ask: 'login', username: form.username, again: false } as const;
    return ask(visit, pending, { ...question, problem: result });
  }
  return signedIn(await proceed(visit, result.pending, 'login'), result.browser);
}

type Attempted = BrowserSignIn | { status: 'missing' };

async function attempt(
  request: HttpRequest,
  { username, password }: SignInForm,
  before: SignedInBrowser | undefined,
): Promise<Attempted> {
  if (username === '' || password === '') return { status: 'missing' };
  return signInBrowser(services, { username, password }, originOf(request), before);
}

function signedIn(response: HttpResponse, browser: SignedInBrowser): HttpResponse {
  const value = formatBrowserCookie(browser);
  const cookie = setCookie(issuer, 'latchkey', { value, maxAge: browserSessionLifetime });
  return { ...response, cookies: [...(response.cookies ?? []), cookie] };
}

async function loginPage(request: HttpRequest): Promise<HttpResponse> {
  const back = returnPath(request.query);
  if (!back)
    throw refuse('invalid_request', 'return-page-missing', 'There is no page to return to.');
  if (await recogniseBrowser(tables, cookieOf(request), now())) return redirect(issuer + back);
  return askPassword({ request, sent: request.query }, {});
}

async function loginForPage(visit: Visit, form: SignInForm, back: string) {
  const before = await recogniseBrowser(tables, cookieOf(visit.request), now());
  const tried = await attempt(visit.request, form, before);
  if (tried.status === 'ok') return signedIn(redirect(issuer + back), tried.browser);
  return askPassword(visit, { username: form.username, problem: tried });
}

async function choose(request: HttpRequest): Promise<HttpResponse> {
  const form = readSignInForm(services, request, 'account');
  const visit = { request, sent: form.sent };
  if (form.status === 'expired') return expired(visit);
  const begun = await begin(services, form.sent, cookieOf(request));
  if ('answer' in begun || form.action !== 'switch') return proceed(visit, begun, 'account');
  return ask(visit, begun, { ask: 'login', username: begun.asked.loginHint, again: false });
}

async function consent(request: HttpRequest): Promise<HttpResponse> {
  const form = readSignInForm(services, request, 'consent');
  const visit = { request, sent: form.sent };
  if (form.status === 'expired') return expired(visit);
  const begun = await begin(services, form.sent, cookieOf(request));
  if ('answer' in begun) return proceed(visit, begun, 'consent');
  const agreed = await answering(services, begun.asked.destination, async () => {
    if (form.action !== 'allow') throw denied('refused at the consent page');
    await rememberConsent(services, begun);
    return begun;
  });
  return proceed(visit, agreed, 'consent');
}

function expired(visit: Visit): HttpResponse {
  const start = returnPath(visit.sent) ? '/oauth/login' : '/oauth/authorize';
  return pages.showExpired(siteOf(visit), `${start}?${visit.sent}`);
}

const endpoint = (run: Endpoint['run']): Endpoint => ({
  run,
  showError: plainError,
  showPage: (error, headers) => pages.showFailure(pages.siteOf(issuer, headers), error),
});

export const handler = endpoints({
  'GET /oauth/authorize': endpoint(authorize),
  'POST /oauth/authorize': endpoint(authorize),
  'GET /oauth/login': endpoint(loginPage),
  'POST /oauth/login': endpoint(login),
  'POST /oauth/choose': endpoint(choose),
  'POST /oauth/consent': endpoint(consent),
});
