/**
 * Ends sessions; from the answer on, every call with them is refused.
 *
 *   POST /logout          Webitel, lib/faces/webitel/sign-out.ts
 *   POST /oauth/revoke    lib/faces/oauth/revoke.ts
 *
 * @module
 */
import { composeRevocation } from '../lib/compose/clients.ts';
import { composeOrigins } from '../lib/compose/origins.ts';
import { composeProxy } from '../lib/compose/proxy.ts';
import { revokeRoutes } from '../lib/faces/oauth/revoke.ts';
import { signOutRoutes } from '../lib/faces/webitel/routes.ts';
import { endpoints } from '../lib/http/endpoint.ts';
import { clientOrigins } from '../lib/oauth/clients/origins.ts';

const services = composeRevocation();

export const handler = endpoints(
  { ...signOutRoutes(services), ...revokeRoutes(services) },
  { ...composeOrigins(), ofClient: clientOrigins(services.tables.directory) },
  composeProxy(),
);
