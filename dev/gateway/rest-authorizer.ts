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
import { evaluatePolicy, PolicyDocument } from './policy.ts';
import type { RestAuthorizer } from './rest-authorizer-model.ts';
import { type Matched, methodArn, requestEvent, tokenEvent } from './rest-event.ts';
import { gatewayResponse, type ResponseType } from './rest-gateway-responses.ts';
import type { RestApi } from './rest-model.ts';
import { resultCache } from './result-cache.ts';
import type { Answer } from './server.ts';

export type Verdict = { context: Record<string, string> } | { refused: Answer };

const Result = v.object({
  principalId: v.string(),
  policyDocument: PolicyDocument,
  context: v.nullish(v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])), {}),
});

export function restAuthorizers(api: RestApi, invoke: Invoke, clock: () => number) {
  const methods = api.resources.flatMap(({ methods }) => [...methods.values()]);
  const used = new Set(methods.flatMap(({ authorizer }) => authorizer ?? []));
  const caches = new Map([...used].map((it) => [it, resultCache(it.ttl, clock)]));

  return async (authorizer: RestAuthorizer, matched: Matched): Promise<Verdict> => {
    const refuse = (type: ResponseType, detail?: string): Verdict => ({
      refused: gatewayResponse(api.responses, type, matched.request, detail),
    });
    const event = (identity: string[]) => eventFor(authorizer, matched, identity);
    const identity = readIdentity(authorizer, matched);
    if (!identity) return refuse('UNAUTHORIZED');
    try {
      const cache = caches.get(authorizer);
      const cached = cache?.get(identity);
      const result = cached ?? (await invoke(authorizer.functionArn, event(identity)));
      const { policyDocument, principalId, context } = v.parse(Result, result);
      if (cached === undefined) cache?.set(identity, result);
      const decision = evaluatePolicy(policyDocument, methodArn(matched));
      if (decision === 'explicit-deny') return refuse('ACCESS_DENIED', ' with an explicit deny');
      if (decision === 'implicit-deny') return refuse('ACCESS_DENIED');
      return { context: { principalId, ...asStrings(context) } };
    } catch (error) {
      const isRefusal = (error as Error).message === 'Unauthorized';
      return refuse(isRefusal ? 'UNAUTHORIZED' : 'AUTHORIZER_CONFIGURATION_ERROR');
    }
  };
}

const eventFor = (authorizer: RestAuthorizer, matched: Matched, identity: string[]) =>
  authorizer.type === 'TOKEN' ? tokenEvent(matched, identity[0] ?? '') : requestEvent(matched);

/** @returns Undefined when a source is missing or empty, or the token does not look like one. */
function readIdentity(
  { identitySources, validation }: RestAuthorizer,
  { request }: Matched,
): string[] | undefined {
  const values = identitySources.map(({ place, name }) =>
    place === 'header'
      ? request.headers[name.toLowerCase()]
      : request.query.find(([key]) => key === name)?.[1],
  );
  if (!values.every((value) => value)) return undefined;
  if (validation && !validation.test(values[0] ?? '')) return undefined;
  return values as string[];
}

/** A REST API hands every context value on as a string. */
const asStrings = (context: Record<string, string | number | boolean>): Record<string, string> =>
  Object.fromEntries(Object.entries(context).map(([name, value]) => [name, String(value)]));
