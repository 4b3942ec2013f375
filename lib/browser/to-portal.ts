/**
 * A person who opens a method of the API in a browser, which has no token to show: they are led to the
 * portal, which signs them in and calls that method as them. Everybody else gets the endpoint's own refusal.
 *
 * It is a GET alone, and one that may write is asked about before: a link of somebody's calls nothing that
 * changes anything, and its answer is seen by nobody but the person.
 *
 * @module
 */
import { isForTokens } from '../guard/demands.ts';
import type { Endpoint } from '../http/endpoint.ts';
import { isNavigation } from '../http/navigation.ts';
import type { HttpRequest } from '../http/request.ts';
import { redirect } from '../http/response.ts';

type Endpoints = Readonly<Record<string, Endpoint>>;

/**
 * What takes the sign-in of a browser shows the person its answer itself (caller.ts).
 *
 * @param consoleUrl - The origin of the portal; empty for none, and all stays as it is.
 */
export function orPortal(byRoute: Endpoints, consoleUrl: string): Endpoints {
  if (consoleUrl === '') return byRoute;
  return Object.fromEntries(
    Object.entries(byRoute).map(([route, endpoint]) => [
      route,
      isForTokens(route) ? { ...endpoint, run: leading(endpoint, consoleUrl) } : endpoint,
    ]),
  );
}

const leading =
  ({ run }: Endpoint, consoleUrl: string): Endpoint['run'] =>
  async (request) =>
    isNavigation(request) && !hasToken(request)
      ? redirect(`${consoleUrl}/portal?${new URLSearchParams({ call: callOf(request) })}`)
      : run(request);

/** Where a product's clients put it, so that it goes into no other address. */
const hasToken = ({ query }: HttpRequest): boolean =>
  query.has('token') || query.has('access_token');

/** API Gateway has decoded the path. */
function callOf({ path, query }: HttpRequest): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return query.size > 0 ? `${encoded}?${query}` : encoded;
}
