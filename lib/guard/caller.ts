/**
 * Guards our own endpoints with our own verdict, where a dialect wants its own shape of refusal and
 * so cannot leave it to API Gateway.
 *
 * Errors: `invalid_token` (401) without a live session, `insufficient_scope` (403) without the letter, or
 *         where demands.ts has something else for this kind of credential.
 *
 * What is logged of a refusal says who, on what and by which check, as the authorizer's line does.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { AuthError } from '../errors.ts';
import { credentialOf } from '../http/credential.ts';
import type { HttpRequest } from '../http/request.ts';
import {
  type Alive,
  type Caller,
  type Paths,
  type Permission,
  permissionFor,
} from '../verdict/judge.ts';
import { isByLetter, kindOf, meets } from './demands.ts';
import type { TokenServices } from './prove.ts';
import { idsOf, whoCalls } from './who-calls.ts';

export type GuardServices = {
  tables: Tables;
  tokens: TokenServices;
  /** Notes when an API key was used, where keys are at home. */
  recordUse?: (caller: Caller) => Promise<void>;
};

/** Who calls, with a credential that will do here by itself. For what is the caller's own. */
export const requireCaller = async (
  services: GuardServices,
  request: HttpRequest,
): Promise<Caller> => (await requireLive(services, request, [])).caller;

/** The same, with what a verdict needs besides, as it was read with the caller. */
export async function requireLive(
  services: GuardServices,
  request: HttpRequest,
  paths: Paths,
): Promise<Alive> {
  const live = await requireCredential(services, request, paths);
  if (!meets(request.route, live.caller)) throw otherCredential(live.caller);
  return live;
}

/** Who calls, allowed by the ACL to do just this, as at any API behind the authorizer. */
export async function requirePermission(
  services: GuardServices,
  request: HttpRequest,
): Promise<{ caller: Caller; permission: Permission }> {
  const { caller, registry } = await requireCredential(services, request, [request.path]);
  if (!isByLetter(request.route, caller)) throw otherCredential(caller);
  const permission = permissionFor(caller, registry, request);
  const { resource, action: letter } = permission;
  Object.assign(request.found, { resource, letter });
  if (!('rule' in permission)) return { caller, permission };
  const { rule, reason } = permission;
  Object.assign(request.found, { rule });
  throw notPermitted(reason);
}

/** Whoever is refused later on, for whatever reason, is known to the log by then. */
async function requireCredential(
  services: GuardServices,
  { headers, found }: HttpRequest,
  paths: Paths,
): Promise<Alive> {
  const live = await whoCalls(services, credentialOf(headers), paths);
  if (live.status === 'live') {
    Object.assign(found, idsOf(live.caller));
    await services.recordUse?.(live.caller);
    return live;
  }
  const { who, rule, reason } = live;
  Object.assign(found, { ...who, rule });
  throw invalidToken(reason);
}

const invalidToken = (reason: string) =>
  new AuthError({
    code: 'invalid_token',
    rule: 'token-invalid',
    text: 'The token is not valid.',
    reason,
  });

/** Whatever it may do elsewhere, it may not do this. */
const otherCredential = (caller: Caller) =>
  new AuthError({
    code: 'insufficient_scope',
    rule: 'credential-of-another-kind',
    text: 'The credential is not for this.',
    reason: `a credential of the kind ${kindOf(caller)} without what is demanded of it here`,
  });

const notPermitted = (reason: string) =>
  new AuthError({
    code: 'insufficient_scope',
    rule: 'not-permitted',
    text: 'The caller may not do this.',
    reason,
  });
