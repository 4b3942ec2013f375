/**
 * Signs a browser out, for a client or for the user alone (OpenID Connect RP-Initiated Logout 1.0).
 *
 *   GET, POST /session/end    id_token_hint?, logout_hint?, client_id?, post_logout_redirect_uri?, state?,
 *                             ui_locales?: the question whether to sign out; who is not signed in is
 *                             told so, with a link to where the client wants them
 *   POST /session/end/confirm    action=yes, all or no, or account=the id of one, from that page's form
 *
 * Out:    a page, or 303 to the client's registered URI with its state
 * Errors: pages; nothing is ever redirected to an address that is not registered
 *         (lib/oauth/logout/check.ts)
 *
 * @module
 */
import { type BrowserCookie, formatBrowserCookies, isSameUser } from '../../../browser/cookie.ts';
import {
  browserCookiesOf,
  questionState,
  readSignInForm,
  type SignInForm,
} from '../../../browser/form.ts';
import { recogniseAll, type SignedInBrowser } from '../../../browser/recognise.ts';
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
import type { Seconds } from '../../../time.ts';
import { type BrandServices, dressed } from '../shell/brand-of.ts';
import { keeping } from '../shell/language-switch.ts';
import { type Locale, spoken } from '../shell/locale.ts';
import { type Site, siteOf } from '../shell/page.ts';
import { showExpired } from './authorization.ts';
import { loggedOutPage, logoutPage, stayedPage } from './logout.ts';

export type SignoutServices = LogoutServices &
  BrowserSignOutServices &
  BrandServices & {
    /** Seconds. */
    browserSessionLifetime: Seconds;
  };
type Answer = Promise<HttpResponse>;
type Visit = { request: HttpRequest; asked: LogoutRequest; locale?: Locale | undefined };

const siteFor = (services: SignoutServices, { request, asked, locale }: Visit): Promise<Site> => {
  const site = siteOf(services.issuer, request, asked.request.get('ui_locales'));
  return dressed(services, { ...site, ...(locale && { locale }) }, asked.client);
};

export async function askLogout(services: SignoutServices, request: HttpRequest): Answer {
  const { issuer, tables, now } = services;
  const sent = request.method === 'POST' ? formParameters(request) : request.query;
  const asked = await checkLogout(services, sent);
  const again = `${issuer}/session/end?${asked.request}`;
  if (withholdsCookies(request, again)) return redirect(again);
  const accounts = await recogniseAll(tables, browserCookiesOf(services, request), now());
  const visit = { request, asked };
  return accounts.length > 0 ? question(services, visit, accounts) : signedOut(services, visit, []);
}

/** Of whom the client wants signed out, or the only one; else the user says which. */
async function question(
  services: SignoutServices,
  visit: Visit,
  accounts: readonly SignedInBrowser[],
): Answer {
  const { request: sent, returnTo, hint } = visit.asked;
  const hinted = accounts.filter(({ user }) => hint === user.id || hint === user.username);
  const asked = hinted.length > 0 ? hinted : accounts;
  const page = logoutPage({
    ...(await siteFor(services, visit)),
    ...questionState(services, { key: asked[0]?.secret ?? '', purpose: 'logout', sent }),
    accounts: asked.map(({ user }) => user),
    areMore: asked.length < accounts.length,
    redirectOrigin: returnTo,
  });
  return keeping(services.issuer, visit.locale, page);
}

export async function confirmLogout(services: SignoutServices, request: HttpRequest): Answer {
  const form = readSignInForm(services, request, 'logout');
  const { sent, action, of } = form;
  const asked = await checkLogout(services, sent);
  const visit = { request, asked, locale: spoken(form.switchTo) };
  if (!of) return showExpired(await siteFor(services, visit), `/session/end?${asked.request}`);
  const cookies = browserCookiesOf(services, request);
  if (visit.locale) return askInAnother(services, visit, cookies);
  if (action === 'no') return stay(services, visit);
  const ended = endedBy(form, cookies, of);
  if (ended.length === 0)
    throw refuse('invalid_request', 'logout-action-unknown', 'The action must be yes, all or no.');
  await Promise.all(ended.map((one) => signOutBrowser(services, one, originOf(request))));
  const left = cookies.filter((one) => !ended.some((other) => isSameUser(one, other)));
  const { returnTo } = asked;
  return returnTo === undefined
    ? signedOut(services, visit, left)
    : redirect(returnTo, cookiesOf(services, visit, left));
}

async function askInAnother(
  services: SignoutServices,
  visit: Visit,
  cookies: readonly BrowserCookie[],
): Answer {
  const accounts = await recogniseAll(services.tables, cookies, services.now());
  return accounts.length > 0
    ? question(services, visit, accounts)
    : signedOut(services, visit, cookies);
}

/** @param of - Whose form it is: who was asked, where it was one. */
function endedBy(
  { action, account }: Pick<SignInForm, 'action' | 'account'>,
  cookies: readonly BrowserCookie[],
  of: BrowserCookie,
): readonly BrowserCookie[] {
  if (account !== undefined) return cookies.filter(({ name }) => name.subject === account);
  if (action === 'all') return cookies;
  return action === 'yes' ? [of] : [];
}

const COOKIES = ['latchkey', 'latchkey-form', 'latchkey-tried', 'latchkey-typed'] as const;

/**
 * Who is left. Without anybody it takes away what was sent and nothing else: another site's form comes
 * without, and may end nothing.
 */
function cookiesOf(
  { issuer, browserSessionLifetime: maxAge }: SignoutServices,
  { request }: Visit,
  left: readonly BrowserCookie[],
): string[] {
  if (left.length > 0)
    return [setCookie(issuer, 'latchkey', { value: formatBrowserCookies(left), maxAge })];
  return COOKIES.filter((name) => request.cookies.has(cookieName(issuer, name))).map((name) =>
    setCookie(issuer, name, { value: '', maxAge: 0 }),
  );
}

/** Nobody who has not pressed a button of ours is led away (RFC 9700 §4.11.2). */
async function signedOut(
  services: SignoutServices,
  visit: Visit,
  left: readonly BrowserCookie[],
): Answer {
  const { client, returnTo, request } = visit.asked;
  const site = await siteFor(services, visit);
  const page = loggedOutPage({
    ...site,
    here: site.here ?? `/session/end?${request}`,
    clientName: client?.username,
    returnTo,
  });
  return { ...page, cookies: cookiesOf(services, visit, left) };
}

/** The client asked, and has its user back; it has ended its own session, not ours. */
const stay = async (services: SignoutServices, visit: Visit): Answer =>
  visit.asked.returnTo === undefined
    ? stayedPage(await siteFor(services, visit))
    : redirect(visit.asked.returnTo);
