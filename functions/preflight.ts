/**
 * OPTIONS /{proxy+}: answers a browser that asks whether a page of another origin may call us
 * (lib/http/preflight.ts). It reads nothing, so it is the smallest of the functions.
 *
 * @module
 */
import { composeOrigins } from '../lib/compose/origins.ts';
import { endpoints } from '../lib/http/endpoint.ts';
import { preflight } from '../lib/http/preflight.ts';

export const handler = endpoints({ 'OPTIONS /{proxy+}': preflight(composeOrigins().configured) });
