/**
 * The login for a page of our own: `?return_to=` one of them, and prompt=select_account to go there with
 * another account, prompt=login to prove again who one is.
 *
 * @module
 */
import { type EnterServices, enter } from '../../../account/enter.ts';
import { isSameUser } from '../../../browser/cookie.ts';
import { browserCookiesOf, questionState, type SignInForm } from '../../../browser/form.ts';
import { noteBrowserUse } from '../../../browser/idle.ts';
import { recogniseAll, type SignedInBrowser } from '../../../browser/recognise.ts';
import { asksAgain } from '../../../browser/return-to.ts';
import { readTried, type Tried } from '../../../browser/tried.ts';
import { type HttpRequest, originOf } from '../../../http/request.ts';
import { type HttpResponse, redirect } from '../../../http/response.ts';
import { nameOf } from '../shell/dress.ts';
import { keeping } from '../shell/language-switch.ts';
import { siteOf } from '../shell/page.ts';
import { withAccounts } from './accounts.ts';
import { backToLogin } from './again.ts';
import { chooserPage } from './chooser.ts';
import { askPassword, type LoginServices, siteFor, type Visit } from './visit.ts';

type Services = LoginServices & EnterServices;
type Answer = Promise<HttpResponse>;

/** @param back - The path of the page. */
export async function loginPageFor(services: Services, request: HttpRequest, back: string): Answer {
  const visit = { request, sent: request.query };
  const tried = readTried(services, request, visit.sent);
  const cookies = browserCookiesOf(services, request);
  const accounts = await recogniseAll(services.tables, cookies, services.now());
  const [last] = accounts;
  if (asksAgain(visit.sent) && last)
    return askPassword(services, visit, { ...provingAgain(last), ...tried });
  if (tried) return askPassword(services, visit, tried);
  const wantsToChoose = visit.sent.get('prompt') === 'select_account';
  // The page itself knows the one that was used last, and nobody else in its place.
  const isLast = last?.secret === cookies[0]?.secret;
  if (last && isLast && asksAgain(visit.sent))
    return askPassword(services, visit, provingAgain(last));
  if (last && isLast && !wantsToChoose) {
    await noteBrowserUse(services.tables.sessions, last, services.now());
    return redirect(services.issuer + back);
  }
  return last ? askAccount(services, visit, accounts) : askPassword(services, visit, {});
}

const provingAgain = ({ user }: SignedInBrowser) => ({
  username: user.username,
  user,
  reauthenticate: true,
});

async function askAccount(
  services: Services,
  visit: Visit,
  accounts: readonly SignedInBrowser[],
): Answer {
  const { sent } = visit;
  const site = await siteFor(services, visit, undefined);
  const key = accounts[0]?.secret ?? '';
  const page = chooserPage({
    ...site,
    ...questionState(services, { key, purpose: 'account', sent }),
    accounts: accounts.map(({ user }) => user),
    clientName: nameOf(site.brand),
  });
  return keeping(services.issuer, visit.locale, page);
}

export async function loginForPage(
  services: Services,
  visit: Visit,
  form: SignInForm,
  back: string,
): Answer {
  const again = async (tried: Tried) =>
    backToLogin(services, visit, tried) ?? askPassword(services, visit, tried);
  if (visit.locale) return again({ username: form.username, problem: undefined });
  const { request } = visit;
  const cookies = browserCookiesOf(services, request);
  const accounts = await recogniseAll(services.tables, cookies, services.now());
  const { locale } = siteOf(services.issuer, request, visit.sent.get('ui_locales'));
  const of = { from: originOf(request), accounts, locale, returnTo: `/oauth/login?${visit.sent}` };
  const tried = await enter(services, form, of);
  if (tried.status === 'must_change') return redirect(services.issuer + tried.link);
  if (tried.status !== 'ok') return again({ username: form.username, problem: tried });
  return withAccounts(services, request, redirect(services.issuer + back), tried.accounts);
}

export async function chooseForPage(
  services: Services,
  visit: Visit,
  form: SignInForm,
  back: string,
): Answer {
  const { request } = visit;
  const cookies = browserCookiesOf(services, request);
  const accounts = await recogniseAll(services.tables, cookies, services.now());
  if (visit.locale && accounts.length > 0) return askAccount(services, visit, accounts);
  const chosen = accounts.find(({ user }) => user.id === form.account);
  if (!chosen) return askPassword(services, visit, {});
  const others = accounts.filter((one) => !isSameUser(one, chosen));
  const response = redirect(services.issuer + back);
  return withAccounts(services, request, response, [chosen, ...others]);
}
