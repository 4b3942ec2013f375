/**
 * Who the caller is, and what it may do: for any credential that lives, but a user's client that was not
 * given all that they may (guard/demands.ts). So whoever shows an administration can offer what will not be
 * refused.
 *
 * @module
 */
import type * as v from 'valibot';
import { isRoot } from '../../authority/grant.ts';
import { ownLetters } from '../../authority/own-letters.ts';
import { type GuardServices, requireLive } from '../../guard/caller.ts';
import type { HttpRequest } from '../../http/request.ts';
import { type HttpResponse, json } from '../../http/response.ts';
import { BASE } from './call.ts';
import type * as explained from './explained.ts';

export const ME = `${BASE}/me`;

export async function showMe(services: GuardServices, request: HttpRequest): Promise<HttpResponse> {
  const live = await requireLive(services, request, 'all');
  const { subject, roles } = live.caller;
  const told: v.InferOutput<typeof explained.Me> = {
    id: subject.id,
    kind: subject.kind,
    username: subject.username,
    domain: subject.domain,
    roles: [...roles],
    root: isRoot(live.caller),
    acl: ownLetters(live),
  };
  return json(200, told);
}
