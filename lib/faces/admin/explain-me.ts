/**
 * Why a call of one's own would be refused: for whoever holds a credential that lives, whatever it may do.
 * So it stands apart from the routes that ask for a letter.
 *
 * NOT told: anything of others, nor anything to a credential that has ended; whoever holds a stolen one
 * learns from here no more than anywhere.
 *
 * @module
 */
import type * as v from 'valibot';
import { type GuardServices, requireLive } from '../../guard/caller.ts';
import type { HttpRequest } from '../../http/request.ts';
import { type HttpResponse, json } from '../../http/response.ts';
import { explainLive } from '../../manage/sessions/explain.ts';
import { BASE, readQuery } from './call.ts';
import type * as explained from './explained.ts';
import { ExplainQuery } from './schemas.ts';

export const EXPLAIN_ME = `${BASE}/me/explain`;

export async function explainMe(
  services: GuardServices,
  request: HttpRequest,
): Promise<HttpResponse> {
  const live = await requireLive(services, request, 'all');
  const call = readQuery(ExplainQuery, { request });
  const told: v.InferOutput<typeof explained.Explanation> = await explainLive(
    services.tables,
    live,
    call,
  );
  return json(200, told);
}
