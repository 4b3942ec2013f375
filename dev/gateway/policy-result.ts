/**
 * An authorizer's answer as REST and WebSocket APIs take it: a principal, a policy, a flat context.
 *
 * @module
 */
import * as v from 'valibot';
import { PolicyDocument } from './policy.ts';
import { Scalar } from './proxy-result.ts';

export const PolicyResult = v.object({
  principalId: v.string(),
  policyDocument: PolicyDocument,
  context: v.nullish(v.record(v.string(), Scalar), {}),
  usageIdentifierKey: v.optional(v.string()),
});

/** Every context value is handed on as a string. */
export const asStrings = (
  context: Record<string, string | number | boolean>,
): Record<string, string> =>
  Object.fromEntries(Object.entries(context).map(([name, value]) => [name, String(value)]));
