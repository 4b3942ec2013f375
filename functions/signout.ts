/**
 * Signs a browser out, for a client or for the user alone: lib/faces/pages/sign-in/sign-out.ts.
 *
 * The clients concerned are told later and elsewhere (functions/notify.ts).
 *
 * @module
 */
import { composeSignout } from '../lib/compose/logout.ts';
import { composeProxy } from '../lib/compose/proxy.ts';
import { signOutRoutes } from '../lib/faces/pages/sign-in/routes.ts';
import { endpoints } from '../lib/http/endpoint.ts';

export const handler = endpoints(signOutRoutes(composeSignout()), {}, composeProxy());
