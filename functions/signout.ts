/**
 * Signs a browser out, for a client or for the user alone (OpenID Connect RP-Initiated Logout 1.0).
 *
 *   GET, POST /session/end    id_token_hint?, client_id?, post_logout_redirect_uri?, state?,
 *                             ui_locales?: the question whether to sign out; who is not signed in is
 *                             led on at once
 *   POST /session/end/confirm    action=yes or no, from that page's form
 *
 * Out:    a page, or 303 to the client's registered URI with its state
 * Errors: pages; nothing is ever redirected to an address that is not registered (check-logout.ts)
 *
 * A yes is one delete: all that was granted within the browser's session is dead from then on. The
 * clients concerned are told later and elsewhere (functions/notify.ts), so none of them can hold it up.
 *
 * @module
 */

import { browserCookieOf, questionState, readSignInForm } from '../lib/browser/form.ts';
import { recogniseBrowser, type SignedInBrowser } from '../lib/browser/recognise.ts';
import { withholdsCookies } from '../lib/browser/withheld-cookies.ts';
import { composeSignout } from '../lib/compose/logout.ts';
import { refuse } from '../lib/errors.ts';
import * as pages from '../lib/faces/pages/sign-in/authorization.ts';
import { loggedOutPage, logoutPage, stayedPage } from '../lib/faces/pages/sign-in/logout.ts';
import { cookieName, setCookie } from '../lib/http/cookies.ts';
import { type Endpoint, endpoints, plainError } from '../lib/http/endpoint.ts';
import { formParameters, type HttpRequest } from '../lib/http/request.ts';
import { type HttpResponse, redirect } from '../lib/http/response.ts';
import { checkLogout, type LogoutRequest } from '../lib/oauth/logout/check.ts';
import { endSession } from '../lib/store/sessions/sessions.ts';

const services = composeSignout();
const { issuer, tables, now, announce } = services;

type Visit = { request: HttpRequest; asked: LogoutRequest };

const siteOf = ({ request, asked }: Visit) =>
  pages.siteOf(issuer, request.headers, asked.request.get('ui_locales'));
const browserOf = (request: HttpRequest) =>
  recogniseBrowser(tables, browserCookieOf(services, request), now());

async function ask(request: HttpRequest): Promise<HttpResponse> {
  const sent = request.method === 'POST' ? formParameters(request) : request.query;
  const asked = await checkLogout(services, sent);
  const again = `${issuer}/session/end?${asked.request}`;
  if (withholdsCookies(request, again)) return redirect(again);
  const browser = await browserOf(request);
  const visit = { request, asked };
  return browser ? question(visit, browser) : done(visit);
}

function question(visit: Visit, { secret: key, user }: SignedInBrowser): HttpResponse {
  const { request: sent, returnTo } = visit.asked;
  return logoutPage({
    ...siteOf(visit),
    ...questionState(services, { key, purpose: 'logout', sent }),
    username: user.username,
    redirectOrigin: returnTo,
  });
}

async function confirm(request: HttpRequest): Promise<HttpResponse> {
  const { status, sent, action } = readSignInForm(services, request, 'logout');
  const asked = await checkLogout(services, sent);
  const visit = { request, asked };
  if (status === 'expired')
    return pages.showExpired(siteOf(visit), `/session/end?${asked.request}`);
  if (action === 'no') return stay(visit);
  if (action !== 'yes')
    throw refuse('invalid_request', 'logout-action-unknown', 'The action must be yes or no.');
  const browser = await browserOf(request);
  // One that has ended already is as the user wants it.
  if (browser && (await endSession(tables.sessions, browser.name, now())))
    await announce(browser.name.subject);
  return done(visit);
}

const COOKIES = ['latchkey', 'latchkey-form'] as const;

/** Takes away what was sent and nothing else: another site's form comes without, and may end nothing. */
function done(visit: Visit): HttpResponse {
  const sent = COOKIES.filter((name) => visit.request.cookies.has(cookieName(issuer, name)));
  const cookies = sent.map((name) => setCookie(issuer, name, { value: '', maxAge: 0 }));
  const { returnTo } = visit.asked;
  if (returnTo !== undefined) return redirect(returnTo, cookies);
  return { ...loggedOutPage(siteOf(visit)), cookies };
}

/** The client asked, and has its user back; it has ended its own session, not ours. */
const stay = (visit: Visit): HttpResponse =>
  visit.asked.returnTo === undefined ? stayedPage(siteOf(visit)) : redirect(visit.asked.returnTo);

const endpoint = (run: Endpoint['run']): Endpoint => ({
  run,
  showError: plainError,
  showPage: (error, headers) => pages.showFailure(pages.siteOf(issuer, headers), error),
});

export const handler = endpoints({
  'GET /session/end': endpoint(ask),
  'POST /session/end': endpoint(ask),
  'POST /session/end/confirm': endpoint(confirm),
});
