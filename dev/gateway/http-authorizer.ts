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
import { authorizerEvent, contextVariables, type Matched, routeArn } from './http-event.ts';
import { authorizerEventV1 } from './http-event-v1.ts';
import type { HttpApi, HttpAuthorizer } from './http-model.ts';
import { identityOf } from './identity-source.ts';
import { evaluatePolicy } from './policy.ts';
import { within } from './read-properties.ts';
import { resultCaches } from './result-cache.ts';
import { type Answer, message } from './server.ts';

export type Verdict = { context: object | null } | { refused: Answer };

/** API Gateway waits no longer for an authorizer. */
const TIMEOUT = 10_000;

const Context = v.nullish(v.record(v.string(), v.unknown()), null);
const Simple = v.object({ isAuthorized: v.boolean(), context: Context });
const WithPolicy = v.object({
  principalId: v.string(),
  policyDocument: v.unknown(),
  context: Context,
});

const refuse = (status: number, text: string): Verdict => ({ refused: message(status, text) });

export function httpAuthorizers({ stageVariables }: HttpApi, invoke: Invoke, clock: () => number) {
  const caches = resultCaches<HttpAuthorizer>(clock);

  const ask = async (authorizer: HttpAuthorizer, matched: Matched, identity: string[]) => {
    const toEvent = authorizer.payload === '2.0' ? authorizerEvent : authorizerEventV1;
    const done = await within(TIMEOUT, invoke(authorizer.functionArn, toEvent(matched, identity)));
    if (!done) throw new Error('the authorizer took too long');
    return done.value;
  };
  const authorize = async (authorizer: HttpAuthorizer, matched: Matched): Promise<Verdict> => {
    const context = contextVariables(matched);
    const { request } = matched;
    const identity = identityOf(authorizer.identitySources, { request, context, stageVariables });
    if (!identity) return refuse(401, 'Unauthorized');
    try {
      const cache = caches.of(authorizer);
      const cached = cache.get(identity);
      const result = cached ?? (await ask(authorizer, matched, identity));
      const verdict = judge(authorizer, result, matched);
      // What could not be judged has thrown by now, and is asked for again.
      if (cached === undefined) cache.set(identity, result);
      return verdict;
    } catch (error) {
      // The one message that API Gateway reads as "not authenticated" instead of "broken".
      if ((error as Error).message === 'Unauthorized') return refuse(401, 'Unauthorized');
      return refuse(500, 'Internal Server Error');
    }
  };
  return { authorize, flush: caches.flush };
}

function judge(authorizer: HttpAuthorizer, result: unknown, matched: Matched): Verdict {
  if (authorizer.simple) {
    const { isAuthorized, context } = v.parse(Simple, result);
    return isAuthorized ? { context } : refuse(403, 'Forbidden');
  }
  const { policyDocument, context } = v.parse(WithPolicy, result);
  const decision = evaluatePolicy(policyDocument, routeArn(matched));
  return decision === 'allow' ? { context } : refuse(403, 'Forbidden');
}
