/**
 * The tokens of a GraphQL document: names, numbers, strings and punctuation.
 *
 * Errors: `GraphQLError` with the place of what is no token. Not read: block strings with escapes of
 * their own, which are taken as they stand.
 *
 * @see https://spec.graphql.org/October2021/#sec-Appendix-Grammar-Summary.Lexical-Tokens
 *
 * @module
 */
export type Location = { line: number; column: number };
export type Token = Location & {
  kind: 'name' | 'number' | 'string' | 'mark' | 'end';
  text: string;
};

export class GraphQLError extends Error {
  readonly location: Location;
  constructor(message: string, { line, column }: Location) {
    super(message);
    this.location = { line, column };
  }
}

/** White space, commas and comments stand between tokens and mean nothing. */
const IGNORED = /[\s,\uFEFF]+|#[^\n]*/y;
const FORMS: readonly (readonly [Exclude<Token['kind'], 'end'>, RegExp])[] = [
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['number', /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y],
  ['string', /"""(?:[^"]|"(?!""))*"""|"(?:[^"\\\n]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/y],
  ['mark', /\.\.\.|[!$&()=:@[\]{}|]/y],
];

function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const ignored = matchAt(IGNORED, source, at);
    if (ignored) {
      at += ignored.length;
      continue;
    }
    const token = tokenAt(source, at);
    tokens.push(token);
    at += token.text.length;
  }
  return [...tokens, { kind: 'end', text: '', ...locate(source, at) }];
}

function tokenAt(source: string, at: number): Token {
  for (const [kind, form] of FORMS) {
    const text = matchAt(form, source, at);
    if (text) return { kind, text, ...locate(source, at) };
  }
  throw new GraphQLError(`Invalid syntax: ${source[at]}`, locate(source, at));
}

function matchAt(form: RegExp, source: string, at: number): string | undefined {
  form.lastIndex = at;
  return form.exec(source)?.[0];
}

function locate(source: string, at: number): Location {
  const before = source.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

export type Reader = ReturnType<typeof readerOf>;

/** Takes tokens one by one. */
export function readerOf(source: string) {
  const tokens = tokensOf(source);
  let index = 0;
  const peek = (): Token => tokens[index] as Token;
  const next = (): Token => {
    const token = peek();
    if (token.kind !== 'end') index += 1;
    return token;
  };
  const fail = (token = peek()): never => {
    throw new GraphQLError(`Invalid syntax: ${token.text || 'the document ends'}`, token);
  };
  const isMark = (text: string): boolean => peek().kind === 'mark' && peek().text === text;
  return {
    peek,
    next,
    fail,
    isMark,
    /** Takes the mark if it is next. */
    skip: (text: string): boolean => isMark(text) && next() !== undefined,
    mark: (text: string): Token => (isMark(text) ? next() : fail()),
    name: (): string => (peek().kind === 'name' ? next().text : fail()),
    /** Items until the closing mark. */
    until<T>(close: string, read: () => T): T[] {
      const items: T[] = [];
      while (!isMark(close)) items.push(read());
      next();
      return items;
    },
  };
}
