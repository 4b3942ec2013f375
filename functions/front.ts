/**
 * What belongs to no flow: lib/faces/pages/front/routes.ts. It asks nobody, so its role permits nothing.
 *
 * @module
 */
import { composeFront } from '../lib/compose/front.ts';
import { frontRoutes } from '../lib/faces/pages/front/routes.ts';
import { endpoints } from '../lib/http/endpoint.ts';

export const handler = endpoints(frontRoutes(composeFront()));
