/**
 * Which grant or session a token stands for that a client asks about, or gives up.
 *
 * A refresh token is found whether it works or was exchanged since: whoever holds one of the grant's
 * holds what its client was given. A guess finds nothing.
 *
 * @module
 * @see RFC 7009 §2.1 and RFC 7662 §2.1: the token_type_hint never changes the result
 */

import type { GuardServices } from '../../guard/caller.ts';
import { claimOf } from '../../guard/claim.ts';
import { type Grant, readGrant } from '../../store/sessions/grants.ts';
import { type AccessTokenClaims, verifyAccessToken } from '../../tokens/access-token.ts';
import type { Claim } from '../../verdict/judge.ts';
import type { ClientServices } from '../clients/authenticate.ts';
import { type RefreshState, refreshStateOf } from '../token/refresh-rotation.ts';
import { looksLikeRefreshToken, parseRefreshToken } from '../token/refresh-text.ts';

export type InspectionServices = GuardServices & { clients: ClientServices };

export type Inspected =
  | { kind: 'access'; claim: Claim; claims: AccessTokenClaims }
  | { kind: 'refresh'; claim: Claim; grant: Grant; state: RefreshState['status'] };

/** @returns `undefined` for what stands for nothing. NOT checked: that the session still lives. */
export async function inspected(
  { tables, tokens }: GuardServices,
  text: string,
): Promise<Inspected | undefined> {
  const { keys, place, now } = tokens;
  if (!looksLikeRefreshToken(text)) {
    const verified = await verifyAccessToken(text, place, keys, now());
    if (verified.status === 'invalid') return undefined;
    return { kind: 'access', claim: claimOf(verified.claims), claims: verified.claims };
  }
  const token = parseRefreshToken(text);
  const grant = token && (await readGrant(tables.sessions, token.name));
  if (!token || !grant?.refresh) return undefined;
  const { status: state } = refreshStateOf(grant.refresh, token, now());
  if (state === 'foreign') return undefined;
  const claim = {
    name: token.name,
    hints: { domain: token.domain, roles: [], client: grant.client },
  };
  return { kind: 'refresh', claim, grant, state };
}
