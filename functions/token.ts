/**
 * The token endpoint: POST /oauth/token, POST /login/connect/token; lib/faces/oauth/token.ts.
 *
 * @module
 */
import { composeToken } from '../lib/compose/clients.ts';
import { composeProxy } from '../lib/compose/proxy.ts';
import { tokenRoutes } from '../lib/faces/oauth/token.ts';
import { endpoints } from '../lib/http/endpoint.ts';
import { clientOrigins } from '../lib/oauth/clients/origins.ts';

const services = composeToken();

export const handler = endpoints(
  tokenRoutes(services),
  { ofClient: clientOrigins(services.directory) },
  composeProxy(),
);
