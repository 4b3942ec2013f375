/**
 * A GraphQL schema: object types with their fields, as far as it takes to run requests.
 *
 * Understood are types, inputs, enums and scalars. Interfaces, unions, extensions and directives stop
 * the start: AppSync's directives decide who may see a field, and must not be passed over.
 *
 * @module
 */
import { type Reader, readerOf } from './graphql-lexer.ts';

export interface TypeRef {
  name: string;
  list: TypeRef | undefined;
  required: boolean;
}
export interface Field {
  type: TypeRef;
  /** By name: whether a call must give it. */
  args: Map<string, boolean>;
}
export interface Schema {
  /** Object types by name, each with its fields. */
  types: Map<string, Map<string, Field>>;
  /** The type that operations of this kind start at. */
  roots: { query: string; mutation: string };
}

const SCALARS = ['ID', 'String', 'Int', 'Float', 'Boolean'];
/** What AppSync adds: AWSDateTime, AWSJSON and so on. */
const AWS_SCALAR = /^AWS[A-Z]\w*$/;

export function readSchema(source: string): Schema {
  const reader = readerOf(source);
  const types: Schema['types'] = new Map();
  const leaves = new Set(SCALARS);
  const roots = { query: 'Query', mutation: 'Mutation' };
  while (reader.peek().kind !== 'end') readDefinition(reader, { types, leaves, roots });
  checkNames(types, leaves);
  if (!types.has(roots.query)) throw new Error(`the schema has no type ${roots.query}`);
  return { types, roots };
}

type Parts = Schema & { leaves: Set<string> };

function readDefinition(reader: Reader, { types, leaves, roots }: Parts): void {
  skipDescription(reader);
  const keyword = reader.name();
  if (keyword === 'schema') {
    for (const [operation, name] of readRoots(reader)) Object.assign(roots, { [operation]: name });
  } else if (keyword === 'type') types.set(reader.name(), readFields(reader));
  else if (keyword === 'input' || keyword === 'enum') {
    leaves.add(reader.name());
    skipBlock(reader);
  } else if (keyword === 'scalar') leaves.add(reader.name());
  else throw new Error(`the local gateway does not understand ${keyword} in a GraphQL schema`);
}

function readRoots(reader: Reader): [string, string][] {
  reader.mark('{');
  return reader.until('}', () => {
    const operation = reader.name();
    if (operation !== 'query' && operation !== 'mutation')
      throw new Error(`the local gateway does not understand ${operation}s of a GraphQL schema`);
    reader.mark(':');
    return [operation, reader.name()];
  });
}

function readFields(reader: Reader): Map<string, Field> {
  reader.mark('{');
  return new Map(
    reader.until('}', (): [string, Field] => {
      skipDescription(reader);
      const name = reader.name();
      const args = reader.skip('(') ? readArguments(reader) : new Map<string, boolean>();
      reader.mark(':');
      return [name, { type: readType(reader), args }];
    }),
  );
}

function readArguments(reader: Reader): Map<string, boolean> {
  return new Map(
    reader.until(')', (): [string, boolean] => {
      skipDescription(reader);
      const name = reader.name();
      reader.mark(':');
      const { required } = readType(reader);
      const hasDefault = reader.skip('=') && reader.next() !== undefined;
      return [name, required && !hasDefault];
    }),
  );
}

function readType(reader: Reader): TypeRef {
  let list: TypeRef | undefined;
  let name = '';
  if (reader.skip('[')) {
    list = readType(reader);
    reader.mark(']');
  } else name = reader.name();
  return { name, list, required: reader.skip('!') };
}

function skipBlock(reader: Reader): void {
  reader.mark('{');
  reader.until('}', () => (reader.isMark('{') ? skipBlock(reader) : void reader.next()));
}

function skipDescription(reader: Reader): void {
  if (reader.peek().kind === 'string') reader.next();
}

/** Of which type the field's values are, lists taken apart. */
export const innermost = ({ list, name }: TypeRef): string => (list ? innermost(list) : name);

function checkNames(types: Schema['types'], leaves: ReadonlySet<string>): void {
  for (const [type, fields] of types)
    for (const [field, { type: ref }] of fields) {
      const name = innermost(ref);
      if (!types.has(name) && !leaves.has(name) && !AWS_SCALAR.test(name))
        throw new Error(`${type}.${field}: the schema has no type ${name}`);
    }
}
