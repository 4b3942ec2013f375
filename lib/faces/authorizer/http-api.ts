/**
 * HTTP APIs: what the event says of the call, by payload version, and the answer.
 *
 *   2.0   { isAuthorized, context }, or a policy where API_ANSWERS says `policy`   403 for a refusal
 *   1.0   a policy                                                                 403
 *
 * Errors: an unsafe cache and an event that is not as it should be are faults.
 *
 * @module
 * @see API Gateway Developer Guide, "Control access to HTTP APIs with AWS Lambda authorizers"
 */

import type { APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';
import { Fault } from '../../errors.ts';
import { lowerCased } from '../../http/request.ts';
import type { AuthorizerCall } from './answer.ts';
import type { AnswersOf } from './api-answers.ts';
import { readMethodArn } from './method-arn.ts';
import { addressOf, exactly, joinedHeaders, type RestRequestEvent } from './rest-api.ts';

/** An HTTP API's event of payload 1.0: a REST API's, and what the cache goes by. */
export type HttpV1Event = RestRequestEvent & {
  version: '1.0';
  /** Joined by commas. */
  identitySource?: string | null;
};

export function httpCall(
  event: APIGatewayRequestAuthorizerEventV2,
  answersOf: AnswersOf,
): AuthorizerCall {
  const { http, requestId: id, apiId } = event.requestContext;
  const { stage, method, path } = readMethodArn(event.routeArn);
  const headers = identified({
    api: apiId,
    method,
    path,
    paths: [http.path, event.rawPath],
    route: event.routeKey,
    headers: lowerCased(event.headers),
    sources: event.identitySource ?? [],
  });
  const answer = answersOf(apiId).policy ? exactly(event.routeArn) : SIMPLE;
  const from = { api: apiId, stage, address: http.sourceIp };
  return { kind: 'request', id, from, method, path, headers, ...answer };
}

const SIMPLE = {
  isNameable: true,
  allow: (_principal: string, context: Readonly<Record<string, string>>) => ({
    isAuthorized: true,
    context,
  }),
  forbid: () => ({ isAuthorized: false }),
};

export function httpV1Call(event: HttpV1Event): AuthorizerCall {
  const { requestId: id, apiId } = event.requestContext;
  const { stage, method, path } = readMethodArn(event.methodArn);
  const from = { api: apiId, stage, address: addressOf(event.requestContext) };
  const headers = identified({
    api: apiId,
    method,
    path,
    paths: [event.path],
    // The event does not say it.
    route: '',
    headers: joinedHeaders(event),
    sources: event.identitySource ? event.identitySource.split(',') : [],
  });
  return { kind: 'request', id, from, method, path, headers, ...exactly(event.methodArn) };
}

type Asked = {
  /** Its id, by which an operator finds it. */
  api: string;
  method: string;
  path: string;
  /** The path as API Gateway may have put it among the sources. */
  paths: readonly string[];
  route: string;
  headers: Readonly<Record<string, string>>;
  sources: readonly string[];
};

/**
 * Where the authorizer names identity sources, API Gateway may keep an answer under their values and
 * give it to every call that has the same ones, on any route; it is not documented that it applies a
 * kept policy anew. So they must hold the method and the path, or a route that is one path only; else
 * the ACL would count for nothing. And no header but those among them counts.
 *
 * @throws Error if they do not: an unsafe set-up is a 500 on every call, not a wrong Allow on some.
 */
function identified({ api, method, path, paths, route, headers, sources }: Asked) {
  if (sources.length === 0) return headers;
  const names = paths.some((one) => sources.includes(one)) && sources.includes(method);
  const literal = route === `${method} ${path}` && !route.includes('{') && sources.includes(route);
  if (!names && !literal)
    throw new Fault(
      `HTTP API ${api}: identity sources without $context.httpMethod and $context.path: name both, or none and no cache`,
    );
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => sources.includes(value)));
}
