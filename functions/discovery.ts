/**
 * What a verifier may know of this service: lib/faces/oauth/discovery.ts.
 *
 * @module
 */
import { composeDiscovery } from '../lib/compose/discovery.ts';
import { discoveryRoutes } from '../lib/faces/oauth/discovery.ts';
import { endpoints } from '../lib/http/endpoint.ts';

export const handler = endpoints(discoveryRoutes(composeDiscovery()));
