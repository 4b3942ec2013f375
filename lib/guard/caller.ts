/**
 * Guards our own endpoints with our own verdict, where a dialect wants its own shape of refusal and
 * so cannot leave it to API Gateway.
 *
 * Errors: `invalid_token` (401) without a live session, `insufficient_scope` (403) without the letter, or
 *         where demands.ts has something else for this kind of credential.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { AuthError } from '../errors.ts';
import { credentialOf } from '../http/credential.ts';
import type { HttpRequest } from '../http/request.ts';
import { type Alive, type Caller, identify, judge, type Permission } from '../verdict/judge.ts';
import { isByLetter, kindOf, meets } from './demands.ts';
import { type Proven, provePresented, type TokenServices } from './prove.ts';

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
): Promise<Caller> => (await requireLive(services, request)).caller;

/** The same, with what a verdict needs besides, as it was read with the caller. */
export async function requireLive(services: GuardServices, request: HttpRequest): Promise<Alive> {
  const claim = await requireClaim(services, request);
  const live = await identify(services.tables, claim, services.tokens.now());
  if (live.status === 'dead') throw invalidToken(live.reason);
  await services.recordUse?.(live.caller);
  if (!meets(request.route, live.caller)) throw otherCredential(live.caller);
  return live;
}

/** Who calls, allowed by the ACL to do just this, as at any API behind the authorizer. */
export async function requirePermission(
  services: GuardServices,
  request: HttpRequest,
): Promise<{ caller: Caller; permission: Permission }> {
  const claim = await requireClaim(services, request);
  const verdict = await judge(services.tables, claim, request, services.tokens.now());
  if (verdict.status === 'unauthenticated') throw invalidToken(verdict.reason);
  await services.recordUse?.(verdict.caller);
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

/** Whatever it may do elsewhere, it may not do this. */
const otherCredential = (caller: Caller) =>
  new AuthError({
    code: 'insufficient_scope',
    rule: 'credential-of-another-kind',
    text: 'The credential is not for this.',
    reason: `a credential of the kind ${kindOf(caller)} without what is demanded of it here`,
  });

async function requireClaim({ tokens }: GuardServices, request: HttpRequest): Promise<Valid> {
  const credential = credentialOf(request.headers);
  if (credential.status === 'missing') throw invalidToken('no credential');
  if (credential.status === 'malformed') throw invalidToken(credential.reason);
  const proven = await provePresented(tokens, credential);
  if (proven.status === 'invalid') throw invalidToken(proven.reason);
  return proven;
}

type Valid = Extract<Proven, { status: 'valid' }>;

const invalidToken = (reason: string) =>
  new AuthError({
    code: 'invalid_token',
    rule: 'token-invalid',
    text: 'The token is not valid.',
    reason,
  });
