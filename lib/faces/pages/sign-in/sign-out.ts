/**
 * Signs a browser out, for a client or for the user alone (OpenID Connect RP-Initiated Logout 1.0).
 *
 *   GET, POST /session/end    id_token_hint?, client_id?, post_logout_redirect_uri?, state?,
 *                             ui_locales?: the question whether to sign out; who is not signed in is
 *                             told so, with a link to where the client wants them
 *   POST /session/end/confirm    action=yes or no, from that page's form
 *
 * Out:    a page, or 303 to the client's registered URI with its state
 * Errors: pages; nothing is ever redirected to an address that is not registered
 *         (lib/oauth/logout/check.ts)
 *
 * @module
 */
import { browserCookieOf, questionState, readSignInForm } from '../../../browser/form.ts';
import { recogniseBrowser, type SignedInBrowser } from '../../../browser/recognise.ts';
import { type BrowserSignOutServices, signOutBrowser } from '../../../browser/sign-out.ts';
import { withholdsCookies } from '../../../browser/withheld-cookies.ts';
import { refuse } from '../../../errors.ts';
import { cookieName, setCookie } from '../../../http/cookies.ts';
import { formParameters, type HttpRequest, originOf } from '../../../http/request.ts';
import { type HttpResponse, redirect } from '../../../http/response.ts';
import {
  checkLogout,
  type LogoutRequest,
  type LogoutServices,
} from '../../../oauth/logout/check.ts';
import { siteOf } from '../shell/page.ts';
import { showExpired } from './authorization.ts';
import { loggedOutPage, logoutPage, stayedPage } from './logout.ts';

export type SignoutServices = LogoutServices & BrowserSignOutServices;
type Answer = Promise<HttpResponse>;
type Visit = { request: HttpRequest; asked: LogoutRequest };

const siteFor = ({ issuer }: SignoutServices, { request, asked }: Visit) =>
  siteOf(issuer, request.headers, asked.request.get('ui_locales'));

export async function askLogout(services: SignoutServices, request: HttpRequest): Answer {
  const { issuer, tables, now } = services;
  const sent = request.method === 'POST' ? formParameters(request) : request.query;
  const asked = await checkLogout(services, sent);
  const again = `${issuer}/session/end?${asked.request}`;
  if (withholdsCookies(request, again)) return redirect(again);
  const browser = await recogniseBrowser(tables, browserCookieOf(services, request), now());
  const visit = { request, asked };
  return browser ? question(services, visit, browser) : signedOut(services, visit);
}

function question(
  services: SignoutServices,
  visit: Visit,
  { secret: key, user }: SignedInBrowser,
): HttpResponse {
  const { request: sent, returnTo } = visit.asked;
  return logoutPage({
    ...siteFor(services, visit),
    ...questionState(services, { key, purpose: 'logout', sent }),
    username: user.username,
    redirectOrigin: returnTo,
  });
}

export async function confirmLogout(services: SignoutServices, request: HttpRequest): Answer {
  const { status, sent, action } = readSignInForm(services, request, 'logout');
  const asked = await checkLogout(services, sent);
  const visit = { request, asked };
  if (status === 'expired')
    return showExpired(siteFor(services, visit), `/session/end?${asked.request}`);
  if (action === 'no') return stay(services, visit);
  if (action !== 'yes')
    throw refuse('invalid_request', 'logout-action-unknown', 'The action must be yes or no.');
  await signOutBrowser(services, browserCookieOf(services, request), originOf(request));
  const { returnTo } = asked;
  return returnTo === undefined
    ? signedOut(services, visit)
    : redirect(returnTo, withoutCookies(services, visit));
}

const COOKIES = ['latchkey', 'latchkey-form', 'latchkey-tried', 'latchkey-typed'] as const;

/** Takes away what was sent and nothing else: another site's form comes without, and may end nothing. */
const withoutCookies = ({ issuer }: SignoutServices, { request }: Visit): string[] =>
  COOKIES.filter((name) => request.cookies.has(cookieName(issuer, name))).map((name) =>
    setCookie(issuer, name, { value: '', maxAge: 0 }),
  );

/** Nobody who has not pressed a button of ours is led away (RFC 9700 §4.11.2). */
function signedOut(services: SignoutServices, visit: Visit): HttpResponse {
  const { client, returnTo } = visit.asked;
  const page = loggedOutPage({
    ...siteFor(services, visit),
    clientName: client?.username,
    returnTo,
  });
  return { ...page, cookies: withoutCookies(services, visit) };
}

/** The client asked, and has its user back; it has ended its own session, not ours. */
const stay = (services: SignoutServices, visit: Visit): HttpResponse =>
  visit.asked.returnTo === undefined
    ? stayedPage(siteFor(services, visit))
    : redirect(visit.asked.returnTo);
