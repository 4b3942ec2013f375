/**
 * Valibot's schemas as JSON Schema (2020-12, the dialect of OpenAPI 3.1). The only module that knows the
 * converter.
 *
 * What JSON Schema cannot say is left out: checks by a function, and what follows a transformation. So
 * a document says at most too little of an input, never what is wrong.
 *
 * @module
 */
import { type ConversionConfig, toJsonSchema, toJsonSchemaDefs } from '@valibot/to-json-schema';
import type { Schema } from './operation.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;
/** Which side of a transformation: what a caller sends, or what it gets. */
export type Side = 'input' | 'output';
export type Definitions = Readonly<Record<string, Schema>>;

const configFor = (side: Side): ConversionConfig => ({
  target: 'draft-2020-12',
  typeMode: side,
  ignoreActions: ['check', 'transform'],
  overrideRef: ({ referenceId }) => `#/components/schemas/${referenceId}`,
  // A pattern of JSON Schema is one with the flag u.
  overrideAction: ({ valibotAction, jsonSchema, errors }) =>
    isUnicode(valibotAction) && errors?.length === 1 ? jsonSchema : undefined,
  overrideSchema: ({ jsonSchema, errors }) => (errors ? undefined : tidied(jsonSchema)),
});

const isUnicode = (action: { type: string; requirement?: RegExp }): boolean =>
  action.type === 'regex' && action.requirement?.flags === 'u';

/**
 * Without what says nothing; and with a default in words. For the keyword some generators drop the
 * operation, where it stands at a union, and others take the member for a required one.
 */
function tidied<T extends object>(schema: T): T {
  const { required, propertyNames, ...all } = schema as T & Record<string, unknown>;
  const { default: given, ...others } = all;
  const words = [others['description'], `Left out: ${JSON.stringify(given)}.`];
  const rest =
    given === undefined ? others : { ...others, description: words.filter(Boolean).join(' ') };
  const anyName = JSON.stringify(propertyNames) === '{"type":"string"}';
  return {
    ...rest,
    ...(Array.isArray(required) && required.length > 0 && { required }),
    ...(propertyNames !== undefined && !anyName && { propertyNames }),
  } as unknown as T;
}

/** Each with references to the others. */
export const definitionsOf = (definitions: Definitions, side: Side): Record<string, JsonSchema> =>
  toJsonSchemaDefs(definitions, configFor(side)) as Record<string, JsonSchema>;

export type Convert = (schema: Schema) => JsonSchema;

/** @returns What shows a schema: by its name where it has one. */
export function converter(definitions: Definitions, side: Side): Convert {
  const reference = ([name, schema]: [string, Schema]) =>
    [schema, { $ref: `#/components/schemas/${name}` }] as const;
  const known = new Map<Schema, JsonSchema>(Object.entries(definitions).map(reference));
  return (schema) => {
    const shown = known.get(schema) ?? converted(schema, definitions, side);
    known.set(schema, shown);
    return shown;
  };
}

function converted(schema: Schema, definitions: Definitions, side: Side): JsonSchema {
  const { $schema, $defs, ...rest } = toJsonSchema(schema, { ...configFor(side), definitions });
  return rest as JsonSchema;
}

type PipeItem = { type: string; requirement?: unknown };

/** A number that is sent as text is shown as the number that it is. */
export function parameterSchemaOf(schema: Schema): JsonSchema {
  const { wrapped = schema, default: given } = schema as { wrapped?: Schema; default?: unknown };
  const { pipe = [] } = wrapped as { pipe?: readonly PipeItem[] };
  const bound = (type: string) => pipe.find((step) => step.type === type)?.requirement;
  const minimum = bound('min_value');
  // Of a parameter it is harmless, and not in the way of what is required.
  if (minimum === undefined) return { ...converted(wrapped, {}, 'input'), ...defaultOf(given) };
  const bounds = { type: 'integer', minimum, maximum: bound('max_value') };
  return { ...bounds, ...defaultOf(given === undefined ? given : Number(given)) };
}

const defaultOf = (given: unknown) => (given === undefined ? {} : { default: given });
