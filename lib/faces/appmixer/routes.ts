/**
 * The routes of the Appmixer face, by the function that serves them.
 *
 * @module
 */
import { orSignIn } from '../../browser/caller.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import type { SignInServices } from '../../sign-in/by-password.ts';
import * as account from './account.ts';
import type { DoorServices } from './door.ts';
import { OWN_PAGE } from './own-page.ts';
import { showError } from './refusals.ts';
import { signIn } from './sign-in.ts';
import * as users from './users.ts';

type Routes = Readonly<Record<string, Endpoint>>;

export const signInRoutes = (services: SignInServices & DoorServices): Routes => ({
  'POST /user/auth': {
    run: (request) => signIn(services, request),
    showError,
    signsIn: true,
  },
});

export function routes(services: account.AccountServices & users.UsersServices): Routes {
  const to = (run: (given: typeof services, request: HttpRequest) => Promise<HttpResponse>) => ({
    run: (request: HttpRequest) => run(services, request),
    showError,
  });
  return {
    'POST /user': to(account.create),
    [`GET ${OWN_PAGE}`]: to(orSignIn(OWN_PAGE, account.own)),
    'POST /user/change-password': to(account.changeOwnPassword),
    'POST /user/reset-password': to(users.setPassword),
    'POST /user/forgot-password': to(account.forgotPassword),
    'POST /user/forgot-password/reset': to(account.resetForgotten),
    'GET /users': to(users.list),
    'GET /users/count': to(users.count),
    'GET /users/{id}': to(users.show),
    'PUT /users/{id}': to(users.change),
    'DELETE /users/{id}': to(users.remove),
    'GET /users/{id}/delete-status/{ticket}': to(users.deleteStatus),
  };
}
