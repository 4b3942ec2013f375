/**
 * The OpenAPI document as a rule for answers: each must be one that the document foresees, in its
 * status, its headers, its media type and its body. What was taken (2xx) must be foreseen, too.
 */

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { inject } from 'vitest';
import type { GatewayRequest } from '../../../dev/gateway/request.ts';
import type { Answer as GatewayAnswer } from '../../../dev/gateway/server.ts';
import type { Document } from '../../../lib/compose/document.ts';
import { FACES } from '../../../lib/compose/faces.ts';
import { routePath } from '../../../lib/http/route-path.ts';
import { templateOf } from '../../../lib/openapi/operation.ts';

type Content = Record<string, object>;
type Response = {
  content?: Content;
  headers?: Record<string, { required: boolean }>;
};
type RequestBody = { required?: boolean; content?: Content };
type Place = readonly string[];
export type Answered = Pick<APIGatewayProxyStructuredResultV2, 'statusCode' | 'headers' | 'body'>;

/** @param document - Held against in place of the real one, to test the rule itself. */
export function ruleOf(document: Document) {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateSchema: false });
  formats.default(ajv);
  ajv.addSchema(document, 'document');
  const compiled = new Map<string, ValidateFunction>();

  function validatorOf(place: Place): ValidateFunction {
    const pointer = place.map((step) => encodeURIComponent(escaped(step))).join('/');
    const known = compiled.get(pointer);
    if (known) return known;
    const made = ajv.compile({ $ref: `document#/${pointer}` });
    compiled.set(pointer, made);
    return made;
  }

  /** @returns What is wrong with a body at this place of the document; nothing if it fits. */
  function misfit(place: Place, value: unknown): string | undefined {
    const validate = validatorOf(place);
    return validate(value) ? undefined : ajv.errorsText(validate.errors, { separator: '\n  ' });
  }

  /** Follows a reference, which OpenAPI has where JSON Schema has none. */
  function resolved(place: Place): { at: Place; found: unknown } {
    const found = place.reduce<unknown>(
      (at, step) => (at as Record<string, unknown> | undefined)?.[step],
      document,
    );
    const { $ref } = (found ?? {}) as { $ref?: string };
    return $ref ? resolved($ref.slice(2).split('/')) : { at: place, found };
  }

  return { misfit, resolved };
}

const escaped = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');

type Rule = ReturnType<typeof ruleOf>;
/** Test files share a process, and it is the same rule for all of them. */
const kept = globalThis as { openApiRule?: Rule };

const namesIn = (template: string): number => template.split('{').length;

const PATTERNS = FACES.flatMap(({ operations }) => Object.keys(operations))
  .map((route) => {
    const [method = '', path = ''] = route.split(' ');
    const pattern = path
      .replaceAll('.', '\\.')
      .replace(/\{\w+\+\}/, '.+')
      .replace(/\{\w+\}/g, '[^/]+');
    return { method, template: templateOf(path), pattern: new RegExp(`^${pattern}$`) };
  })
  .sort((one, other) => namesIn(one.template) - namesIn(other.template));

/** The route of the document for a call, if any: a literal segment beats a `{name}`. */
export function operationFor(method: string, path: string): Place | undefined {
  const [found] = PATTERNS.filter((one) => one.method === method && one.pattern.test(path));
  return found && ['paths', found.template, method.toLowerCase()];
}

const SHOWN = 500;

type Asked = {
  method: string;
  path: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
};

/** @throws Error that says how the answer differs from the document. */
export function holdToDocument(event: APIGatewayProxyEventV2, answer: Answered): void {
  const { requestContext, body = '', headers, isBase64Encoded } = event;
  const path = routePath(event);
  const sent = isBase64Encoded ? Buffer.from(body, 'base64').toString() : body;
  const { method } = requestContext.http;
  const different = differenceOf({ method, path, headers, body: sent }, answer);
  if (different) throw new Error(different);
}

/** For the local gateway, whose own refusals are held to the document, too. */
export const observer =
  (found: string[]) =>
  ({ method, encodedPath: path, headers, body }: GatewayRequest, answer: GatewayAnswer): void => {
    const { status: statusCode, headers: lines, body: sent } = answer;
    const answered = { statusCode, headers: Object.fromEntries(lines), body: String(sent) };
    const different = differenceOf({ method, path, headers, body: String(body) }, answered);
    if (different) found.push(different);
  };

/** @returns How the answer differs from the document, if it does. Unknown routes have none. */
function differenceOf(
  { method, path, headers, body }: Asked,
  answer: Answered,
): string | undefined {
  const place = operationFor(method, path);
  if (!place) return undefined;
  kept.openApiRule ??= ruleOf(inject('document'));
  const rule = kept.openApiRule;
  const taken = Number(answer.statusCode) < 300 && body !== '';
  const type = String(lowerCased(headers)['content-type'] ?? '');
  const wrong = [
    ...answerProblems(rule, place, answer),
    ...(taken ? requestProblems(rule, place, body, type) : []),
  ];
  if (wrong.length === 0) return undefined;
  const shown = `${method} ${path} -> ${answer.statusCode} ${answer.body?.slice(0, SHOWN) ?? ''}`;
  return `not as the OpenAPI document says: ${shown}\n  ${wrong.join('\n  ')}`;
}

export function answerProblems(rule: Rule, place: Place, answer: Answered): string[] {
  const { statusCode, body = '' } = answer;
  const { at, found } = rule.resolved([...place, 'responses', String(statusCode)]);
  if (!found) return [`the status ${statusCode} is not described`];
  const { content = {}, headers = {} } = found as Response;
  const lower = lowerCased(answer.headers);
  const missing = Object.entries(headers)
    .filter(([name, { required }]) => required && !(name.toLowerCase() in lower))
    .map(([name]) => `the header ${name} is missing`);
  return [...missing, ...bodyProblems(rule, at, content, lower['content-type'], body)];
}

function requestProblems(rule: Rule, place: Place, sent: string, type: string): string[] {
  const { at, found } = rule.resolved([...place, 'requestBody']);
  const { required = false, content = {} } = (found ?? {}) as RequestBody;
  // What may be left out is ignored where it makes no sense.
  if (!required) return [];
  const problems = bodyProblems(rule, at, content, type, sent);
  return problems.map((problem) => `in the request: ${problem}`);
}

function bodyProblems(
  rule: Rule,
  at: Place,
  content: Content,
  header: unknown,
  body: string,
): string[] {
  const type = String(header ?? '')
    .split(';', 1)[0]
    ?.trim()
    .toLowerCase();
  if (Object.keys(content).length === 0) return body === '' ? [] : ['a body is not described'];
  if (!type || !(type in content)) return [`the content type ${type} is not described`];
  const problem = rule.misfit([...at, 'content', type, 'schema'], parsedBody(type, body));
  return problem ? [problem] : [];
}

function parsedBody(type: string, body: string): unknown {
  if (type.endsWith('json')) return JSON.parse(body);
  if (type !== 'application/x-www-form-urlencoded') return body;
  // An empty parameter counts as omitted (RFC 6749 §3.1).
  return Object.fromEntries([...new URLSearchParams(body)].filter(([, value]) => value !== ''));
}

const lowerCased = (headers: Readonly<Record<string, unknown>> = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
