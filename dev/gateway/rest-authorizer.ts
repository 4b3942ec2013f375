/**
 * A Lambda authorizer of a REST API: identity sources, cached policy, and its evaluation for the
 * method that is called.
 *
 * Fails closed: what is neither "Unauthorized" nor a policy is a 500.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 *
 * @module
 */
import * as v from 'valibot';
import type { Invoke } from '../lambda.ts';
import { identityOf } from './identity-source.ts';
import { evaluatePolicy } from './policy.ts';
import { asStrings, PolicyResult } from './policy-result.ts';
import type { RestAuthorizer } from './rest-authorizer-model.ts';
import {
  contextVariables,
  type Matched,
  methodArn,
  requestEvent,
  tokenEvent,
} from './rest-event.ts';
import { gatewayResponse, type Refusal, type ResponseType } from './rest-gateway-responses.ts';
import type { RestApi } from './rest-model.ts';
import { resultCaches } from './result-cache.ts';
import type { Answer } from './server.ts';

export type Verdict = { context: Record<string, string> } | { refused: Answer };

export function restAuthorizers(api: RestApi, invoke: Invoke, clock: () => number) {
  const caches = resultCaches<RestAuthorizer>(clock);

  const authorize = async (authorizer: RestAuthorizer, matched: Matched): Promise<Verdict> => {
    const refuse = (type: ResponseType, refusal?: Refusal): Verdict => ({
      refused: gatewayResponse(api.responses, type, matched.request, refusal),
    });
    const event = (identity: string[]) => eventFor(authorizer, matched, identity);
    const identity = readIdentity(authorizer, matched);
    if (!identity) return refuse('UNAUTHORIZED');
    try {
      const cache = caches.of(authorizer);
      const cached = cache.get(identity);
      const result = cached ?? (await invoke(authorizer.functionArn, event(identity)));
      const { policyDocument, principalId, context } = v.parse(PolicyResult, result);
      if (cached === undefined) cache.set(identity, result);
      const decision = evaluatePolicy(policyDocument, methodArn(matched));
      const said = { principalId, ...asStrings(context) };
      if (decision === 'explicit-deny')
        return refuse('ACCESS_DENIED', { detail: ' with an explicit deny', context: said });
      return decision === 'allow' ? { context: said } : refuse('ACCESS_DENIED', { context: said });
    } catch (error) {
      const isRefusal = (error as Error).message === 'Unauthorized';
      return refuse(isRefusal ? 'UNAUTHORIZED' : 'AUTHORIZER_CONFIGURATION_ERROR');
    }
  };
  return { authorize, flush: caches.flush };
}

const eventFor = (authorizer: RestAuthorizer, matched: Matched, identity: string[]) =>
  authorizer.type === 'TOKEN' ? tokenEvent(matched, identity[0] ?? '') : requestEvent(matched);

/** @returns Undefined when a source is missing or empty, or the token does not look like one. */
function readIdentity(
  { identitySources, validation }: RestAuthorizer,
  matched: Matched,
): string[] | undefined {
  const { request } = matched;
  const identity = identityOf(identitySources, { request, context: contextVariables(matched) });
  return validation && !validation.test(identity?.[0] ?? '') ? undefined : identity;
}
