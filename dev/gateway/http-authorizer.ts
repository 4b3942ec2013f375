/**
 * A Lambda authorizer of an HTTP API: identity sources, cache, and what its answer means.
 *
 * Fails closed: whatever is neither a clear yes nor a clear no is a 500.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 *
 * @module
 */
import * as v from 'valibot';
import type { Invoke } from '../lambda.ts';
import { authorizerEvent, type Matched, routeArn } from './http-event.ts';
import type { HttpApi, HttpAuthorizer } from './http-model.ts';
import { evaluatePolicy } from './policy.ts';
import type { GatewayRequest } from './request.ts';
import { resultCache } from './result-cache.ts';
import { type Answer, message } from './server.ts';

export type Verdict = { context: object | null } | { refused: Answer };

const Context = v.nullish(v.record(v.string(), v.unknown()), null);
const Simple = v.object({ isAuthorized: v.boolean(), context: Context });
const WithPolicy = v.object({
  principalId: v.string(),
  policyDocument: v.unknown(),
  context: Context,
});

const refuse = (status: number, text: string): Verdict => ({ refused: message(status, text) });

export function httpAuthorizers(api: HttpApi, invoke: Invoke, clock: () => number) {
  const used = new Set(api.routes.flatMap(({ authorizer }) => authorizer ?? []));
  const caches = new Map([...used].map((it) => [it, resultCache(it.ttl, clock)]));
  return async (authorizer: HttpAuthorizer, matched: Matched): Promise<Verdict> => {
    const sources = authorizer.identitySources;
    const identity = sources.map((source) => identityOf(source, matched));
    if (!identity.every((value) => value)) return refuse(401, 'Unauthorized');
    try {
      const cache = caches.get(authorizer);
      const cached = cache?.get(identity as string[]);
      const event = () => authorizerEvent(matched, identity as string[]);
      const result = cached ?? (await invoke(authorizer.functionArn, event()));
      const verdict = judge(authorizer, result, matched);
      // What could not be judged has thrown by now, and is asked for again.
      if (cached === undefined) cache?.set(identity as string[], result);
      return verdict;
    } catch (error) {
      // The one message that API Gateway reads as "not authenticated" instead of "broken".
      if ((error as Error).message === 'Unauthorized') return refuse(401, 'Unauthorized');
      return refuse(500, 'Internal Server Error');
    }
  };
}

function identityOf(source: string, { route, request }: Matched): string | undefined {
  if (source === '$context.routeKey') return route.key;
  const [, place, name = ''] = source.split('.');
  return place === 'header' ? request.headers[name.toLowerCase()] : firstOf(request, name);
}

const firstOf = ({ query }: GatewayRequest, name: string) =>
  query.find(([key]) => key === name)?.[1];

function judge(authorizer: HttpAuthorizer, result: unknown, matched: Matched): Verdict {
  if (authorizer.simple) {
    const { isAuthorized, context } = v.parse(Simple, result);
    return isAuthorized ? { context } : refuse(403, 'Forbidden');
  }
  const { policyDocument, context } = v.parse(WithPolicy, result);
  const decision = evaluatePolicy(policyDocument, routeArn(matched));
  return decision === 'allow' ? { context } : refuse(403, 'Forbidden');
}
