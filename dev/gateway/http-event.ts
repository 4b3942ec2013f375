/**
 * Events of payload format 2.0, as an HTTP API hands them to its functions and authorizers.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 *
 * @module
 */
import { isUtf8 } from 'node:buffer';
import { ACCOUNT, REGION } from '../names.ts';
import type { HttpApi, HttpRoute } from './http-model.ts';
import type { ContextVariables } from './identity-source.ts';
import type { GatewayRequest } from './request.ts';

export interface Matched {
  api: HttpApi;
  route: HttpRoute;
  request: GatewayRequest;
  pathParameters: Record<string, string>;
}

export const routeArn = ({ api, request }: Matched): string =>
  `arn:aws:execute-api:${REGION}:${ACCOUNT}:${api.id}/$default/${request.method}${request.path}`;

/** What an identity source may name after `$context.`. */
export const contextVariables = ({ api, route, request }: Matched): ContextVariables => ({
  routeKey: route.key,
  httpMethod: request.method,
  path: request.path,
  stage: '$default',
  apiId: api.id,
  'identity.sourceIp': request.sourceIp,
});

/** What both kinds of event share. */
function common(matched: Matched) {
  const { api, route, request, pathParameters } = matched;
  const { cookie, ...headers } = request.headers;
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: request.path,
    rawQueryString: request.rawQuery,
    ...(cookie !== undefined && { cookies: cookie.split(/; */).filter(Boolean) }),
    headers,
    ...(request.query.length > 0 && { queryStringParameters: joinQuery(request) }),
    requestContext: requestContext(matched),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(api.stageVariables && { stageVariables: api.stageVariables }),
  };
}

export const authorizerEvent = (matched: Matched, identity: string[]) => ({
  ...common(matched),
  type: 'REQUEST',
  routeArn: routeArn(matched),
  identitySource: identity.length > 0 ? identity : null,
});

/** @param lambda The authorizer's context; undefined on a route without authorizer. */
export function proxyEvent(matched: Matched, lambda: object | null | undefined) {
  const event = common(matched);
  const { body, headers } = matched.request;
  const isBase64Encoded = body.length > 0 && !(isText(headers['content-type']) && isUtf8(body));
  return {
    ...event,
    requestContext: {
      ...event.requestContext,
      ...(lambda !== undefined && { authorizer: { lambda } }),
    },
    ...(body.length > 0 && { body: body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    isBase64Encoded,
  };
}

// Query names keep their case, unlike header names.
function joinQuery({ query }: GatewayRequest): Record<string, string> {
  const values = Map.groupBy(query, ([name]) => name);
  return Object.fromEntries(
    [...values].map(([name, pairs]) => [name, pairs.map(([, value]) => value).join(',')]),
  );
}

function isText(contentType = 'text/plain'): boolean {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^(text\/.*|application\/(json|xml|javascript|.+\+(json|xml)))$/.test(type);
}

function requestContext({ api, route, request }: Matched) {
  const host = request.headers['host'] ?? 'localhost';
  return {
    accountId: ACCOUNT,
    apiId: api.id,
    domainName: host,
    domainPrefix: host.split(/[.:]/, 1)[0] ?? '',
    http: {
      method: request.method,
      path: request.path,
      protocol: 'HTTP/1.1',
      sourceIp: request.sourceIp,
      userAgent: request.headers['user-agent'] ?? '',
    },
    requestId: request.id,
    routeKey: route.key,
    stage: '$default',
    time: clfTime(request.time),
    timeEpoch: request.time,
  };
}

/** `12/Mar/2020:19:03:58 +0000` */
export function clfTime(time: number): string {
  const [, day, month, year, clock] = new Date(time).toUTCString().split(' ');
  return `${day}/${month}/${year}:${clock} +0000`;
}
