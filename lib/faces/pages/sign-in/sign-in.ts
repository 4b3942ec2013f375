/**
 * The pages on which users sign in and agree (RFC 6749 §3.1, OpenID Connect Core §3.1.2).
 *
 *   GET, POST /oauth/authorize   a client's authorization request; a page, or 303 to the client
 *   GET  /oauth/login            for a page of our own: ?return_to=/user; or again, after a refused attempt
 *   POST /oauth/login            username, password, or action=cancel; 303 back where it is refused
 *   POST /oauth/choose           action=continue or switch: go on with this account, or another
 *   POST /oauth/consent          action=allow or deny
 *
 * The forms carry the request that started them, which is checked anew each time (lib/browser/form.ts).
 * Errors are pages until client and redirect URI are proven, then answers to it; and pages that link to
 * the client, as long as nobody is known to be signed in.
 *
 * @module
 */
import { attemptAnew } from '../../../browser/attempt.ts';
import { formatBrowserCookie } from '../../../browser/cookie.ts';
import { deviceCookie } from '../../../browser/device.ts';
import { browserCookieOf, readSignInForm, type SignInForm } from '../../../browser/form.ts';
import type { FormPurpose } from '../../../browser/form-token.ts';
import { noteBrowserUse } from '../../../browser/idle.ts';
import { recogniseBrowser, type SignedInBrowser } from '../../../browser/recognise.ts';
import { returnPath } from '../../../browser/return-to.ts';
import type { BrowserSignInServices } from '../../../browser/sign-in.ts';
import { forgetTried, readTried } from '../../../browser/tried.ts';
import { withholdsCookies } from '../../../browser/withheld-cookies.ts';
import { refuse } from '../../../errors.ts';
import type { CalledFrom } from '../../../events/trail.ts';
import { setCookie } from '../../../http/cookies.ts';
import { formParameters, type HttpRequest, originOf } from '../../../http/request.ts';
import { type HttpResponse, redirect } from '../../../http/response.ts';
import type { AuthorizeServices } from '../../../oauth/authorize/begin.ts';
import {
  agree,
  authorize,
  choose,
  type Next,
  preview,
  retry,
  signIn,
} from '../../../oauth/authorize/steps.ts';
import { backToLogin, triedIn } from './again.ts';
import { showExpired } from './authorization.ts';
import { askPassword, respond, respondUnasked, siteFor, type Visit } from './visit.ts';

export type SigninServices = AuthorizeServices &
  BrowserSignInServices & {
    /** Paths of pages of our own, to which a login may lead back. */
    ownPages: readonly string[];
  };
type Answer = Promise<HttpResponse>;

export async function authorizePage(services: SigninServices, request: HttpRequest): Answer {
  const sent = request.method === 'POST' ? formParameters(request) : request.query;
  const again = `${services.issuer}/oauth/authorize?${sent}`;
  if (withholdsCookies(request, again)) return redirect(again);
  const visit = { request, sent };
  const asked = { sent, cookie: browserCookieOf(services, request) };
  const next = await (request.isHead ? preview : authorize)(services, asked);
  return 'agreed' in next ? NOTHING_MADE : respondUnasked(services, visit, next);
}

/** A HEAD, where a GET would lead to the client with a code. */
const NOTHING_MADE = { statusCode: 200, headers: { 'cache-control': 'no-store' }, body: '' };

export async function loginPage(services: SigninServices, request: HttpRequest): Answer {
  const { tables, issuer, now, ownPages } = services;
  const back = returnPath(request.query, ownPages);
  if (!back) return loginAgain(services, request);
  const cookie = browserCookieOf(services, request);
  const browser = await recogniseBrowser(tables, cookie, now());
  if (browser) {
    await noteBrowserUse(tables.sessions, browser, now());
    return redirect(issuer + back);
  }
  const visit = { request, sent: request.query };
  return askPassword(services, visit, readTried(services, request, visit.sent) ?? {});
}

/** For a client: whoever comes without having tried starts from the beginning. */
async function loginAgain(services: SigninServices, request: HttpRequest): Answer {
  const { query: sent } = request;
  if (!sent.has('client_id'))
    throw refuse('invalid_request', 'return-page-missing', 'There is no page to return to.');
  const tried = readTried(services, request, sent);
  if (!tried) return redirect(`${services.issuer}/oauth/authorize?${sent}`);
  const asked = { sent, cookie: browserCookieOf(services, request) };
  return respond(services, { request, sent }, await retry(services, asked, tried));
}

export async function login(services: SigninServices, request: HttpRequest): Answer {
  const form = readSignInForm(services, request, 'login');
  const visit = { request, sent: form.sent };
  if (form.status === 'expired') return expired(services, visit);
  const back = returnPath(form.sent, services.ownPages);
  if (back) return loginForPage(services, visit, form, back);
  const asked = { sent: form.sent, cookie: browserCookieOf(services, request) };
  const { next, browser } = await signIn(services, asked, form, originOf(request));
  const tried = triedIn(next);
  const again = tried && backToLogin(services, visit, tried);
  const response = again ?? respond(services, visit, next);
  return browser ? withCookie(services, visit, response, browser) : response;
}

async function loginForPage(
  services: SigninServices,
  visit: Visit,
  form: SignInForm,
  back: string,
): Answer {
  const cookie = browserCookieOf(services, visit.request);
  const tried = await attemptAnew(services, form, originOf(visit.request), cookie);
  if (tried.status === 'ok')
    return withCookie(services, visit, redirect(services.issuer + back), tried.browser);
  const refused = { username: form.username, problem: tried };
  return backToLogin(services, visit, refused) ?? askPassword(services, visit, refused);
}

function withCookie(
  services: SigninServices,
  { request }: Visit,
  response: HttpResponse,
  browser: SignedInBrowser,
): HttpResponse {
  const { issuer, browserSessionLifetime: maxAge } = services;
  const value = formatBrowserCookie(browser);
  const cookie = setCookie(issuer, 'latchkey', { value, maxAge });
  // Whoever is not admitted has just been told so by another of its value.
  const before = response.cookies ?? forgetTried(services, request);
  const device = browser.device === undefined ? [] : [deviceCookie(issuer, browser.device)];
  return { ...response, cookies: [...before, cookie, ...device] };
}

type Did = (
  services: SigninServices,
  asked: Parameters<typeof choose>[1],
  form: SignInForm,
  origin: CalledFrom,
) => Promise<Next>;

/** A form with which whoever is signed in answers a question. */
const answerTo =
  (purpose: FormPurpose, did: Did) =>
  async (services: SigninServices, request: HttpRequest): Answer => {
    const form = readSignInForm(services, request, purpose);
    const visit = { request, sent: form.sent };
    if (form.status === 'expired') return expired(services, visit);
    const asked = { sent: form.sent, cookie: browserCookieOf(services, request) };
    return respond(services, visit, await did(services, asked, form, originOf(request)));
  };

export const account = answerTo('account', choose);
export const consent = answerTo('consent', agree);

function expired(services: SigninServices, visit: Visit): HttpResponse {
  const start = returnPath(visit.sent, services.ownPages) ? '/oauth/login' : '/oauth/authorize';
  return showExpired(siteFor(services, visit), `${start}?${visit.sent}`);
}
