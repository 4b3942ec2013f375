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
  body?: object | URLSearchParams,
): APIGatewayProxyEventV2 {
  const [method = '', path = ''] = routeKey.split(' ');
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: '',
    headers: { ...HEADERS, ...headers },
    requestContext: contextOf(routeKey, method, path),
    ...(body && { body: body instanceof URLSearchParams ? `${body}` : JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}

/** @param call - Method and path, as `GET /book/1`. */
export function authorizerCall(
  call: string,
  { token }: Pick<Credential, 'token'>,
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

const JSON_BODY = { 'content-type': 'application/json' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
/** The seeded API username and password. */
const CLIENT = { client_id: 'demo-api', client_secret: 'demo-api-password' };

export const login = (username: string, password = 'secret') =>
  request('POST /login', JSON_BODY, { username, password });

/** A sign-in, or a client's request for a token, as each product's clients send it. */
export const issuance = {
  webitel: () => login('abc@example.com', 'abc321'),
  appmixer: () =>
    request('POST /user/auth', JSON_BODY, { username: 'abc@example.com', password: 'abc321' }),
  faveo: () =>
    request('POST /api/v1/authenticate', JSON_BODY, {
      username: 'abc@example.com',
      password: 'abc321',
    }),
  mluvii: () =>
    request(
      'POST /login/connect/token',
      FORM,
      new URLSearchParams({ grant_type: 'client_credentials', ...CLIENT }),
    ),
};

/** RFC 7009. */
export const revocation = (token: string) =>
  request('POST /oauth/revoke', FORM, new URLSearchParams({ token, ...CLIENT }));

export const logout = ({ token, key }: Credential) =>
  request('POST /logout', { 'x-access-token': token, 'x-key': key });
