/**
 * The events that API Gateway sends to a Lambda authorizer, and the answers that it takes.
 *
 *   HTTP API, payload 2.0       { isAuthorized, context }                 false: 403
 *   REST API, TOKEN or REQUEST  { principalId, policyDocument, context }  Deny:  403
 *   both                        an error that says exactly "Unauthorized"        401
 *                               any other error                                  500
 *
 * Errors: an event that is none of these is a fault, never an Allow.
 *
 * @module
 * @see API Gateway Developer Guide, "Control access to HTTP APIs with Lambda authorizers" and
 *      "Use API Gateway Lambda authorizers"
 */
import type {
  APIGatewayAuthorizerResult,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerEventV2,
  APIGatewayTokenAuthorizerEvent,
} from 'aws-lambda';
import { lowerCased } from './request.ts';

export type AuthorizerEvent =
  | APIGatewayRequestAuthorizerEventV2
  | APIGatewayTokenAuthorizerEvent
  | APIGatewayRequestAuthorizerEvent;
/** API Gateway takes flat values only. */
export type Context = Readonly<Record<string, string>>;
export type AuthorizerAnswer =
  | { isAuthorized: boolean; context?: Context }
  | Pick<APIGatewayAuthorizerResult, 'principalId' | 'policyDocument' | 'context'>;

export type AuthorizerCall = {
  id: string | undefined;
  method: string;
  /** Without the stage. */
  path: string;
  /** Names in lower case; a header sent twice has its values joined by a comma. */
  headers: Readonly<Record<string, string>>;
  allow: (principal: string, context: Context) => AuthorizerAnswer;
  forbid: () => AuthorizerAnswer;
};

/** The one message that API Gateway turns into a 401. */
export const unauthorized = (): Error => new Error('Unauthorized');

export function readAuthorizerEvent(event: AuthorizerEvent): AuthorizerCall {
  if ('version' in event && event.version === '2.0') return httpCall(event);
  if ('methodArn' in event && event.type === 'TOKEN')
    return restCall(event.methodArn, { authorization: event.authorizationToken });
  if ('methodArn' in event && event.type === 'REQUEST')
    return restCall(event.methodArn, headersOf(event), event.requestContext?.requestId);
  throw new Error('an authorizer event of an unknown kind');
}

function httpCall(event: APIGatewayRequestAuthorizerEventV2): AuthorizerCall {
  const { stage, http, requestId, domainName } = event.requestContext;
  const prefix = `/${stage}`;
  // A domain name of one's own maps to a stage, and then no path begins with it but by coincidence.
  const staged =
    stage !== '$default' &&
    domainName.includes('.execute-api.') &&
    `${event.rawPath}/`.startsWith(`${prefix}/`);
  return {
    id: requestId,
    method: http.method,
    path: staged ? event.rawPath.slice(prefix.length) || '/' : event.rawPath,
    headers: identified(lowerCased(event.headers), event),
    allow: (_principal, context) => ({ isAuthorized: true, context }),
    forbid: () => ({ isAuthorized: false }),
  };
}

/**
 * Where the authorizer names identity sources, API Gateway may keep a simple answer under their
 * values and give it to every call that has the same ones, on any route. So they must hold the
 * method and the path, or the ACL would count for nothing; and no header but those among them counts.
 *
 * @throws Error if they do not: an unsafe set-up is a 500 on every call, not a wrong Allow on some.
 */
function identified(
  headers: Readonly<Record<string, string>>,
  {
    identitySource: sources,
    rawPath,
    requestContext: { http },
  }: APIGatewayRequestAuthorizerEventV2,
): Readonly<Record<string, string>> {
  if (!sources || sources.length === 0) return headers;
  if (!sources.includes(http.method) || !(sources.includes(http.path) || sources.includes(rawPath)))
    throw new Error(
      'identity sources without $context.httpMethod and $context.path: name both, or none and no cache',
    );
  return Object.fromEntries(Object.entries(headers).filter(([, value]) => sources.includes(value)));
}

function headersOf({ headers, multiValueHeaders }: APIGatewayRequestAuthorizerEvent) {
  const joined = Object.entries(multiValueHeaders ?? {}).map(([name, values]) => [
    name,
    values?.join(','),
  ]);
  return { ...lowerCased(headers ?? {}), ...lowerCased(Object.fromEntries(joined)) };
}

/** arn:partition:execute-api:region:account:api/stage/METHOD/path */
const METHOD_ARN = /^arn:[^:]+:execute-api:[^:]+:[^:]+:[^/]+\/[^/]+\/([A-Z]+)(\/.*)?$/s;

/** The ARN, unlike the event's path, never carries a custom domain's base path. */
function restCall(
  methodArn: string,
  headers: Readonly<Record<string, string>>,
  id?: string,
): AuthorizerCall {
  const [, method, path = '/'] = METHOD_ARN.exec(methodArn) ?? [];
  if (!method) throw new Error('an authorizer event without a method ARN');
  return {
    id,
    method,
    path,
    headers,
    // Its wildcards would name other paths too, and nothing in a policy can quote them.
    allow: (principal, context) =>
      /[*?$]/.test(path)
        ? policy('Deny', principal, methodArn)
        : { ...policy('Allow', principal, methodArn), context },
    forbid: () => policy('Deny', 'forbidden', methodArn),
  };
}

const policy = (
  Effect: 'Allow' | 'Deny',
  principalId: string,
  Resource: string,
): APIGatewayAuthorizerResult => ({
  principalId,
  policyDocument: {
    Version: '2012-10-17',
    Statement: [{ Action: 'execute-api:Invoke', Effect, Resource }],
  },
});
