/**
 * The endpoint of the admin API: who calls, judged here and not in front, so that a refusal has the shape,
 * the challenge and the CORS headers of every other; and which of its routes is meant.
 *
 * Every change leaves an event, in the same transaction.
 *
 * @module
 */

import { requireFreshSignIn } from '../../authority/fresh-sign-in.ts';
import type { MetricStore } from '../../aws/metric-store.ts';
import type { Queue } from '../../aws/queue.ts';
import { AuthError, refuse } from '../../errors.ts';
import { type TrailServices, trailFor } from '../../events/trail.ts';
import { type GuardServices, requirePermission } from '../../guard/caller.ts';
import { methodNotAllowed } from '../../http/allow.ts';
import type { Endpoint } from '../../http/endpoint.ts';
import type { HttpRequest } from '../../http/request.ts';
import { type HttpResponse, movedTo } from '../../http/response.ts';
import type { AskForRotation } from '../../manage/signing-keys/lifecycle.ts';
import type { Instant } from '../../time.ts';
import { BASE } from './call.ts';
import { cursorsOf } from './cursor.ts';
import { EXPLAIN_ME, explainMe } from './explain-me.ts';
import { matchRoute } from './match.ts';
import { ME, showMe } from './me.ts';
import { MY_ACTIVITY, MY_CONSENTS, myOwnRoutes } from './my-own.ts';
import { AS_PROBLEM } from './problem.ts';

export type AdminServices = GuardServices & {
  /** Epoch seconds. */
  now: () => Instant;
  trail: TrailServices;
  metrics: MetricStore;
  /** What seals the cursors. */
  cursorKey: () => Promise<string>;
  askForRotation: AskForRotation;
  /** Of orders for mails; none where the deployment sends none. */
  queue: Queue | undefined;
};

/** As in serverless.yml; PUT is there to be refused with Allow. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Routes of their own, by the methods that they have. */
const OF_ONESELF: Readonly<Record<string, string[]>> = {
  [ME]: ['GET'],
  [EXPLAIN_ME]: ['GET'],
  [MY_CONSENTS]: ['GET', 'DELETE'],
  [MY_ACTIVITY]: ['GET'],
};

export function routes(services: AdminServices): Readonly<Record<string, Endpoint>> {
  const endpoint: Endpoint = { run: (request) => answer(services, request), ...AS_PROBLEM };
  return {
    ...Object.fromEntries(METHODS.map((method) => [`${method} ${BASE}/{proxy+}`, endpoint])),
    [`GET ${ME}`]: { run: (request) => showMe(services, request), ...AS_PROBLEM },
    ...myOwnRoutes(services),
    [`GET ${EXPLAIN_ME}`]: { run: (request) => explainMe(services, request), ...AS_PROBLEM },
  };
}

async function answer(services: AdminServices, request: HttpRequest): Promise<HttpResponse> {
  const { path, prefix, query } = request;
  const own = Object.keys(OF_ONESELF).find((place) => path === place || path === `${place}/`);
  if (own === path) return methodNotAllowed(OF_ONESELF[own] ?? [], AS_PROBLEM);
  if (own) return movedTo(`${prefix}${own}`, query);
  const { tables, now, cursorKey, askForRotation, metrics, queue } = services;
  const administrator = await requirePermission(services, request);
  const matched = matchRoute(request.method, request.path);
  if (matched.status === 'unknown')
    throw refuse('not_found', 'no-such-place', 'There is nothing here.');
  if (matched.status === 'other_method') return methodNotAllowed(matched.allowed, AS_PROBLEM);
  const { handler, id, resource, isGrave } = matched;
  if (administrator.permission.resource !== resource)
    throw new AuthError({
      code: 'insufficient_scope',
      rule: 'not-permitted',
      text: 'The caller may not do this.',
      reason: 'another resource',
    });
  const { caller } = administrator;
  if (isGrave) requireFreshSignIn(caller);
  const trail = trailFor(services, caller, request);
  const cursors = cursorsOf(cursorKey, request, caller.subject.id);
  const { events } = services.trail;
  const told = { trail, events, askForRotation, metrics, queue };
  return handler({ request, id, administrator, tables, now: now(), cursors, ...told });
}
