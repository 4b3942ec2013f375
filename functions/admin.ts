/**
 * The admin API: /admin/api/*, JSON, judged by the same verdict as any API. Its routes are in
 * lib/faces/admin/routes.ts.
 *
 * In:     application/json; a change is a merge patch (RFC 7396) and needs If-Match
 * Out:    200 and 201 with an ETag, 204; lists as { items, next? }, `next` for `?cursor=`
 * Errors: application/problem+json (RFC 9457): 400 naming the field, 401, 403, 404 also for what is of
 *         another domain, 405, 409, 412 and 428 (lib/faces/admin/etag.ts), 503
 *
 * Every change leaves an audit event, in the same transaction.
 *
 * @module
 */
import { orPortal } from '../lib/browser/to-portal.ts';
import { composeAdmin } from '../lib/compose/admin.ts';
import { composeOrigins } from '../lib/compose/origins.ts';
import { composePortal } from '../lib/compose/portal.ts';
import { composeProxy } from '../lib/compose/proxy.ts';
import { routes } from '../lib/faces/admin/endpoint.ts';
import { endpoints } from '../lib/http/endpoint.ts';

export const handler = endpoints(
  orPortal(routes(composeAdmin()), composePortal()),
  composeOrigins(),
  composeProxy(),
);
