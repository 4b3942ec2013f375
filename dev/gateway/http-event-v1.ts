/**
 * The authorizer event of payload format 1.0, as an HTTP API sends it: that of a REST API's REQUEST
 * authorizer, with the identity beside it.
 *
 * Header names keep the client's case.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 *
 * @module
 */
import { ACCOUNT } from '../names.ts';
import { clfTime, type Matched, routeArn } from './http-event.ts';
import { grouped } from './request.ts';

export function authorizerEventV1(matched: Matched, identity: string[]) {
  const { api, route, request, pathParameters } = matched;
  const joined = identity.length > 0 ? identity.join(',') : null;
  const [, path = route.key] = route.key.split(' ');
  return {
    version: '1.0',
    type: 'REQUEST',
    methodArn: routeArn(matched),
    identitySource: joined,
    authorizationToken: joined,
    resource: path,
    path: request.path,
    httpMethod: request.method,
    headers: Object.fromEntries(request.headerLines),
    multiValueHeaders: grouped(request.headerLines),
    queryStringParameters: Object.fromEntries(request.query),
    multiValueQueryStringParameters: grouped(request.query),
    pathParameters,
    stageVariables: api.stageVariables ?? {},
    requestContext: {
      path: request.path,
      accountId: ACCOUNT,
      apiId: api.id,
      domainName: request.headers['host'] ?? 'localhost',
      httpMethod: request.method,
      identity: { sourceIp: request.sourceIp, userAgent: request.headers['user-agent'] ?? '' },
      requestId: request.id,
      requestTime: clfTime(request.time),
      requestTimeEpoch: request.time,
      resourcePath: path,
      stage: '$default',
    },
  };
}
