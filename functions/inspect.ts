/**
 * What a token stands for: userinfo and introspection, lib/faces/oauth/inspect.ts.
 *
 * @module
 */
import { composeInspection } from '../lib/compose/clients.ts';
import { inspectRoutes } from '../lib/faces/oauth/inspect.ts';
import { endpoints } from '../lib/http/endpoint.ts';
import { clientOrigins } from '../lib/oauth/clients/origins.ts';

const services = composeInspection();

export const handler = endpoints(inspectRoutes(services), {
  ofClient: clientOrigins(services.tables.directory),
});
