/**
 * The Faveo dialect's requests as our values.
 *
 * Parameters stand in the body (JSON or form) or in the query; the body wins. A body is the better
 * place: query strings end in the access logs of whatever lies between. Ours never hold them.
 *
 * @module
 */
import { parseInput } from '../../http/input.ts';
import { form, type HttpRequest, jsonObject, mediaType, parametersOf } from '../../http/request.ts';
import type { Seconds } from '../../time.ts';
import { Renewal, SignIn } from './schemas.ts';

/** An empty parameter counts as omitted. */
export function readSignIn(request: HttpRequest): {
  username: string;
  password: string;
  apiKey: string | undefined;
} {
  const body = Object.entries(bodyOf(request)).filter(([, value]) => value !== '');
  const sent = Object.fromEntries([...parametersOf(request.query), ...body]);
  const { username, password, api_key: apiKey } = parseInput(SignIn, sent);
  return { username, password, apiKey };
}

function bodyOf(request: HttpRequest): Readonly<Record<string, unknown>> {
  if (request.body === '') return {};
  if (mediaType(request) === 'application/json') return jsonObject(request);
  return Object.fromEntries(form(request));
}

/** @returns Seconds for which the key before works on. */
export const readRenewal = (request: HttpRequest): Seconds =>
  parseInput(Renewal, request.body === '' ? {} : jsonObject(request)).overlap;

/**
 * Its clients put the token into the query and nowhere else, so its own two paths take it there. Ours are
 * never logged with their query. Beside another credential it is a second one, and neither counts.
 *
 * @see RFC 6750 §2.3 (and why no other path does)
 */
export function withQueryToken(request: HttpRequest): HttpRequest {
  const token = parametersOf(request.query).get('token');
  if (token === undefined) return request;
  const { authorization } = request.headers;
  const both = [authorization, `Bearer ${token}`].filter(Boolean).join(',');
  return { ...request, headers: { ...request.headers, authorization: both } };
}
