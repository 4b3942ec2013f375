/**
 * The events of a REST API: for a proxy integration, and for TOKEN and REQUEST authorizers.
 *
 * Header names keep the client's case; `path` is without the stage, `requestContext.path` with it.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 *
 * @module
 */
import { ACCOUNT, REGION } from '../names.ts';
import { clfTime } from './http-event.ts';
import type { ContextVariables } from './identity-source.ts';
import { type GatewayRequest, grouped } from './request.ts';
import type { RestApi, RestMethod, RestResource } from './rest-model.ts';

export interface Matched {
  api: RestApi;
  resource: RestResource;
  method: RestMethod;
  request: GatewayRequest;
  /** As sent, without the stage. */
  path: string;
  pathParameters: Record<string, string>;
}

export const methodArn = ({ api, request, path }: Matched): string =>
  `arn:aws:execute-api:${REGION}:${ACCOUNT}:${api.id}/${api.stage}/${request.method}${path}`;

/** What an identity source may name after `context.`. */
export const contextVariables = ({ api, resource, request, path }: Matched): ContextVariables => ({
  httpMethod: request.method,
  path: `/${api.stage}${path}`,
  resourcePath: resource.path,
  stage: api.stage,
  apiId: api.id,
  'identity.sourceIp': request.sourceIp,
});

export const tokenEvent = (matched: Matched, authorizationToken: string) => ({
  type: 'TOKEN',
  methodArn: methodArn(matched),
  authorizationToken,
});

export const requestEvent = (matched: Matched) => ({
  type: 'REQUEST',
  methodArn: methodArn(matched),
  ...common(matched),
});

/** @param authorizer The principal and context; undefined on a method without authorizer. */
export function proxyEvent(matched: Matched, authorizer: Record<string, string> | undefined) {
  const { body } = matched.request;
  const event = common(matched);
  return {
    ...event,
    requestContext: { ...event.requestContext, ...(authorizer && { authorizer }) },
    body: body.length > 0 ? body.toString('utf8') : null,
    isBase64Encoded: false,
  };
}

function common(matched: Matched) {
  const { resource, request, path, pathParameters } = matched;
  const { headerLines, query } = request;
  return {
    resource: resource.path,
    path,
    httpMethod: request.method,
    headers: Object.fromEntries(headerLines),
    multiValueHeaders: grouped(headerLines),
    queryStringParameters: orNull(Object.fromEntries(query)),
    multiValueQueryStringParameters: orNull(grouped(query)),
    pathParameters: orNull(pathParameters),
    stageVariables: null,
    requestContext: requestContext(matched),
  };
}

const orNull = <T extends object>(value: T): T | null =>
  Object.keys(value).length > 0 ? value : null;

function requestContext({ api, resource, request, path }: Matched) {
  const host = request.headers['host'] ?? 'localhost';
  return {
    accountId: ACCOUNT,
    apiId: api.id,
    domainName: host,
    domainPrefix: host.split(/[.:]/, 1)[0] ?? '',
    extendedRequestId: request.id,
    httpMethod: request.method,
    identity: {
      accessKey: null,
      accountId: null,
      caller: null,
      cognitoIdentityId: null,
      sourceIp: request.sourceIp,
      user: null,
      userAgent: request.headers['user-agent'] ?? null,
      userArn: null,
    },
    path: `/${api.stage}${path}`,
    protocol: 'HTTP/1.1',
    requestId: request.id,
    requestTime: clfTime(request.time),
    requestTimeEpoch: request.time,
    resourceId: resource.id,
    resourcePath: resource.path,
    stage: api.stage,
  };
}
