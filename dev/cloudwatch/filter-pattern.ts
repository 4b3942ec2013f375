/**
 * CloudWatch's filter patterns, of those the two forms that are used here: `?one ?"of these terms"`, and
 * comparisons of members of JSON: `{ ($.code = "a" || $.code = "b*") && $.status = "4*" }`.
 *
 * @module
 * @see CloudWatch Logs User Guide, "Filter pattern syntax": unstructured events, with case; a line
 *      matches that contains any term after a `?`. JSON events: `*` stands for any text, && binds before ||
 */

/** @throws Error for any other form. */
export function matchesPattern(pattern: string, line: string): boolean {
  if (pattern.startsWith('{')) return jsonPattern(pattern)(membersOf(line));
  if (!/^\?("[^"]+"|\w+)( \?("[^"]+"|\w+))*$/.test(pattern)) throw notUnderstood(pattern);
  const terms = [...pattern.matchAll(/\?(?:"([^"]+)"|(\w+))/g)];
  return terms.some(([, quoted, word]) => line.includes(quoted ?? word ?? ''));
}

const notUnderstood = (pattern: string): Error =>
  new Error(`a filter pattern that is not understood: ${pattern}`);

type Members = Readonly<Record<string, unknown>>;
type Test = (members: Members) => boolean;

function membersOf(line: string): Members {
  try {
    return Object(JSON.parse(line));
  } catch {
    return {};
  }
}

const TOKEN = /\s*(\(|\)|&&|\|\||\$\.(\w+) = "([^"]*)")\s*/y;

function jsonPattern(pattern: string): Test {
  const tokens = tokensOf(pattern);
  const next = () => tokens.shift() ?? fail();
  const fail = (): never => {
    throw notUnderstood(pattern);
  };
  const joined = (operator: string, operand: () => Test, join: (tests: Test[]) => Test): Test => {
    const tests = [operand()];
    while (tokens[0]?.text === operator) {
      tokens.shift();
      tests.push(operand());
    }
    return join(tests);
  };
  const one = (): Test => {
    const token = next();
    if (token.test) return token.test;
    if (token.text !== '(') return fail();
    const inner = either();
    return next().text === ')' ? inner : fail();
  };
  const both = () => joined('&&', one, (all) => (members) => all.every((test) => test(members)));
  const either = (): Test =>
    joined('||', both, (all) => (members) => all.some((test) => test(members)));
  const whole = either();
  return tokens.length === 0 ? whole : fail();
}

type Token = { text: string; test?: Test };

function tokensOf(pattern: string): Token[] {
  const [, inner = ''] = /^\{(.*)\}$/.exec(pattern) ?? [];
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < inner.length) {
    const [, text = '', member, wanted = ''] = TOKEN.exec(inner) ?? [];
    if (!text) throw notUnderstood(pattern);
    tokens.push(member ? { text, test: comparison(member, wanted) } : { text });
  }
  return tokens;
}

function comparison(member: string, wanted: string): Test {
  const parts = wanted.split('*').map((part) => RegExp.escape(part));
  const form = new RegExp(`^${parts.join('.*')}$`, 's');
  return (members) => Object.hasOwn(members, member) && form.test(String(members[member]));
}
