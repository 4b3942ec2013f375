/**
 * The part of IAM that API Gateway applies to an authorizer's answer: Effect, Action and Resource,
 * with `*` and `?`; an explicit deny wins; what nothing allows is denied.
 *
 * Errors: a document that is malformed, or uses what is not understood (Condition, NotAction,
 * NotResource), throws: it must never read as an Allow.
 *
 * @module
 */
import * as v from 'valibot';

export type Decision = 'allow' | 'explicit-deny' | 'implicit-deny';

const OneOrMore = v.union([v.string(), v.pipe(v.array(v.string()), v.minLength(1))]);

const Statement = v.strictObject({
  Sid: v.optional(v.string()),
  Effect: v.picklist(['Allow', 'Deny']),
  Action: OneOrMore,
  Resource: OneOrMore,
});

export const PolicyDocument = v.strictObject({
  Version: v.optional(v.picklist(['2012-10-17', '2008-10-17'])),
  Id: v.optional(v.string()),
  Statement: v.union([v.pipe(v.array(Statement), v.minLength(1)), Statement]),
});

const INVOKE = 'execute-api:Invoke';

export function evaluatePolicy(document: unknown, resource: string): Decision {
  const { Statement: statements } = v.parse(PolicyDocument, document);
  const effects = [statements]
    .flat()
    .filter(({ Action }) => [Action].flat().some((pattern) => matches(pattern, INVOKE, 'i')))
    .filter(({ Resource }) => [Resource].flat().some((pattern) => matches(pattern, resource)))
    .map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return 'explicit-deny';
  return effects.includes('Allow') ? 'allow' : 'implicit-deny';
}

function matches(pattern: string, value: string, flags = ''): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const expression = escaped.replaceAll('*', '.*').replaceAll('?', '.');
  return new RegExp(`^${expression}$`, `s${flags}`).test(value);
}
