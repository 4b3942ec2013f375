/**
 * A person who opens one of our own pages in a browser: with a sign-in cookie the person is the caller,
 * without one the browser is sent to the login and comes back. Everybody else gets the endpoint's own
 * refusal.
 *
 * The cookie counts for a GET that a person navigates to, and for nothing else: no script of another
 * page can use it, and nothing is ever changed by it.
 *
 * @module
 */

import type { GuardServices } from '../guard/caller.ts';
import { demandOf } from '../guard/demands.ts';
import { isNavigation } from '../http/navigation.ts';
import type { HttpRequest } from '../http/request.ts';
import { type HttpResponse, redirect } from '../http/response.ts';
import { type Caller, identify } from '../verdict/judge.ts';
import { browserCookieOf } from './form.ts';
import { recogniseBrowser } from './recognise.ts';
import { loginPathFor } from './return-to.ts';

type Run<Services> = (
  services: Services,
  request: HttpRequest,
  caller?: Caller,
) => Promise<HttpResponse>;

/**
 * @param page - The path of the page, one of those that the login leads back to.
 * @param run - Without a caller it has to find out who calls by itself.
 */
export const orSignIn =
  <Services extends GuardServices>(page: string, run: Run<Services>): Run<Services> =>
  async (services, request) => {
    const counts = demandOf(request.route, 'cookie') === 'page' && request.path === page;
    if (!counts || !isNavigation(request)) return run(services, request);
    const caller = await callerOf(services, request);
    if (caller) return run(services, request, caller);
    return redirect(services.tokens.place.issuer + loginPathFor(page));
  };

async function callerOf(
  { tables, tokens }: GuardServices,
  request: HttpRequest,
): Promise<Caller | undefined> {
  const { place, now } = tokens;
  const browser = await recogniseBrowser(tables, browserCookieOf(place, request), now());
  if (!browser) return undefined;
  const { name, user } = browser;
  const live = await identify(tables, { name, hints: user }, now());
  return live.status === 'live' ? live.caller : undefined;
}
