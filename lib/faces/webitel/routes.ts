/**
 * The routes of the Webitel face, by the function that serves them.
 *
 * @module
 */
import type { SignOutServices } from '../../account/sign-out.ts';
import { orSignIn } from '../../browser/caller.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import type { HttpRequest } from '../../http/request.ts';
import type { HttpResponse } from '../../http/response.ts';
import * as tokens from './domain-tokens.ts';
import { OWN_PAGE } from './own-page.ts';
import { showAclError, showError } from './refusals.ts';
import * as roles from './roles.ts';
import type { CallRecords } from './show.ts';
import { type LoginServices, signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';
import { whoami } from './whoami.ts';

type Routes = Readonly<Record<string, Endpoint>>;

export const signInRoutes = (services: LoginServices): Routes => ({
  'POST /login': { run: (request) => signIn(services, request), showError, signsIn: true },
});

export const signOutRoutes = (services: SignOutServices): Routes => ({
  'POST /logout': { run: (request) => signOut(services, request), showError },
});

export function routes(services: tokens.DomainServices & roles.RoleServices & CallRecords): Routes {
  const to = (run: (given: typeof services, request: HttpRequest) => Promise<HttpResponse>) => ({
    run: (request: HttpRequest) => run(services, request),
    showError,
  });
  return {
    'POST /api/v2/domains/{name}/settings/token': to(tokens.issue),
    'GET /api/v2/domains/{name}/settings/token': to(tokens.list),
    'PATCH /api/v2/domains/{name}/settings/token/{uuid}': to(tokens.turn),
    'DELETE /api/v2/domains/{name}/settings/token/{uuid}': to(tokens.remove),
    'GET /api/v2/acl/roles': to(roles.list),
    'POST /api/v2/acl/roles': to(roles.create),
    'GET /api/v2/acl/roles/{name}': to(roles.show),
    'PUT /api/v2/acl/roles/{name}': { ...to(roles.change), showError: showAclError },
    'DELETE /api/v2/acl/roles/{name}': to(roles.remove),
    [`GET ${OWN_PAGE}`]: to(orSignIn(OWN_PAGE, whoami)),
  };
}
