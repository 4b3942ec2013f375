/**
 * The filter criteria of an event source mapping: which records a function is invoked for.
 *
 * Understood are literals, `null`, `prefix`, `suffix`, `anything-but` of literals, and `exists`.
 * Whatever else a pattern holds is an error at the start: passed over, it would let through too much.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 *
 * @module
 */
export type Matcher = (record: unknown) => boolean;

/** @param patterns JSON texts; a record passes when one of them matches, or there are none. */
export function recordFilter(patterns: readonly string[], at: string): Matcher {
  const matchers = patterns.map((text) => {
    const pattern: unknown = JSON.parse(text);
    if (!isObject(pattern)) throw new Error(`${at}: a filter pattern has to be an object`);
    return objectMatcher(pattern, at);
  });
  return (record) => matchers.length === 0 || matchers.some((matches) => matches(record));
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function objectMatcher(pattern: Record<string, unknown>, at: string): Matcher {
  const parts = Object.entries(pattern).map(([name, rule]) => {
    if (Array.isArray(rule)) return { name, matches: anyOf(rule, `${at}: ${name}`) };
    if (isObject(rule)) return { name, matches: objectMatcher(rule, `${at}: ${name}`) };
    throw new Error(`${at}: ${name}: a list of values or an object is wanted`);
  });
  return (value) =>
    parts.every(({ name, matches }) =>
      matches(isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined),
    );
}

function anyOf(rules: readonly unknown[], at: string): Matcher {
  const matchers = rules.map((rule) => (isObject(rule) ? operator(rule, at) : equals(rule)));
  return (value) => matchers.some((matches) => matches(value));
}

const equals =
  (rule: unknown): Matcher =>
  (value) =>
    value === rule;

function operator(rule: Record<string, unknown>, at: string): Matcher {
  const [entry, ...others] = Object.entries(rule);
  const [name, given] = entry ?? [];
  const understood = others.length === 0 && name !== undefined;
  if (understood && name === 'exists' && typeof given === 'boolean')
    return (value) => (value !== undefined) === given;
  if (understood && name === 'prefix' && typeof given === 'string')
    return (value) => typeof value === 'string' && value.startsWith(given);
  if (understood && name === 'suffix' && typeof given === 'string')
    return (value) => typeof value === 'string' && value.endsWith(given);
  const denied = [given].flat();
  if (understood && name === 'anything-but' && !denied.some(isObject))
    return (value) => value !== undefined && !isObject(value) && !denied.includes(value);
  throw new Error(`${at}: the local stack does not understand the filter ${JSON.stringify(rule)}`);
}
