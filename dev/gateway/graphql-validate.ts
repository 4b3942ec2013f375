/**
 * Whether a schema has what an operation asks for; one that it has not is not run at all.
 *
 * @module
 */
import type { Location } from './graphql-lexer.ts';
import type { Selection } from './graphql-query.ts';
import { innermost, type Schema } from './graphql-schema.ts';

export type Problem = { location: Location; message: string };

export function problemsOf(
  schema: Schema,
  type: string,
  selections: readonly Selection[],
): Problem[] {
  return selections.flatMap((selection) => {
    const { name, args, location } = selection;
    if (name === '__typename') return [];
    const field = schema.types.get(type)?.get(name);
    const found = (message: string) => [
      { location, message: `Validation error of type ${message}` },
    ];
    if (!field) return found(`FieldUndefined: Field '${name}' in type '${type}' is undefined`);
    const unknown = Object.keys(args).find((arg) => !field.args.has(arg));
    if (unknown) return found(`UnknownArgument: Unknown field argument ${unknown}`);
    const missing = [...field.args].find(([arg, required]) => required && !(arg in args));
    if (missing) return found(`MissingFieldArgument: Missing field argument ${missing[0]}`);
    const inner = innermost(field.type);
    const isObject = schema.types.has(inner);
    if (isObject !== selection.selections.length > 0)
      return found(`${isObject ? 'SubSelectionRequired' : 'SubSelectionNotAllowed'}: ${name}`);
    return problemsOf(schema, inner, selection.selections);
  });
}
