/**
 * What API Gateway sends, for the calls that are measured. Header lists as a browser's, behind
 * CloudFront: an authorizer is seldom called with one header only.
 *
 * @module
 */
import type { APIGatewayProxyEventV2, APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';

export type Credential = { token: string; key: string };

const HEADERS = {
  accept: 'application/json',
  'accept-encoding': 'gzip, deflate, br',
  'accept-language': 'en-GB,en;q=0.9',
  'content-length': '0',
  host: 'api.example.com',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'x-amzn-trace-id': 'Root=1-67000000-000000000000000000000000',
  'x-forwarded-for': '192.0.2.1',
  'x-forwarded-port': '443',
  'x-forwarded-proto': 'https',
};

const contextOf = (routeKey: string, method: string, path: string) => ({
  accountId: '000000000000',
  apiId: 'api123',
  domainName: 'api.example.com',
  domainPrefix: 'api',
  http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'bench' },
  requestId: 'request-1',
  routeKey,
  stage: '$default',
  time: '01/Jan/2026:00:00:00 +0000',
  timeEpoch: 1_767_225_600_000,
});

export function request(
  routeKey: string,
  headers: Record<string, string> = {},
  body?: object,
): APIGatewayProxyEventV2 {
  const [method = '', path = ''] = routeKey.split(' ');
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { ...HEADERS, ...headers },
    requestContext: contextOf(routeKey, method, path),
    ...(body && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}

/** @param call - Method and path, as `GET /book/1`. */
export function authorizerCall(
  call: string,
  { token }: Credential,
): APIGatewayRequestAuthorizerEventV2 {
  const [method = '', path = ''] = call.split(' ');
  const routeKey = `ANY ${path}`;
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn: `arn:aws:execute-api:us-east-1:000000000000:api123/$default/${method}${path}`,
    identitySource: null as unknown as string[],
    routeKey,
    rawPath: path,
    rawQueryString: '',
    cookies: [],
    headers: { ...HEADERS, authorization: `Bearer ${token}` },
    queryStringParameters: {},
    requestContext: contextOf(routeKey, method, path),
    pathParameters: {},
    stageVariables: {},
  };
}

export const login = (username: string, password = 'secret') =>
  request('POST /login', { 'content-type': 'application/json' }, { username, password });

export const logout = ({ token, key }: Credential) =>
  request('POST /logout', { 'x-access-token': token, 'x-key': key });
