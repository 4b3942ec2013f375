/**
 * GET /openapi.json: lib/faces/oauth/openapi.ts. It asks nobody, so its role permits nothing.
 *
 * @module
 */
import { DOCUMENT } from '../lib/compose/document.ts';
import { composeOpenApi } from '../lib/compose/openapi.ts';
import { openApiRoutes } from '../lib/faces/oauth/openapi.ts';
import { endpoints } from '../lib/http/endpoint.ts';

export const handler = endpoints(openApiRoutes(DOCUMENT, composeOpenApi()));
