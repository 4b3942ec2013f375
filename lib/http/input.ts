/**
 * What a caller sent, held against a schema.
 *
 * Errors: `invalid_request`, whose text names the field and what it must be, never what was sent.
 *         So each validation in a schema has a message of its own: valibot's would quote the value.
 *
 * @module
 */
import * as v from 'valibot';
import { AuthError } from '../errors.ts';
import type { RuleName } from '../rules.ts';
import { LAST_SECOND } from '../time.ts';

type Schema = v.BaseSchema<unknown, unknown, v.BaseIssue<unknown>>;

export function parseInput<const S extends Schema>(
  schema: S,
  sent: Readonly<Record<string, unknown>>,
): v.InferOutput<S> {
  const { success, output, issues } = v.safeParse(schema, sent, { abortEarly: true });
  if (success) {
    const problem = arrayForObject(sent, output) ?? passedOver(sent, output);
    if (problem === undefined) return output;
    throw misfit(problem);
  }
  const [issue] = issues;
  const field = v.getDotPath(issue)?.slice(0, MAX_FIELD) || undefined;
  throw misfit({ field, ...problemOf(issue) });
}

type Problem = { rule: RuleName; text: string };
type Misfit = Problem & { field: string | undefined };

const misfit = (problem: Misfit): AuthError =>
  new AuthError({
    code: 'invalid_request',
    ...problem,
    asSent: true,
    reason: 'the input does not fit its schema',
  });

/** Valibot takes an empty array for an object without members. */
const arrayForObject = (sent: object, taken: unknown): Misfit | undefined => {
  const fields = new Map(Object.entries(taken ?? {}));
  const found = Object.entries(sent).find(
    ([name, value]) => Array.isArray(value) && fields.has(name) && !Array.isArray(fields.get(name)),
  );
  return found && { field: found[0], rule: 'field-wrong-type', text: 'must be an object' };
};

/** Valibot leaves members of these names out of the output without a word. */
const UNNAMEABLE = ['__proto__', 'constructor', 'prototype'];

function passedOver(sent: object, taken: unknown): Misfit | undefined {
  const lost = (from: object, to: unknown) =>
    UNNAMEABLE.find((name) => Object.hasOwn(from, name) && !Object.hasOwn(Object(to), name));
  const own = lost(sent, taken);
  if (own !== undefined) return { field: own, ...UNKNOWN };
  for (const [field, value] of Object.entries(taken ?? {})) {
    const inner = (sent as Readonly<Record<string, unknown>>)[field];
    const name = isObject(inner) && isObject(value) ? lost(inner, value) : undefined;
    if (name !== undefined)
      return {
        field,
        rule: 'member-name-unusable',
        text: `${JSON.stringify(name)} is not a name that can be used`,
      };
  }
  return undefined;
}

const UNKNOWN = { rule: 'field-unknown', text: 'is not a field that can be set' } as const;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Of a field's name in a message: an unknown one may be anything. */
const MAX_FIELD = 64;

/** By what a validation checks; its words are its schema's. */
const KINDS: Readonly<Record<string, RuleName>> = {
  non_empty: 'field-empty',
  max_length: 'field-too-long',
  min_value: 'field-out-of-range',
  max_value: 'field-out-of-range',
};

function problemOf({ kind, expected, received, type, message }: v.BaseIssue<unknown>): Problem {
  if (type === 'strict_object' && expected === 'never') return UNKNOWN;
  if (type === 'picklist')
    return { rule: 'field-not-one-of', text: `must be one of ${expected?.replace(/[()"]/g, '')}` };
  if (kind !== 'schema') return { rule: KINDS[type] ?? 'field-malformed', text: message };
  return received === 'undefined'
    ? { rule: 'field-required', text: 'is required' }
    : { rule: 'field-wrong-type', text: `must be ${named(expected ?? '')}` };
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'true or false',
  number: 'a number',
  Object: 'an object',
  Array: 'an array of strings',
  '(string | null)': 'a string or null',
  '(Object | null)': 'an object or null',
  '(Array | null)': 'an array of strings or null',
  '(string | Array)': 'a string or an array of strings',
  '(string | boolean | Array)': 'a string, true or false, or an array of strings',
};

const named = (expected: string): string => NAMES[expected] ?? 'something else';

/** A text that is there: of 1 to `most` UTF-16 code units. */
export const text = (most: number) =>
  v.pipe(
    v.string(),
    v.nonEmpty('must not be empty'),
    v.maxLength(most, `must have at most ${most} characters`),
  );

/** Far above any name or address that is looked up (store/directory/login-name.ts). */
export const NAME_LENGTH = 256;
export const PASSWORD_LENGTH = 1024;

/** A number in a query. */
export const natural = (least: number, most: number) => {
  const problem = `must be a whole number from ${least} to ${most}`;
  return v.pipe(
    v.string(),
    v.regex(/^\d{1,12}$/, problem),
    v.transform(Number),
    v.minValue(least, problem),
    v.maxValue(most, problem),
  );
};

const NO_INSTANT = 'must be whole seconds since 1970, not milliseconds, up to the year 9999';

/** A time as a caller gives it, in epoch seconds. Milliseconds of today lie beyond its end. */
export const moment = v.pipe(
  v.number(),
  v.safeInteger(NO_INSTANT),
  v.minValue(0, NO_INSTANT),
  v.maxValue(LAST_SECOND, NO_INSTANT),
);
