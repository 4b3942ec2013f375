/**
 * Users' accounts: their own, and for administrators those of others, each route in its product's
 * own dialect.
 *
 *   /user, /users/…                                           Appmixer, lib/faces/appmixer/routes.ts
 *   /api/v1/authenticate/user, /api/v1/helpdesk/api_key       Faveo, lib/faces/faveo/routes.ts
 *
 * @module
 */
import { orPortal } from '../lib/browser/to-portal.ts';
import { composeOrigins } from '../lib/compose/origins.ts';
import { composePortal } from '../lib/compose/portal.ts';
import { composeProxy } from '../lib/compose/proxy.ts';
import { composeUsers } from '../lib/compose/users.ts';
import * as appmixer from '../lib/faces/appmixer/routes.ts';
import * as faveo from '../lib/faces/faveo/routes.ts';
import { endpoints } from '../lib/http/endpoint.ts';

const services = composeUsers();

export const handler = endpoints(
  orPortal({ ...appmixer.routes(services), ...faveo.routes(services) }, composePortal()),
  composeOrigins(),
  composeProxy(),
);
