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
import { isClientId } from '../store/directory/client-id.ts';
import { type Caller, judge, type Permission, PROVEN } from '../verdict/judge.ts';

/** @param now - Epoch seconds. */
export async function requireAuthorized(
  tables: Tables,
  request: HttpRequest,
  now: number,
): Promise<{ caller: Caller; permission: Permission }> {
  const { subject, key, domain, client = '', roles = '' } = request.authorizer ?? {};
  if (!subject || !key || !domain)
    throw new AuthError({
      code: 'server_error',
      rule: 'server-fault',
      text: 'The server could not answer.',
      reason: 'no authorizer in front',
    });
  const hints = {
    domain,
    roles: roles.split(' ').filter(Boolean),
    ...(isClientId(client) && { client }),
  };
  const claim = { name: { subject, key }, hints, secret: PROVEN } as const;
  const verdict = await judge(tables, claim, request, now);
  if (verdict.status === 'unauthenticated')
    throw new AuthError({
      code: 'invalid_token',
      rule: 'session-ended',
      text: 'The session has ended.',
      reason: verdict.reason,
    });
  if (verdict.status === 'forbidden')
    throw new AuthError({
      code: 'insufficient_scope',
      rule: 'not-permitted',
      text: 'The caller may not do this.',
      reason: verdict.reason,
    });
  return verdict;
}
