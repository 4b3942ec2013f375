/**
 * The admin API: /admin/api/*, JSON, behind our own authorizer. Its routes are in lib/faces/admin/routes.ts.
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

import { composeAdmin } from '../lib/compose/admin.ts';
import { composeOrigins } from '../lib/compose/origins.ts';
import { AuthError, refuse } from '../lib/errors.ts';
import { trailOf } from '../lib/events/trail.ts';
import { cursorsOf } from '../lib/faces/admin/cursor.ts';
import { matchRoute } from '../lib/faces/admin/match.ts';
import { methodNotAllowed, PROBLEM, showProblem } from '../lib/faces/admin/problem.ts';
import { requireAuthorized } from '../lib/guard/authorized.ts';
import { endpoints } from '../lib/http/endpoint.ts';
import { type HttpRequest, originOf } from '../lib/http/request.ts';
import { cursorKeySource } from '../lib/manage/settings/cursor-key.ts';

const { tables, now, trail, announce } = composeAdmin();
const cursorKey = cursorKeySource(tables.directory);

async function run(request: HttpRequest) {
  const administrator = await requireAuthorized(tables, request, now());
  const matched = matchRoute(request.method, request.path);
  if (matched.status === 'unknown')
    throw refuse('not_found', 'no-such-place', 'There is nothing here.');
  if (matched.status === 'other_method') return methodNotAllowed(matched.allowed);
  const { handler, id, resource } = matched;
  if (administrator.permission.resource !== resource)
    throw new AuthError({
      code: 'insufficient_scope',
      rule: 'not-permitted',
      text: 'The caller may not do this.',
      reason: 'another resource',
    });
  const { caller } = administrator;
  return handler({
    request,
    id,
    administrator,
    tables,
    now: now(),
    trail: trailOf(trail, caller, originOf(request)),
    cursors: cursorsOf(cursorKey, request, caller.subject.id),
    announce,
  });
}

const endpoint = { run, showError: showProblem, errorHeaders: PROBLEM };

/** As in serverless.yml; PUT is there to be refused with Allow. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

export const handler = endpoints(
  Object.fromEntries(METHODS.map((method) => [`${method} /admin/api/{proxy+}`, endpoint])),
  composeOrigins(),
);
