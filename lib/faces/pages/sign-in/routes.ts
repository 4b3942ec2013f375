/**
 * The routes of the pages, by the function that serves them.
 *
 * @module
 */
import { refuse } from '../../../errors.ts';
import { type Endpoint, plainError } from '../../../http/endpoint.ts';
import { isByPage } from '../../../http/navigation.ts';
import type { HttpRequest } from '../../../http/request.ts';
import type { HttpResponse } from '../../../http/response.ts';
import { type BrandServices, dressed } from '../shell/brand-of.ts';
import { switched } from '../shell/language-switch.ts';
import { siteOf } from '../shell/page.ts';
import { showFailure } from './authorization.ts';
import {
  account,
  authorizePage,
  consent,
  login,
  loginPage,
  type SigninServices,
} from './sign-in.ts';
import { askLogout, confirmLogout, type SignoutServices } from './sign-out.ts';

type Routes = Readonly<Record<string, Endpoint>>;
type Run<Services> = (services: Services, request: HttpRequest) => Promise<HttpResponse>;

const served =
  <Services extends { issuer: string } & BrandServices>(services: Services) =>
  (run: Run<Services>): Endpoint => ({
    run: async (request) => {
      requireNavigation(request);
      return switched(services.issuer, request) ?? run(services, request);
    },
    showError: plainError,
    showPage: async (error, seen, requestId) => {
      const site = await dressed(services, siteOf(services.issuer, seen));
      return showFailure(site, error, requestId);
    },
  });

/**
 * The page of another can neither read ours nor press a button of it, wherever it is at home. What is
 * asked without a page, in a hidden frame of a client, is answered to that client's own address alone.
 */
function requireNavigation(request: HttpRequest): void {
  const isSilent = request.method === 'GET' && request.query.get('prompt') === 'none';
  if (isByPage(request) && !isSilent)
    throw refuse('invalid_request', 'not-a-navigation', 'This page is for people who go there.');
}

export function signInRoutes(services: SigninServices): Routes {
  const to = served(services);
  return {
    'GET /oauth/authorize': to(authorizePage),
    'POST /oauth/authorize': to(authorizePage),
    'GET /oauth/login': to(loginPage),
    'POST /oauth/login': to(login),
    'POST /oauth/choose': to(account),
    'POST /oauth/consent': to(consent),
  };
}

export function signOutRoutes(services: SignoutServices): Routes {
  const to = served(services);
  return {
    'GET /session/end': to(askLogout),
    'POST /session/end': to(askLogout),
    'POST /session/end/confirm': to(confirmLogout),
  };
}
