/**
 * What the authorization endpoint has decided, as a page or a redirect.
 *
 * @module
 */

import type { FormState } from '../../../browser/form.ts';
import type { AuthError } from '../../../errors.ts';
import { type HttpResponse, redirect } from '../../../http/response.ts';
import type { Question } from '../../../oauth/authorize/decide.ts';
import { type AuthorizationResponse, locationOf } from '../../../oauth/request/response.ts';
import type { Client } from '../../../store/directory/clients.ts';
import type { Domain } from '../../../store/directory/domains.ts';
import type { User } from '../../../store/directory/users.ts';
import { nameOf } from '../shell/dress.ts';
import { path, type Site } from '../shell/page.ts';
import { chooserPage } from './chooser.ts';
import { codePage } from './code.ts';
import { consentPage } from './consent.ts';
import { errorPage, expiredPage } from './failure.ts';
import { formPostPage } from './form-post.ts';
import { type LoginPage, loginPage } from './login.ts';

export const showResponse = (site: Site, response: AuthorizationResponse): HttpResponse =>
  response.mode === 'form_post'
    ? formPostPage({ ...site, action: response.redirectUri, parameters: response.parameters })
    : redirect(locationOf(response));

/** `redirectOrigin`: where it leads in the end. Without a client the sign-in is for ourselves. */
export type LoginAbout = Partial<
  Pick<LoginPage, 'username' | 'problem' | 'reauthenticate' | 'redirectOrigin' | 'ways'>
> & {
  client?: Client | undefined;
  domain?: Domain | undefined;
  /** Who is to prove again who they are. */
  user?: Pick<User, 'domain'>;
};

export function showLogin(site: Site, about: LoginAbout, state: FormState): HttpResponse {
  const given = {
    ...about,
    ...site,
    ...state,
    clientName: about.client?.username ?? nameOf(site.brand),
    canCancel: about.client !== undefined,
  };
  const { status } = about.problem ?? {};
  const isForCode = status === 'code_sent' || status === 'code_wrong';
  return isForCode ? codePage(given) : loginPage(given);
}

export function showQuestion(
  site: Site,
  question: Exclude<Question, { ask: 'login' }>,
  about: FormState & { client: Client; redirectOrigin: string },
): HttpResponse {
  const given = { ...site, ...about, clientName: about.client.username };
  if (question.ask === 'account')
    return chooserPage({ ...given, accounts: question.accounts.map(({ user }) => user) });
  const { scopes, titles, browser } = question;
  return consentPage({ ...given, username: browser.user.username, scopes, titles });
}

/** A link has to fit a request line. */
const MAX_LINK = 6000;

export const showExpired = (site: Site, restart: string): HttpResponse =>
  restart.length <= MAX_LINK
    ? expiredPage({ ...site, here: site.here ?? restart, restart: path(site, restart) })
    : expiredPage(site);

/**
 * A page has no challenge to answer, so there is no 401.
 *
 * @param back - What the client is told if the user follows the page's link.
 */
export const showFailure = (
  site: Site,
  { said, status, message }: AuthError,
  requestId: string | undefined,
  back?: AuthorizationResponse,
): HttpResponse =>
  errorPage({
    ...site,
    status: status === 401 ? 400 : status,
    code: said.code,
    description: message,
    requestId,
    back,
  });
