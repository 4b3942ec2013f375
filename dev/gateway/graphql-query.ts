/**
 * A GraphQL request: its operations, with their selections, arguments and variables.
 *
 * Understood are queries and mutations with fields, aliases, arguments and variables. Fragments,
 * directives and subscriptions are refused by name, so that no request is half understood.
 *
 * @module
 */
import { GraphQLError, type Location, type Reader, readerOf } from './graphql-lexer.ts';

export interface Selection {
  /** What the answer calls it. */
  alias: string;
  name: string;
  args: Record<string, Value>;
  selections: Selection[];
  location: Location;
}
export interface Operation {
  type: 'query' | 'mutation';
  name: string | undefined;
  defaults: Record<string, Value>;
  selections: Selection[];
}
/** A value as written, which may hold variables. */
export type Value =
  | { variable: string }
  | { literal: string | number | boolean | null }
  | { list: Value[] }
  | { fields: Record<string, Value> };

export function readOperations(source: string): Operation[] {
  const reader = readerOf(source);
  const operations: Operation[] = [];
  while (reader.peek().kind !== 'end') operations.push(readOperation(reader));
  return operations;
}

/** @throws GraphQLError when the name chooses none, or there is none to choose by. */
export function chooseOperation(operations: Operation[], name: string | undefined): Operation {
  const found = name ? operations.filter((it) => it.name === name) : operations;
  const [operation, ...others] = found;
  if (operation && others.length === 0) return operation;
  throw new GraphQLError(operation ? 'Must provide operation name' : 'Unknown operation', {
    line: 1,
    column: 1,
  });
}

function readOperation(reader: Reader): Operation {
  if (reader.isMark('{'))
    return { type: 'query', name: undefined, defaults: {}, selections: readSelections(reader) };
  const word = reader.peek();
  const type = reader.name();
  if (type !== 'query' && type !== 'mutation') return notUnderstood(`${type}s`, word);
  const name = reader.peek().kind === 'name' ? reader.name() : undefined;
  const defaults = reader.skip('(') ? readVariables(reader) : {};
  return { type, name, defaults, selections: readSelections(reader) };
}

function readVariables(reader: Reader): Record<string, Value> {
  const declared = reader.until(')', (): [string, Value] | undefined => {
    reader.mark('$');
    const name = reader.name();
    reader.mark(':');
    skipType(reader);
    return reader.skip('=') ? [name, readValue(reader)] : undefined;
  });
  return Object.fromEntries(declared.filter((it) => it !== undefined));
}

function skipType(reader: Reader): void {
  if (reader.skip('[')) {
    skipType(reader);
    reader.mark(']');
  } else reader.name();
  reader.skip('!');
}

function readSelections(reader: Reader): Selection[] {
  reader.mark('{');
  const selections = reader.until('}', () => readField(reader));
  return selections.length > 0 ? selections : reader.fail();
}

function readField(reader: Reader): Selection {
  const { line, column } = reader.peek();
  if (reader.isMark('...')) return notUnderstood('fragments', reader.peek());
  const first = reader.name();
  const name = reader.skip(':') ? reader.name() : first;
  const args = reader.skip('(') ? readFields(reader, ')') : {};
  if (reader.isMark('@')) return notUnderstood('directives', reader.peek());
  const selections = reader.isMark('{') ? readSelections(reader) : [];
  return { alias: first, name, args, selections, location: { line, column } };
}

function readFields(reader: Reader, close: string): Record<string, Value> {
  const fields = reader.until(close, (): [string, Value] => {
    const name = reader.name();
    reader.mark(':');
    return [name, readValue(reader)];
  });
  return Object.fromEntries(fields);
}

const WORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

function readValue(reader: Reader): Value {
  if (reader.skip('$')) return { variable: reader.name() };
  if (reader.skip('[')) return { list: reader.until(']', () => readValue(reader)) };
  if (reader.skip('{')) return { fields: readFields(reader, '}') };
  const { kind, text } = reader.peek();
  if (kind !== 'name' && kind !== 'number' && kind !== 'string') return reader.fail();
  reader.next();
  if (kind === 'number') return { literal: Number(text) };
  if (kind === 'string')
    return { literal: text.startsWith('"""') ? text.slice(3, -3) : JSON.parse(text) };
  // Any other word is a value of an enum, which travels as its name.
  return { literal: Object.hasOwn(WORDS, text) ? (WORDS[text] ?? null) : text };
}

function notUnderstood(what: string, location: Location): never {
  throw new GraphQLError(`the local AppSync does not understand ${what}`, location);
}

/** What the value is, with its variables filled in. */
export function valueWith(value: Value, variables: Readonly<Record<string, unknown>>): unknown {
  if ('variable' in value) return variables[value.variable];
  if ('literal' in value) return value.literal;
  if ('list' in value) return value.list.map((item) => valueWith(item, variables));
  return Object.fromEntries(
    Object.entries(value.fields).map(([name, item]) => [name, valueWith(item, variables)]),
  );
}
