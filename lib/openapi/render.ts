/**
 * A row of a table as an Operation Object.
 *
 * @module
 * @see https://spec.openapis.org/oas/v3.1.1.html#operation-object
 */
import type { Converters } from './components.ts';
import { HEADERS, IF_MATCH, IF_MATCH_FORM } from './headers.ts';
import { type Convert, parameterSchemaOf } from './json-schema.ts';
import type { Answer, Answers, Body, Content, HeaderName, Operation } from './operation.ts';
import { ABOUT } from './parameters.ts';

export type Described = { responses: Record<string, object>; [member: string]: unknown };

export function describeOperation(
  path: string,
  operation: Operation,
  convert: Converters,
): Described {
  const { id, summary, description, security, body } = operation;
  const parameters = parametersOf(path, operation);
  return {
    operationId: id,
    summary,
    ...(description && { description }),
    security: security.map((needed) => Object.fromEntries(needed.map((scheme) => [scheme, []]))),
    ...(parameters.length > 0 && { parameters }),
    ...(body && { requestBody: requestBodyOf(body, convert.input) }),
    responses: Object.fromEntries(
      Object.entries(withTooLarge(operation)).map(([status, answer]) => [
        status,
        responseOf(answer, convert.output),
      ]),
    ),
  };
}

/** Whatever has a body can have too large a one, and shows it like a body that is not valid. */
function withTooLarge({ body, answers }: Operation): Answers {
  const { content } = answers[400] ?? {};
  if (!body || !content) return answers;
  return { ...answers, 413: { description: 'The body is larger than 64 KB.', content } };
}

function parametersOf(path: string, { path: given, query, about, ifMatch }: Operation): object[] {
  const aboutOf = (name: string) => about?.[name] ?? ABOUT[name] ?? '';
  const inPath = [...path.matchAll(/\{(\w+)(\+?)\}/g)].map(([, name = '', rest]) => ({
    name,
    in: 'path',
    required: true,
    description: `${aboutOf(name)}${rest ? ' Slashes may stand as they are, or as %2F.' : ''}`,
    schema: given?.[name] ? parameterSchemaOf(given[name]) : { type: 'string' },
  }));
  const inQuery = Object.entries(query?.entries ?? {}).map(([name, schema]) => ({
    name,
    in: 'query',
    required: schema.type !== 'optional',
    description: aboutOf(name),
    schema: parameterSchemaOf(schema),
  }));
  const required = ifMatch === 'required';
  const inHeader = { name: 'If-Match', in: 'header', required, description: IF_MATCH };
  const tag = ifMatch ? [{ ...inHeader, schema: { type: 'string', pattern: IF_MATCH_FORM } }] : [];
  return [...inPath, ...inQuery, ...tag];
}

const requestBodyOf = ({ content, example, optional = false }: Body, convert: Convert): object => ({
  required: !optional,
  content: contentOf(content, convert, example),
});

function responseOf({ description, content, headers = {} }: Answer, convert: Convert): object {
  const shown = Object.entries(headers).map(([name, presence]) => [
    name,
    {
      description: HEADERS[name as HeaderName],
      required: presence === 'always',
      schema: { type: 'string' },
    },
  ]);
  return {
    description,
    ...(shown.length > 0 && { headers: Object.fromEntries(shown) }),
    ...(content && { content: contentOf(content, convert) }),
  };
}

const contentOf = (content: Content, convert: Convert, example?: unknown): object =>
  Object.fromEntries(
    Object.entries(content).map(([type, schema]) => [
      type,
      {
        schema: convert(schema),
        ...(example !== undefined && { example }),
      },
    ]),
  );
