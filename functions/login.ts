/**
 * Signs users in: a name and a password for a session, each route in its product's own dialect.
 *
 *   POST /login                   Webitel, lib/faces/webitel/sign-in.ts
 *   POST /user/auth               Appmixer, lib/faces/appmixer/sign-in.ts
 *   POST /api/v1/authenticate     Faveo, lib/faces/faveo/sign-in.ts
 *
 * All three answer 429 with Retry-After (seconds) after too many failures, at whichever door.
 *
 * @module
 */
import { composeLogin } from '../lib/compose/login.ts';
import { composeOrigins } from '../lib/compose/origins.ts';
import { composeProxy } from '../lib/compose/proxy.ts';
import * as appmixer from '../lib/faces/appmixer/routes.ts';
import * as faveo from '../lib/faces/faveo/routes.ts';
import * as webitel from '../lib/faces/webitel/routes.ts';
import { endpoints } from '../lib/http/endpoint.ts';

const services = composeLogin();

export const handler = endpoints(
  {
    ...webitel.signInRoutes(services),
    ...appmixer.signInRoutes(services),
    ...faveo.signInRoutes(services),
  },
  composeOrigins(),
  composeProxy(),
);
