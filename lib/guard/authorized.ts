/**
 * Who calls, where our own authorizer in API Gateway has let the call through. It has proven the
 * credential; what the caller may do is judged anew here, so that a route without the authorizer, or a
 * resource registered over ours, opens nothing.
 *
 * Errors: `server_error` without the authorizer's word, `invalid_token` for a session that ended since,
 *         `insufficient_scope`.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { AuthError } from '../errors.ts';
import type { HttpRequest } from '../http/request.ts';
import type { Instant } from '../time.ts';
import { type Caller, judge, type Permission } from '../verdict/judge.ts';
import { otherCredential } from './caller.ts';
import { claimOfAuthorized } from './claim.ts';
import { isByLetter } from './demands.ts';

/** @param now - Epoch seconds. */
export async function requireAuthorized(
  tables: Tables,
  request: HttpRequest,
  now: Instant,
): Promise<{ caller: Caller; permission: Permission }> {
  const claim = claimOfAuthorized(request.authorizer ?? {});
  if (!claim)
    throw new AuthError({
      code: 'server_error',
      rule: 'server-fault',
      text: 'The server could not answer.',
      reason: 'no authorizer in front',
    });
  const verdict = await judge(tables, claim, request, now);
  if (verdict.status === 'unauthenticated')
    throw new AuthError({
      code: 'invalid_token',
      rule: 'session-ended',
      text: 'The session has ended.',
      reason: verdict.reason,
    });
  if (!isByLetter(request.route, verdict.caller)) throw otherCredential(verdict.caller);
  if (verdict.status === 'forbidden')
    throw new AuthError({
      code: 'insufficient_scope',
      rule: 'not-permitted',
      text: 'The caller may not do this.',
      reason: verdict.reason,
    });
  return verdict;
}
