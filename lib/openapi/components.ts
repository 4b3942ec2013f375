/**
 * The named schemas of the document: those of every face, under its prefix. An answer's schema shows
 * what is sent, a request's what is taken.
 *
 * @module
 */
import { GatewayError } from './gateway.ts';
import {
  type Convert,
  converter,
  type Definitions,
  definitionsOf,
  type JsonSchema,
  type Side,
} from './json-schema.ts';
import type { Face, Schema, Schemas } from './operation.ts';

export type NamedSchemas = Readonly<Record<Side, Definitions>>;
export type Converters = Readonly<Record<Side, Convert>>;

export function namesOf(faces: readonly Face[]): NamedSchemas {
  const of = (modules: (face: Face) => readonly Schemas[]) =>
    Object.fromEntries(
      faces.flatMap((face) =>
        modules(face)
          .flatMap((schemas) => Object.entries(schemas))
          .filter((entry): entry is [string, Schema] => isSchema(entry[1]))
          .map(([name, schema]) => [`${face.prefix}${name}`, schema]),
      ),
    );
  return {
    input: of(({ requests }) => requests),
    output: { ...of((it) => it.answers), GatewayError },
  };
}

export const convertersOf = ({ input, output }: NamedSchemas): Converters => ({
  input: converter(input, 'input'),
  output: converter(output, 'output'),
});

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schema';

/**
 * Of all named schemas those that something refers to.
 *
 * @throws Error if a request and an answer have one name.
 */
export function componentsOf(names: NamedSchemas, used: object): Record<string, JsonSchema> {
  const taken = Object.keys(names.input).find((name) => name in names.output);
  if (taken) throw new Error(`two schemas are called ${taken}`);
  const all = { ...definitionsOf(names.input, 'input'), ...definitionsOf(names.output, 'output') };
  const wanted = new Set(referencesOf(used));
  // The loop also visits what it adds.
  for (const name of wanted) for (const inner of referencesOf(all[name])) wanted.add(inner);
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has(name)));
}

const REFERENCE = /"#\/components\/schemas\/([^"]+)"/g;
const referencesOf = (value: unknown): string[] =>
  [...JSON.stringify(value ?? null).matchAll(REFERENCE)].map(([, name = '']) => name);
