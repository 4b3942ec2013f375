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

export interface FieldError {
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

export async function execute(operation: Operation, given: Execution): Promise<Executed> {
  const { api, invoke, authorized, headers, variables } = given;
  const errors: FieldError[] = [];

  const report = (path: Path, { location }: Selection, errorType: string, message: string) => {
    const locations = [{ ...location, sourceName: null }];
    errors.push({ path, data: null, errorType, errorInfo: null, locations, message });
  };

  const resolve = async (type: string, source: unknown, selection: Selection, path: Path) => {
    const { name, args } = selection;
    if (authorized.denied(type, name)) {
      report(path, selection, 'Unauthorized', `Not Authorized to access ${name} on type ${type}`);
      return null;
    }
    const functionArn = api.resolvers.get(`${type}.${name}`);
    if (!functionArn) return (source as Record<string, unknown> | null)?.[name] ?? null;
    const event = {
      arguments: Object.fromEntries(
        Object.entries(args).map(([key, value]) => [key, valueWith(value, variables)]),
      ),
      identity: { resolverContext: authorized.resolverContext },
      source,
      request: { headers, domainName: null },
      prev: null,
      info: {
        fieldName: name,
        parentTypeName: type,
        variables,
        selectionSetList: selection.selections.map((it) => it.name),
      },
      stash: {},
    };
    try {
      return await invoke(functionArn, event);
    } catch (error) {
      report(path, selection, 'Lambda:Unhandled', (error as Error).message);
      return null;
    }
  };

  const complete = async (
    value: unknown,
    type: TypeRef,
    selection: Selection,
    path: Path,
  ): Promise<unknown> => {
    if (value === null || value === undefined) {
      if (type.required) throw new NullNotAllowed();
      return null;
    }
    try {
      return await present(value, type, selection, path);
    } catch (error) {
      if (error instanceof NullNotAllowed && !type.required) return null;
      throw error;
    }
  };

  const present = async (value: unknown, type: TypeRef, selection: Selection, path: Path) => {
    if (type.list) return items(value, type.list, selection, path);
    const isObject = api.schema.types.has(type.name);
    return isObject ? object(type.name, value, selection.selections, path) : value;
  };

  const items = async (value: unknown, type: TypeRef, selection: Selection, path: Path) => {
    if (Array.isArray(value))
      return Promise.all(value.map((item, at) => complete(item, type, selection, [...path, at])));
    report(path, selection, 'TypeMismatch', `${selection.name} is not a list`);
    throw new NullNotAllowed();
  };

  const one = async (type: string, source: unknown, selection: Selection, path: Path) => {
    if (selection.name === '__typename') return type;
    const field = api.schema.types.get(type)?.get(selection.name) as Field;
    const value = await resolve(type, source, selection, path);
    return complete(value, field.type, selection, path);
  };

  const object = async (type: string, source: unknown, selections: Selection[], path: Path) => {
    const result: Record<string, unknown> = {};
    const begin = (it: Selection) => one(type, source, it, [...path, it.alias]);
    // What a mutation changes, it changes in the order in which it is written.
    if (type === api.schema.roots.mutation)
      for (const it of selections) result[it.alias] = await begin(it);
    else {
      const values = await Promise.all(selections.map(begin));
      for (const [at, it] of selections.entries()) result[it.alias] = values[at];
    }
    return result;
  };

  const data = await object(api.schema.roots[operation.type], null, operation.selections, []).catch(
    (error: unknown) => {
      if (error instanceof NullNotAllowed) return null;
      throw error;
    },
  );
  return errors.length > 0 ? { data, errors } : { data };
}
