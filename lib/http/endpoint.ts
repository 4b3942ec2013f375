/**
 * Turns plain functions into a Lambda handler: parse, run, map the error, log it once.
 * The only module that knows middy, and the only place where an error becomes a response.
 *
 * @module
 */
import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { AuthError, Fault, toAuthError } from '../errors.ts';
import { logFault, logNotice, logRefusal, whileAnswering } from '../log.ts';
import { challengeFor } from './challenge.ts';
import { readCookies } from './cookies.ts';
import { corsHeaders, type Origins } from './cors.ts';
import { type HttpRequest, lowerCased, readRequest } from './request.ts';
import { type HttpResponse, json } from './response.ts';
import { hereOf, routeOf, routePath } from './route-path.ts';
import { sourceAddress, type TrustedProxy } from './source-address.ts';
import { exactText } from './text.ts';

export type Endpoint = {
  run: (request: HttpRequest) => Promise<HttpResponse>;
  /** The error's shape in this endpoint's dialect. */
  showError: (error: AuthError) => object;
  /** The HTTP status, where a dialect's clients expect another than the error's own. */
  showStatus?: (error: AuthError) => number;
  /** Such as another content type than application/json. */
  errorHeaders?: Record<string, string>;
  /** For an endpoint that people see: the error as a page, in place of all that, unless a program asks. */
  showPage?: (
    error: AuthError,
    seen: SeenRequest,
    requestId: string | undefined,
  ) => HttpResponse | undefined | Promise<HttpResponse | undefined>;
  /** Whether it signs users in: whoever it lets in leaves a line, which is counted (infra/metrics.yml). */
  signsIn?: boolean;
  /** What stands in front of our paths, where no route does it for the event (route-path.ts). */
  base?: string;
};

/** What is known of a request that cannot be read. */
export type SeenRequest = Pick<HttpRequest, 'headers' | 'cookies' | 'here'>;

/** Seconds after which a caller may try again, when something we lean on is down. */
const RETRY_AFTER = 2;

/**
 * @param byRoute - Spelt as in serverless.yml.
 * @param origins - Which web pages may read the answers (cors.ts).
 * @param proxy - Who may say where a request comes from (source-address.ts).
 * @returns A handler for HTTP APIs, payload format 2.0. It rejects nothing that one of them sends.
 */
export function endpoints(
  byRoute: Readonly<Record<string, Endpoint>>,
  origins: Origins = {},
  proxy?: TrustedProxy,
) {
  const refusal = (
    endpoint: Endpoint,
    event: APIGatewayProxyEventV2,
    cause: unknown,
    found: HttpRequest['found'] = {},
  ): Promise<HttpResponse> => {
    const error = toAuthError(cause);
    logOnce(error, found);
    return errorResponse(endpoint, event, error);
  };
  const handler = middy(async (event: APIGatewayProxyEventV2) => {
    const endpoint = byRoute[routeOf(event)] ?? NOWHERE;
    const request = readRequest(event, proxy, endpoint.base);
    // Asked first: an answer that nobody may read must not have spent anything.
    const cors = await corsHeaders(request, origins);
    const response = await answerTo(endpoint, request).catch((error) =>
      refusal(endpoint, event, error, request.found),
    );
    // RFC 9110 §9.3.2: the same, but for the content.
    const body = request.isHead ? '' : response.body;
    return { ...response, body, headers: { ...response.headers, ...cors } };
  }).onError(async (request) => {
    const { event, error } = request;
    request.response = await refusal(byRoute[routeOf(event)] ?? NOWHERE, event, error);
  });
  return async (event: APIGatewayProxyEventV2, context: Context): Promise<HttpResponse> => {
    requireRequest(event);
    return whileAnswering(originOfEvent(event, proxy), () => handler(event, context));
  };
}

/** A path that is no text is refused before anybody is asked what it names, and who may there. */
async function answerTo({ run, signsIn }: Endpoint, request: HttpRequest): Promise<HttpResponse> {
  exactText(request.path);
  const answer = await run(request);
  if (signsIn) logNotice('signed_in', {});
  return answer;
}

/** @throws Fault for what others send: a queue or a rotation would take any answer for a success. */
function requireRequest(event: Partial<APIGatewayProxyEventV2 & { type: string }> | null): void {
  const { version, routeKey, type } = event ?? {};
  if (version !== '2.0' || typeof routeKey !== 'string' || type !== undefined)
    throw new Fault('an event that is no request of an HTTP API');
}

function originOfEvent(
  { routeKey: route, requestContext, headers }: APIGatewayProxyEventV2,
  proxy: TrustedProxy | undefined,
) {
  const { requestId, http } = requestContext;
  return { route, requestId, address: sourceAddress(lowerCased(headers), http.sourceIp, proxy) };
}

/** @param details - A guard's rule is finer than the error's. */
function logOnce(error: AuthError, details: HttpRequest['found']): void {
  const { code, reason, rule } = error.said;
  const all = { rule, ...details };
  if (error.status >= 500) logFault(error, all);
  else logRefusal(code, reason, all);
}

async function errorResponse(
  { showError, showStatus, errorHeaders, showPage, base }: Omit<Endpoint, 'run' | 'signsIn'>,
  event: APIGatewayProxyEventV2,
  error: AuthError,
): Promise<HttpResponse> {
  const { requestContext, headers, cookies } = event;
  const here = hereOf(event, routePath(event, base));
  const seen = { headers: lowerCased(headers), cookies: readCookies(cookies), here };
  const page = await showPage?.(error, seen, requestContext.requestId);
  if (page) return page;
  const after = error.said.retryAfter ?? (error.status === 503 ? RETRY_AFTER : undefined);
  const retry = after === undefined ? {} : { 'retry-after': String(after) };
  const status = showStatus?.(error) ?? error.status;
  const challenge = status === error.status ? challengeFor(error, lowerCased(headers)) : {};
  return json(status, showError(error), { ...challenge, ...retry, ...errorHeaders });
}

/** @see RFC 6749 §5.2, where a description is printable ASCII without quote and backslash */
export const plainError = ({ said, message }: AuthError) => ({
  error: said.code,
  error_description: message.replaceAll('"', "'").replace(/[^\x20-\x5b\x5d-\x7e]/g, '?'),
});

const NOWHERE: Endpoint = {
  run: async () => {
    throw new AuthError({
      code: 'not_found',
      rule: 'no-such-place',
      text: 'There is nothing here.',
      reason: 'a route without endpoint',
    });
  },
  showError: plainError,
};
