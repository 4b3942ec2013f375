/**
 * An API Gateway event as a plain request.
 *
 * Errors: `invalid_request` for what cannot be read, `content_too_large`; the text repeats nothing but a
 *         field's name.
 *
 * @module
 */
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { AuthError, refuse } from '../errors.ts';
import { bodyText } from './body.ts';
import { readCookies } from './cookies.ts';
import { hereOf, prefixOf, routeOf, routePath } from './route-path.ts';
import { sourceAddress, type TrustedProxy } from './source-address.ts';
import { parametersIn } from './text.ts';
import { illFormedMember } from './well-formed.ts';

export type HttpRequest = {
  /** As in serverless.yml: `POST /login`. A HEAD is read as the GET whose content it does not want. */
  route: string;
  id: string;
  method: string;
  /** Nothing is made for it, not even what a GET would make (RFC 9110 §9.2.1). */
  isHead: boolean;
  /** This API's own, whatever stands in front (route-path.ts). */
  path: string;
  /** What stands in front of it: a stage, a mapping key, or nothing. */
  prefix: string;
  /** Where a GET was to, its query as it was sent: for a link to the same page. */
  here: string | undefined;
  /** The values of the route's `{names}`, decoded. */
  parameters: Readonly<Record<string, string>>;
  /** Names in lower case; a header sent twice has its values joined by a comma. */
  headers: Readonly<Record<string, string>>;
  query: URLSearchParams;
  /** A cookie that was sent twice is none. */
  cookies: ReadonlyMap<string, string>;
  body: string;
  /** As source-address.ts spells it. */
  ip: string;
  /** Who calls, on what, and which check refused it, as a guard finds out: for the log of a refusal alone. */
  found: Record<string, unknown>;
};

/**
 * @param event - HTTP API, payload format 2.0.
 * @param proxy - Who may say where a request comes from.
 * @param base - What stands in front of our paths, as far as an event does not say it.
 * @returns The request; it is an error to look at what of it is no text, and none not to.
 */
export function readRequest(
  event: APIGatewayProxyEventV2,
  proxy?: TrustedProxy,
  base?: string,
): HttpRequest {
  const path = routePath(event, base);
  const headers = lowerCased(event.headers);
  const { method } = event.requestContext.http;
  const isHead = method === 'HEAD';
  return {
    route: routeOf(event),
    id: event.requestContext.requestId,
    method: isHead ? 'GET' : method,
    isHead,
    path,
    prefix: prefixOf(event.rawPath, path),
    here: hereOf(event, path),
    parameters: (event.pathParameters ?? {}) as Record<string, string>,
    headers,
    cookies: readCookies(event.cookies),
    ip: sourceAddress(headers, event.requestContext.http.sourceIp, proxy),
    found: {},
    get query() {
      return parametersIn(event.rawQueryString ?? '');
    },
    get body() {
      return bodyText(event, headers['content-type'] ?? '');
    },
  };
}

/** Two spellings of one name are one header, sent twice. */
export function lowerCased(
  headers: Readonly<Record<string, string | undefined>> = {},
): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value = ''] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    const before = joined.get(lower);
    joined.set(lower, before === undefined ? value : `${before},${value}`);
  }
  return Object.fromEntries(joined);
}

/** @returns The media type without its parameters, in lower case. */
export const mediaType = ({ headers }: HttpRequest): string =>
  (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

/** A form, each of whose parameters was sent once (RFC 6749 §3.2); an empty one counts as omitted. */
export const form = (request: HttpRequest): ReadonlyMap<string, string> =>
  parametersOf(formParameters(request));

/** A form as it was sent, repeats included. */
export function formParameters(request: HttpRequest): URLSearchParams {
  if (mediaType(request) !== 'application/x-www-form-urlencoded')
    throw refuse(
      'invalid_request',
      'form-expected',
      'The content type must be application/x-www-form-urlencoded',
    );
  return parametersIn(request.body);
}

/** @throws AuthError if one of them was sent twice. */
export function parametersOf(sent: URLSearchParams): ReadonlyMap<string, string> {
  const names = [...sent.keys()];
  if (new Set(names).size !== names.length)
    throw refuse('invalid_request', 'parameter-repeated', 'A parameter was sent twice');
  return new Map([...sent].filter(([, value]) => value !== ''));
}

/**
 * What narrows a list, each parameter sent once. Empty is not omitted here: a variable that was empty must
 * not list, or end, everything.
 *
 * @throws AuthError if one of them was sent twice.
 */
export function filterParameters({ query }: HttpRequest): Readonly<Record<string, string>> {
  parametersOf(query);
  return Object.fromEntries(query);
}

/** A JSON object, each of whose members was sent once (RFC 8259 §4 leaves repeats to the reader). */
export function jsonObject(
  request: HttpRequest,
  types: readonly string[] = ['application/json'],
): Readonly<Record<string, unknown>> {
  if (!types.includes(mediaType(request)))
    throw new AuthError({
      code: 'invalid_request',
      rule: 'content-type-unexpected',
      text: `The content type must be ${types.join(' or ')}`,
      reason: 'another content type',
    });
  const { body } = request;
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw refuse('invalid_request', 'json-malformed', 'The body is not valid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refuse('invalid_request', 'json-object-expected', 'The body must be a JSON object');
  if (countColons(body) !== countMembers(value))
    throw refuse('invalid_request', 'json-member-repeated', 'The body names a member twice');
  refuseIllFormed(value);
  return value as Record<string, unknown>;
}

/** Of a field's name in a message: it may be anything. */
const MAX_FIELD = 64;

function refuseIllFormed(json: object): void {
  const member = illFormedMember(json);
  if (member === undefined) return;
  const field = member.slice(0, MAX_FIELD).toWellFormed();
  throw new AuthError({
    code: 'invalid_request',
    rule: 'not-unicode',
    text: 'must be Unicode text',
    field,
    asSent: true,
    reason: 'a lone surrogate or a replacement character',
  });
}

/** In valid JSON each member has one colon outside strings, so repeats show in the sum. */
const countColons = (json: string): number =>
  json.replace(/"(?:[^"\\]|\\.)*"/g, '').split(':').length - 1;

/** Not recursive: 64 KB of brackets nest deeper than the stack. */
function countMembers(json: object): number {
  let members = 0;
  const values: unknown[] = [json];
  // The loop also visits what it adds.
  for (const value of values) {
    if (typeof value !== 'object' || value === null) continue;
    const children = Object.values(value);
    if (!Array.isArray(value)) members += children.length;
    values.push(...children);
  }
  return members;
}

/** From where a request comes, and which it is. */
export const originOf = ({ ip, headers, id }: HttpRequest) => ({
  ip,
  userAgent: headers['user-agent'],
  requestId: id,
});
