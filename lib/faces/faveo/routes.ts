/**
 * The routes of the Faveo face, by the function that serves them.
 *
 * @module
 */
import { orSignIn } from '../../browser/caller.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import { OWN_PAGE } from './own-page.ts';
import { withQueryToken } from './read.ts';
import { errorsAs, showAccessError } from './refusals.ts';
import { type FaveoSignInServices, signIn } from './sign-in.ts';
import { apiKey, type FaveoServices, own, renewApiKey } from './users.ts';

type Routes = Readonly<Record<string, Endpoint>>;

export const signInRoutes = (services: FaveoSignInServices): Routes => ({
  'POST /api/v1/authenticate': {
    run: (request) => signIn(services, request),
    signsIn: true,
    ...errorsAs(services.config.faveoErrorsAs200),
  },
});

export function routes(services: FaveoServices): Routes {
  const to = (run: (given: FaveoServices, request: HttpRequest) => Promise<HttpResponse>) => ({
    run: async (request: HttpRequest) => run(services, withQueryToken(request)),
    showError: showAccessError,
  });
  return {
    [`GET ${OWN_PAGE}`]: to(orSignIn(OWN_PAGE, own)),
    'GET /api/v1/helpdesk/api_key': to(apiKey),
    'POST /api/v1/helpdesk/api_key': {
      run: (request) => renewApiKey(services, request),
      showError: showAccessError,
    },
  };
}
