/**
 * IAM's evaluation of one role's policies, as far as serverless.yml needs it: what is not understood
 * throws, and is never taken as allowed or denied.
 *
 * @module
 * @see IAM User Guide, "Policy evaluation logic", "IAM JSON policy elements: Condition operators",
 *      "Multivalued context keys"
 */
import { matches } from '../support/account/iam.ts';
import type { Context, Decision } from './decision.ts';

type Wanted = string | boolean;
export type Condition = Record<string, Record<string, Wanted | Wanted[]>>;
export type Statement = {
  Effect: 'Allow' | 'Deny';
  Action: string[];
  Resource: string[];
  Condition?: Condition;
};

const ELEMENTS = ['Sid', 'Effect', 'Action', 'Resource', 'Condition'];

/** A statement as IAM takes it, in one form. */
export function readStatement(given: Record<string, unknown>): Statement {
  const unknown = Object.keys(given).filter((element) => !ELEMENTS.includes(element));
  if (unknown.length > 0) throw new Error(`not understood in a statement: ${unknown}`);
  const { Effect, Action, Resource, Condition } = given as Statement;
  if (JSON.stringify(given).includes('${')) throw new Error('policy variables are not understood');
  return {
    Effect,
    Action: [Action].flat(),
    Resource: [Resource].flat(),
    ...(Condition && { Condition }),
  };
}

/** What nothing allows is denied, and an explicit Deny wins. */
export function isAllowed(statements: readonly Statement[], asked: Decision): boolean {
  const effects = statements.filter((it) => applies(it, asked)).map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function applies({ Action, Resource, Condition = {} }: Statement, asked: Decision): boolean {
  const { action, resource, context } = asked;
  return (
    Action.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    Resource.some((pattern) => matchesArn(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) =>
        holds(operator, key, [wanted].flat().map(String), context),
      ),
    )
  );
}

/** A wildcard stays within its part of an ARN; the last part may have colons. */
function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const [wanted, given] = [parts(pattern), parts(arn)];
  return wanted.every((part, index) => matches(part, given[index] ?? ''));
}

const parts = (arn: string): string[] => {
  const [scheme = '', partition = '', service = '', region = '', account = '', ...rest] =
    arn.split(':');
  return [scheme, partition, service, region, account, rest.join(':')];
};

type Test = (value: string, wanted: string) => boolean;

const TESTS: Readonly<Record<string, Test>> = {
  StringEquals: (value, wanted) => value === wanted,
  StringLike: (value, wanted) => matches(wanted, value),
  ArnEquals: (value, wanted) => matchesArn(wanted, value),
  ArnLike: (value, wanted) => matchesArn(wanted, value),
  Bool: (value, wanted) => value.toLowerCase() === wanted.toLowerCase(),
};
const OPERATOR =
  /^(?:(ForAllValues|ForAnyValue):)?(String|Arn|Bool)(Not)?(Equals|Like)?(IfExists)?$/;

function holds(operator: string, name: string, wanted: string[], context: Context): boolean {
  const key = Object.keys(context).find((it) => it.toLowerCase() === name.toLowerCase());
  const values = (key && context[key]) || [];
  if (operator === 'Null') return wanted.includes(String(values.length === 0));

  const [, quantifier, kind = '', not, how = '', ifExists] = OPERATOR.exec(operator) ?? [];
  const test = TESTS[kind + how];
  if (!test) throw new Error(`the operator ${operator} is not understood`);
  const passes = (value: string) => wanted.some((it) => test(value, it)) !== Boolean(not);
  if (quantifier === 'ForAnyValue') return values.some(passes);
  // No value at all satisfies it: whoever writes a policy has to ask for one.
  if (quantifier === 'ForAllValues') return values.every(passes);
  if (values.length > 1) throw new Error(`${name} has several values, ${operator} takes one`);
  return values.length === 0 ? Boolean(not ?? ifExists) : values.every(passes);
}
