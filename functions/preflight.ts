/**
 * What no other function answers: OPTIONS, by which a browser asks whether a page of another origin may
 * call us (lib/http/preflight.ts), calls that no route takes (lib/http/elsewhere.ts), and those that lead to
 * the console (lib/faces/console/lead.ts). It reads nothing, so it is the smallest of the functions.
 *
 * @module
 */
import { composePreflight } from '../lib/compose/preflight.ts';
import { leadingRoutes } from '../lib/faces/console/lead.ts';
import { DEMANDS } from '../lib/guard/demands.ts';
import { elsewhere } from '../lib/http/elsewhere.ts';
import { endpoints } from '../lib/http/endpoint.ts';
import { preflight } from '../lib/http/preflight.ts';
import { NO_ROUTE } from '../lib/http/route-path.ts';

const { origins, issuer, consoleUrl } = composePreflight();

export const handler = endpoints(
  {
    ...leadingRoutes(consoleUrl),
    'OPTIONS /{proxy+}': preflight(origins.configured),
    [NO_ROUTE]: elsewhere(Object.keys(DEMANDS), issuer),
  },
  origins,
);
