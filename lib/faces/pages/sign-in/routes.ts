/**
 * The routes of the pages, by the function that serves them.
 *
 * @module
 */
import type { Endpoint } from '../../../http/endpoint.ts';
import type { HttpRequest } from '../../../http/request.ts';
import { served } from './served.ts';
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
/** In a hidden frame of a client, and answered to that client's own address alone. */
const isSilent = ({ method, query }: HttpRequest): boolean =>
  method === 'GET' && query.get('prompt') === 'none';

export function signInRoutes(services: SigninServices): Routes {
  const to = served(services, isSilent);
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
  const to = served(services, isSilent);
  return {
    'GET /session/end': to(askLogout),
    'POST /session/end': to(askLogout),
    'POST /session/end/confirm': to(confirmLogout),
  };
}
