/**
 * Which fields of the root types a GraphQL document may call. No more of it is understood than that
 * takes, and a document may seem to call more than it does (all of its operations count), never less.
 *
 * Errors: none; `undefined` for what is not plainly an executable document.
 *
 * @module
 * @see GraphQL specification, October 2021, §2 (Language)
 */
import type { RootField } from '../../verdict/fields.ts';

/**
 * Blanks, comments, strings, `...`, names, numbers and punctuation: all that there is. No other blanks,
 * and in no comment what some parsers take for its end: what follows would be a field to them alone.
 */
const TOKEN =
  /[\t\n\r ,\uFEFF]+|#[\t\x20-\x7e\xa0-\u2027\u202a-\uffff]*|"""(?:\\"""|[\s\S])*?"""|"(?:\\.|[^"\\\n\r])*"|\.\.\.|[_A-Za-z]\w*|-?\d[\d.eE+-]*|[!$&()[\]{}:=@|]/g;
const NAME = /^[_A-Za-z]/;
const BLANK = /^[\t\n\r ,\uFEFF#]/;
const TYPES = new Map([
  ['{', 'Query'],
  ['query', 'Query'],
  ['mutation', 'Mutation'],
  ['subscription', 'Subscription'],
]);

export function rootFields(document: string): RootField[] | undefined {
  const all = document.match(TOKEN) ?? [];
  // What is none of these was stepped over.
  if (all.join('').length !== document.length) return undefined;
  const tokens = all.filter((token) => !BLANK.test(token));
  const operations: { type: string; top: Selection }[] = [];
  const fragments = new Map<string, Selection>();
  for (let at = 0; at < tokens.length; ) {
    const [keyword = '', name = ''] = tokens.slice(at, at + 2);
    const open = openingBrace(tokens, at);
    const close = closingOf(tokens, open);
    const top = close && readSelection(tokens.slice(open + 1, close));
    const type = TYPES.get(keyword);
    if (!top || (!type && (keyword !== 'fragment' || fragments.has(name)))) return undefined;
    if (type) operations.push({ type, top });
    else fragments.set(name, top);
    at = close + 1;
  }
  return operations.flatMap(({ type, top }) =>
    [...fieldsIn(top, fragments)].map((field) => ({ type, field })),
  );
}

/** Braces within parentheses are values. */
function openingBrace(tokens: readonly string[], from: number): number {
  for (let at = from; at < tokens.length; at++) {
    if (tokens[at] === '(') at = closingOf(tokens, at) ?? tokens.length;
    else if (tokens[at] === '{') return at;
  }
  return tokens.length;
}

const CLOSING = new Map([
  ['{', '}'],
  ['(', ')'],
  ['[', ']'],
]);

/** Where what opens at this place closes; `undefined` where brackets do not match. */
function closingOf(tokens: readonly string[], open: number): number | undefined {
  const expected: string[] = [];
  for (let at = open; at < tokens.length; at++) {
    const token = tokens[at] ?? '';
    const closing = CLOSING.get(token);
    if (closing) expected.push(closing);
    else if ('})]'.includes(token) && expected.pop() !== token) return undefined;
    if (expected.length === 0) return at;
  }
  return undefined;
}

type Selection = { fields: string[]; spreads: string[] };

/** Of one selection set and of the inline fragments in it, which select from the same type. */
function readSelection(tokens: readonly string[]): Selection | undefined {
  const selection: Selection = { fields: [], spreads: [] };
  let at = 0;
  while (at < tokens.length) {
    const step = readPart(tokens, at, selection);
    if (step === undefined) return undefined;
    at += step;
  }
  return selection;
}

/** @returns How many tokens that was; `undefined` for what cannot be there. */
function readPart(
  tokens: readonly string[],
  at: number,
  { fields, spreads }: Selection,
): number | undefined {
  const [token = '', next = ''] = tokens.slice(at, at + 2);
  if (NAME.test(token)) {
    // An alias names the answer, not the field.
    if (next === ':') return 2;
    fields.push(token);
    return 1;
  }
  if (token === '@') return 2;
  // Arguments, and what is selected from the field before.
  if (token === '(' || token === '{') return (closingOf(tokens, at) ?? tokens.length) - at + 1;
  // The end of an inline fragment, whose own set is read in place.
  if (token === '}') return 1;
  if (token !== '...') return undefined;
  if (!NAME.test(next) || next === 'on') return openingBrace(tokens, at) - at + 1;
  spreads.push(next);
  return 2;
}

function fieldsIn(top: Selection, fragments: ReadonlyMap<string, Selection>): Set<string> {
  const seen = new Set<Selection>([top]);
  // The loop also visits what it adds.
  for (const { spreads } of seen) {
    for (const name of spreads) {
      const fragment = fragments.get(name);
      if (fragment) seen.add(fragment);
    }
  }
  return new Set([...seen].flatMap(({ fields }) => fields));
}
