/**
 * CloudWatch's filter patterns, of those the three forms that are used here: `?one ?"of these terms"`, and
 * `{ $.member = "value" || … }` and `{ $.member > 0 }` for lines that are JSON.
 *
 * @module
 * @see CloudWatch Logs User Guide, "Filter pattern syntax": unstructured events, with case; a line
 *      matches that contains any term after a `?`; a line that is no JSON matches no pattern of JSON
 */
const TERM = '\\?("[^"]+"|\\w+)';
const TERMS = new RegExp(`^${TERM}( ${TERM})*$`);
const EQUAL = /^\$\.(\w+) = "([^"*]*)"$/;
const POSITIVE = /^\$\.(\w+) > 0$/;

/** @throws Error for any other form. */
export function matchesPattern(pattern: string, line: string): boolean {
  const [, alternatives] = /^\{ (.+) \}$/.exec(pattern) ?? [];
  if (alternatives !== undefined)
    return alternatives.split(' || ').some((one) => holds(one, parsed(line)));
  if (!TERMS.test(pattern)) throw new Error(`a filter pattern that is not understood: ${pattern}`);
  const terms = [...pattern.matchAll(/\?(?:"([^"]+)"|(\w+))/g)];
  return terms.some(([, quoted, word]) => line.includes(quoted ?? word ?? ''));
}

function holds(condition: string, members: Readonly<Record<string, unknown>>): boolean {
  const [, positive = ''] = POSITIVE.exec(condition) ?? [];
  if (positive !== '') return Number(members[positive]) > 0;
  const [, name = '', value] = EQUAL.exec(condition) ?? [];
  if (name === '') throw new Error(`a condition that is not understood: ${condition}`);
  return members[name] === value;
}

function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}
