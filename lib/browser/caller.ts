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
import type { Caller } from '../verdict/judge.ts';
import { personIn } from './person.ts';
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
    const { tables, tokens } = services;
    const { issuer } = tokens.place;
    const person = await personIn({ tables, issuer, now: tokens.now }, request);
    if (person) return run(services, request, person.caller);
    return redirect(issuer + loginPathFor(page));
  };
