/**
 * What a token stands for: userinfo and introspection, lib/faces/oauth/inspect.ts.
 *
 * @module
 */
import { orPortal } from '../lib/browser/to-portal.ts';
import { composeInspection } from '../lib/compose/clients.ts';
import { composePortal } from '../lib/compose/portal.ts';
import { inspectRoutes } from '../lib/faces/oauth/inspect.ts';
import { endpoints } from '../lib/http/endpoint.ts';
import { clientOrigins } from '../lib/oauth/clients/origins.ts';

const services = composeInspection();

export const handler = endpoints(orPortal(inspectRoutes(services), composePortal()), {
  ofClient: clientOrigins(services.tables.directory),
});
