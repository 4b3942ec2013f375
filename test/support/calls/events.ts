/** The events of API Gateway, as aws-lambda's types and the local gateway have them. */
import type {
  APIGatewayProxyEventV2,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
} from 'aws-lambda';

const ACCOUNT = '000000000000';
const DOMAIN = 'api123.execute-api.us-east-1.amazonaws.com';
/** What stands in front of an API: `prefix` is in the path, the stage is in the ARN. */
export type Front = { stage?: string; prefix?: string; domainName?: string };
export const ARN = `arn:aws:execute-api:us-east-1:${ACCOUNT}:api123/dev`;

const requestContext = (route: string, method: string, path: string, ip = '192.0.2.1') => ({
  accountId: ACCOUNT,
  apiId: 'api123',
  domainName: DOMAIN,
  domainPrefix: 'api123',
  http: { method, path, protocol: 'HTTP/1.1', sourceIp: ip, userAgent: 'test' },
  requestId: 'request-1',
  routeKey: route,
  stage: '$default',
  time: '01/Jan/2026:00:00:00 +0000',
  timeEpoch: 0,
});

export type Sent = {
  headers?: Record<string, string>;
  /** Each as `name=value`. */
  cookies?: string[];
  query?: string;
  /** Bytes come as API Gateway sends what is no text: in base64. */
  body?: string | Uint8Array;
  base64?: boolean;
  ip?: string;
  /** Where the route has `{names}`: the path as sent, and their values. */
  path?: string;
  /** Of the default route, which names none. */
  method?: string;
  parameters?: Record<string, string>;
  front?: Front;
};

export function request(route: string, sent: Sent = {}): APIGatewayProxyEventV2 {
  const [first = '', pattern = ''] = route.split(' ');
  const method = sent.method ?? first;
  const path = sent.path ?? pattern;
  const { stage = '$default', prefix = '', domainName = DOMAIN } = sent.front ?? {};
  const context = requestContext(route, method, prefix + path, sent.ip);
  return {
    version: '2.0',
    routeKey: route,
    rawPath: prefix + path,
    rawQueryString: sent.query ?? '',
    headers: sent.headers ?? {},
    ...(sent.cookies && { cookies: sent.cookies }),
    requestContext: { ...context, stage, domainName },
    ...parametersOf(pattern, path, sent.parameters),
    ...(sent.body !== undefined && {
      body: typeof sent.body === 'string' && !sent.base64 ? sent.body : inBase64(sent.body),
    }),
    isBase64Encoded: sent.base64 ?? sent.body instanceof Uint8Array,
  };
}

const inBase64 = (body: string | Uint8Array): string =>
  Buffer.from(body as string).toString('base64');

/** As API Gateway finds them, where a test does not say otherwise. */
function parametersOf(pattern: string, path: string, sent?: Record<string, string>) {
  const groups = pattern.replace(/\{(\w+)\+\}/g, '(?<$1>.+)').replace(/\{(\w+)\}/g, '(?<$1>[^/]+)');
  const found = sent ?? new RegExp(`${groups}$`, 's').exec(path)?.groups;
  return found && { pathParameters: { ...found } };
}

/** An HTTP API's authorizer, payload 2.0, without identity sources. */
export function httpCall(
  call: string,
  headers: Record<string, string>,
  { stage = '$default', prefix = '', domainName = DOMAIN }: Front = {},
): APIGatewayRequestAuthorizerEventV2 {
  const [method = '', ...rest] = call.split(' ');
  const path = rest.join(' ');
  const context = requestContext(`ANY ${path}`, method, prefix + path);
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn: `${ARN.replace(/dev$/, stage)}/${method}${path}`,
    identitySource: null as unknown as string[],
    routeKey: `ANY ${path}`,
    rawPath: prefix + path,
    rawQueryString: '',
    cookies: [],
    headers,
    queryStringParameters: {},
    requestContext: { ...context, stage, domainName },
    pathParameters: {},
    stageVariables: {},
  };
}

export function tokenCall(
  call: string,
  authorizationToken: string,
): APIGatewayTokenAuthorizerEvent {
  const [method = '', path = ''] = call.split(' ');
  return { type: 'TOKEN', authorizationToken, methodArn: `${ARN}/${method}${path}` };
}

/** A REST API's REQUEST authorizer. */
export function restCall(call: string, headers: Record<string, string>) {
  const [method = '', path = ''] = call.split(' ');
  return {
    type: 'REQUEST' as const,
    methodArn: `${ARN}/${method}${path}`,
    resource: '/{proxy+}',
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value]]),
    ),
    pathParameters: {},
    queryStringParameters: {},
    multiValueQueryStringParameters: {},
    stageVariables: {},
    requestContext: { requestId: 'request-1' } as never,
  };
}

/** An HTTP API's authorizer, payload 1.0, without identity sources. */
export function httpV1Call(
  call: string,
  headers: Record<string, string>,
  { stage = '$default', prefix = '', domainName = DOMAIN }: Front = {},
) {
  const [method = '', path = ''] = call.split(' ');
  const rest = restCall(call, headers);
  return {
    ...rest,
    version: '1.0' as const,
    methodArn: `${ARN.replace(/dev$/, stage)}/${method}${path}`,
    path: prefix + path,
    identitySource: '',
    authorizationToken: '',
    requestContext: {
      ...requestContext(`ANY ${path}`, method, prefix + path),
      ...{ stage, domainName },
      path: prefix + path,
      httpMethod: method,
    } as never,
  };
}

/** A WebSocket API's authorizer, when a client connects. */
export function connectCall(
  headers: Record<string, string>,
  query: Record<string, string[]> = {},
  stage = 'dev',
) {
  return {
    ...restCall('GET /', headers),
    methodArn: `${ARN.replace(/dev$/, stage)}/$connect`,
    queryStringParameters: Object.fromEntries(
      Object.entries(query).map(([name, values]) => [name, values.at(-1)]),
    ),
    multiValueQueryStringParameters: query,
    requestContext: { requestId: 'request-1', routeKey: '$connect', stage } as never,
  };
}

/** An AppSync API's authorizer. */
export const fieldsCall = (queryString: string, authorizationToken: string) => ({
  authorizationToken,
  requestContext: {
    apiId: 'api123',
    accountId: ACCOUNT,
    requestId: 'request-1',
    queryString,
    variables: {},
  },
  requestHeaders: {},
});

/** The same event, sent by another API. */
export const sentBy = <T>(api: string, event: T): T =>
  JSON.parse(JSON.stringify(event).replaceAll('api123', api)) as T;
