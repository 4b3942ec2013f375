/**
 * What belongs to no flow (lib/faces/pages/front/routes.ts), what leads to the console
 * (lib/faces/console/lead.ts), and calls that no route takes (lib/http/elsewhere.ts). It asks nobody, so its role permits nothing.
 *
 * @module
 */
import { composeFront } from '../lib/compose/front.ts';
import { composeOrigins } from '../lib/compose/origins.ts';
import { leadingRoutes } from '../lib/faces/console/lead.ts';
import { frontRoutes } from '../lib/faces/pages/front/routes.ts';
import { DEMANDS } from '../lib/guard/demands.ts';
import { endpoints } from '../lib/http/endpoint.ts';

const front = composeFront();

export const handler = endpoints(
  { ...frontRoutes(front, Object.keys(DEMANDS)), ...leadingRoutes(front.consoleUrl) },
  composeOrigins(),
);
