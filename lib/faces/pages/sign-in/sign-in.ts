/**
 * The pages on which users sign in and agree (RFC 6749 §3.1, OpenID Connect Core §3.1.2).
 *
 *   GET, POST /oauth/authorize   a client's authorization request; a page, or 303 to the client
 *   GET  /oauth/login            for a page of our own: ?return_to=/user; or again, after a refused attempt
 *   POST /oauth/login            username, password, or action=cancel; 303 back where it is refused
 *   POST /oauth/choose           account=the id of the one to go on with, or action=switch for another
 *   POST /oauth/consent          action=allow or deny
 *
 * Each form takes switch_locale too, and is then asked again in that language. The forms carry the request that started them, which is checked anew each time (lib/browser/form.ts).
 * Errors are pages until client and redirect URI are proven, then answers to it; and pages that link to
 * the client, as long as nobody is known to be signed in.
 *
 * @module
 */
import type { EnterServices } from '../../../account/enter.ts';
import { isSameUser } from '../../../browser/cookie.ts';
import { browserCookiesOf, readSignInForm } from '../../../browser/form.ts';
import { returnPath } from '../../../browser/return-to.ts';
import { readTried } from '../../../browser/tried.ts';
import { withholdsCookies } from '../../../browser/withheld-cookies.ts';
import { refuse } from '../../../errors.ts';
import { formParameters, type HttpRequest, originOf } from '../../../http/request.ts';
import { type HttpResponse, redirect } from '../../../http/response.ts';
import type { AuthorizeServices } from '../../../oauth/authorize/begin.ts';
import {
  agree,
  askAgain,
  authorize,
  choose,
  preview,
  retry,
  signIn,
  switchAccount,
} from '../../../oauth/authorize/steps.ts';
import { keeping } from '../shell/language-switch.ts';
import { spoken } from '../shell/locale.ts';
import { siteOf } from '../shell/page.ts';
import { withAccounts } from './accounts.ts';
import { backToLogin, triedIn } from './again.ts';
import { showExpired } from './authorization.ts';
import { chooseForPage, loginForPage, loginPageFor } from './own-page.ts';
import { type LoginServices, respond, respondUnasked, siteFor, type Visit } from './visit.ts';

export type SigninServices = AuthorizeServices &
  EnterServices &
  LoginServices & {
    /** Paths of pages of our own, to which a login may lead back. */
    ownPages: readonly string[];
  };
type Answer = Promise<HttpResponse>;

export async function authorizePage(services: SigninServices, request: HttpRequest): Answer {
  const sent = request.method === 'POST' ? formParameters(request) : request.query;
  const again = `${services.issuer}/oauth/authorize?${sent}`;
  if (withholdsCookies(request, again)) return redirect(again);
  const visit = { request, sent };
  const asked = { sent, cookies: browserCookiesOf(services, request) };
  const next = await (request.isHead ? preview : authorize)(services, asked);
  return 'agreed' in next ? NOTHING_MADE : respondUnasked(services, visit, next);
}

/** A HEAD, where a GET would lead to the client with a code. */
const NOTHING_MADE = { statusCode: 200, headers: { 'cache-control': 'no-store' }, body: '' };

export async function loginPage(services: SigninServices, request: HttpRequest): Answer {
  const back = returnPath(request.query, services.ownPages);
  return back ? loginPageFor(services, request, back) : loginAgain(services, request);
}

/** For a client: whoever comes without having tried starts from the beginning. */
async function loginAgain(services: SigninServices, request: HttpRequest): Answer {
  const { query: sent } = request;
  if (!sent.has('client_id'))
    throw refuse('invalid_request', 'return-page-missing', 'There is no page to return to.');
  const tried = readTried(services, request, sent);
  if (!tried) return redirect(`${services.issuer}/oauth/authorize?${sent}`);
  const asked = { sent, cookies: browserCookiesOf(services, request) };
  return respond(services, { request, sent }, await retry(services, asked, tried));
}

export async function login(services: SigninServices, request: HttpRequest): Answer {
  const form = readSignInForm(services, request, 'login');
  const { sent } = form;
  const visit = { request, sent, locale: spoken(form.switchTo) };
  if (form.status === 'expired') return expired(services, visit);
  const back = returnPath(sent, services.ownPages);
  if (back) return loginForPage(services, visit, form, back);
  const asked = { sent, cookies: browserCookiesOf(services, request) };
  if (visit.locale) {
    const typed = { username: form.username, problem: undefined };
    const again = backToLogin(services, visit, typed);
    return again ?? respond(services, visit, await retry(services, asked, typed));
  }
  const { locale } = siteOf(services.issuer, request, sent.get('ui_locales'));
  const { next, accounts } = await signIn(services, asked, form, {
    from: originOf(request),
    locale,
  });
  const tried = triedIn(next);
  const again = tried && backToLogin(services, visit, tried);
  const response = again ?? (await respond(services, visit, next));
  return accounts ? withAccounts(services, request, response, accounts) : response;
}

export async function account(services: SigninServices, request: HttpRequest): Answer {
  const form = readSignInForm(services, request, 'account');
  const { sent } = form;
  const visit = { request, sent, locale: spoken(form.switchTo) };
  if (form.status === 'expired') return expired(services, visit);
  const back = returnPath(sent, services.ownPages);
  if (back) return chooseForPage(services, visit, form, back);
  const cookies = browserCookiesOf(services, request);
  const asked = { sent, cookies };
  if (visit.locale) return respond(services, visit, await askAgain(services, asked, 'account'));
  if (form.action === 'switch')
    return respond(services, visit, await switchAccount(services, asked));
  const wanted = form.account ?? form.of?.name.subject;
  const chosen = cookies.find(({ name }) => name.subject === wanted);
  const next = await choose(services, { sent, cookies: chosen ? [chosen] : [] });
  const response = await respond(services, visit, next);
  if (!chosen) return response;
  const others = cookies.filter((one) => !isSameUser(one, chosen));
  return withAccounts(services, request, response, [chosen, ...others]);
}

export async function consent(services: SigninServices, request: HttpRequest): Answer {
  const form = readSignInForm(services, request, 'consent');
  const { sent } = form;
  const visit = { request, sent, locale: spoken(form.switchTo) };
  if (!form.of) return expired(services, visit);
  const asked = { sent, cookies: [form.of] };
  const next = visit.locale
    ? askAgain(services, asked, 'consent')
    : agree(services, asked, form, originOf(request));
  return respond(services, visit, await next);
}

async function expired(services: SigninServices, visit: Visit): Answer {
  const start = returnPath(visit.sent, services.ownPages) ? '/oauth/login' : '/oauth/authorize';
  const page = showExpired(await siteFor(services, visit, undefined), `${start}?${visit.sent}`);
  return keeping(services.issuer, visit.locale, page);
}
