/**
 * Runs one GraphQL operation: a Lambda function for each field that has a resolver, else the value
 * that its parent brought along. A field that the authorizer denied is null, and its resolver is not
 * run (AWS documents the null only).
 *
 * Not checked: the types of arguments, variables and leaf values.
 *
 * @module
 */
import type { Invoke } from '../lambda.ts';
import type { Authorized } from './appsync-authorizer.ts';
import type { AppSyncApi } from './appsync-model.ts';
import type { Location } from './graphql-lexer.ts';
import { type Operation, type Selection, valueWith } from './graphql-query.ts';
import type { Field, TypeRef } from './graphql-schema.ts';

interface FieldError {
  path: (string | number)[] | null;
  data?: null;
  errorType?: string;
  errorInfo?: null;
  locations: (Location & { sourceName: null })[];
  message: string;
}
export interface Executed {
  data: Record<string, unknown> | null;
  errors?: FieldError[];
}
/** What a field is run with. */
export interface Execution {
  api: AppSyncApi;
  invoke: Invoke;
  authorized: Authorized;
  headers: Readonly<Record<string, string>>;
  variables: Readonly<Record<string, unknown>>;
}

/** A null where none may be: the nearest parent that may be null becomes null. */
class NullNotAllowed extends Error {}

type Path = (string | number)[];
/** A field that is asked for, and where its value goes. */
type Place = { selection: Selection; path: Path };
type Run = Execution & {
  report: (place: Place, errorType: string, message: string) => void;
};

export async function execute(operation: Operation, given: Execution): Promise<Executed> {
  const errors: FieldError[] = [];
  const report: Run['report'] = ({ selection, path }, errorType, message) => {
    const locations = [{ ...selection.location, sourceName: null }];
    errors.push({ path, data: null, errorType, errorInfo: null, locations, message });
  };
  const root = given.api.schema.roots[operation.type];
  const data = await nullIn(() =>
    objectOf({ ...given, report }, root, null, operation.selections, []),
  );
  return errors.length > 0 ? { data, errors } : { data };
}

/** @returns null where a null came up to here. */
async function nullIn<T>(run: () => Promise<T>): Promise<T | null> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof NullNotAllowed) return null;
    throw error;
  }
}

async function objectOf(
  run: Run,
  type: string,
  source: unknown,
  selections: Selection[],
  path: Path,
): Promise<Record<string, unknown>> {
  const result: Record<string, unknown> = {};
  const begin = (selection: Selection) =>
    fieldOf(run, type, source, { selection, path: [...path, selection.alias] });
  // What a mutation changes, it changes in the order in which it is written.
  if (type === run.api.schema.roots.mutation)
    for (const selection of selections) result[selection.alias] = await begin(selection);
  else {
    const values = await Promise.all(selections.map(begin));
    for (const [at, { alias }] of selections.entries()) result[alias] = values[at];
  }
  return result;
}

async function fieldOf(run: Run, type: string, source: unknown, place: Place): Promise<unknown> {
  const { name } = place.selection;
  if (name === '__typename') return type;
  const field = run.api.schema.types.get(type)?.get(name) as Field;
  return complete(run, await resolve(run, type, source, place), field.type, place);
}

/** The value of a field, before its type has been looked at. */
async function resolve(run: Run, type: string, source: unknown, place: Place): Promise<unknown> {
  const { name } = place.selection;
  if (run.authorized.denied(type, name)) {
    run.report(place, 'Unauthorized', `Not Authorized to access ${name} on type ${type}`);
    return null;
  }
  const functionArn = run.api.resolvers.get(`${type}.${name}`);
  if (!functionArn) return (source as Record<string, unknown> | null)?.[name] ?? null;
  try {
    return await run.invoke(functionArn, eventOf(run, type, source, place));
  } catch (error) {
    run.report(place, 'Lambda:Unhandled', (error as Error).message);
    return null;
  }
}

const eventOf = (
  { authorized, headers, variables }: Run,
  type: string,
  source: unknown,
  { selection }: Place,
) => ({
  arguments: Object.fromEntries(
    Object.entries(selection.args).map(([key, value]) => [key, valueWith(value, variables)]),
  ),
  identity: { resolverContext: authorized.resolverContext },
  source,
  request: { headers, domainName: null },
  prev: null,
  info: {
    fieldName: selection.name,
    parentTypeName: type,
    variables,
    selectionSetList: selection.selections.map((it) => it.name),
  },
  stash: {},
});

async function complete(run: Run, value: unknown, type: TypeRef, place: Place): Promise<unknown> {
  const present = () => presented(run, value, type, place);
  if (value !== null && value !== undefined) return type.required ? present() : nullIn(present);
  if (type.required) throw new NullNotAllowed();
  return null;
}

async function presented(run: Run, value: unknown, type: TypeRef, place: Place): Promise<unknown> {
  if (type.list) return itemsOf(run, value, type.list, place);
  if (!run.api.schema.types.has(type.name)) return value;
  return objectOf(run, type.name, value, place.selection.selections, place.path);
}

async function itemsOf(run: Run, value: unknown, type: TypeRef, place: Place): Promise<unknown[]> {
  if (Array.isArray(value))
    return Promise.all(
      value.map((item, at) => complete(run, item, type, { ...place, path: [...place.path, at] })),
    );
  run.report(place, 'TypeMismatch', `${place.selection.name} is not a list`);
  throw new NullNotAllowed();
}
