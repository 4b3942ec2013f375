/**
 * WebSocket APIs: the authorizer is asked when a client connects, and never again for that
 * connection. To connect is to read (`GET`) the path `/websocket/` + stage.
 *
 * Browsers can set no header here, so the token or API key may also come as
 *
 *   new WebSocket(url, ['latchkey', token])   a subprotocol; the $connect route answers `latchkey`
 *   wss://…?access_token=…                    the query, which logs keep: the last resort
 *
 * both of which count as a bearer token. One in two places at once is not valid.
 *
 * @module
 * @see API Gateway Developer Guide, "Control access to WebSocket APIs with AWS Lambda REQUEST
 *      authorizers"; RFC 6455 §1.9 (subprotocols), RFC 6750 §2.3 (the query, and why not)
 */
import type { AuthorizerCall } from './answer.ts';
import { addressOf, exactly, joinedHeaders, type RestRequestEvent } from './rest-api.ts';

const SUBPROTOCOL = 'latchkey';
const CONNECT_ARN = /^arn:[^:]+:execute-api:[^:]+:[^:]+:([^/]+)\/([^/]+)\/\$connect$/;

export const isConnect = ({ methodArn }: { methodArn: string }): boolean =>
  CONNECT_ARN.test(methodArn);

export function connectCall(event: RestRequestEvent): AuthorizerCall {
  const [, api = '', stage = ''] = CONNECT_ARN.exec(event.methodArn) ?? [];
  const headers = joinedHeaders(event);
  const tokens = [...subprotocolTokens(headers), ...queryTokens(event)];
  const bearers = [headers['authorization'], ...tokens.map((token) => `Bearer ${token}`)];
  const authorization = bearers.filter((text) => text !== undefined).join(',');
  return {
    kind: 'request',
    id: event.requestContext?.requestId,
    from: { api, stage, address: addressOf(event.requestContext) },
    method: 'GET',
    path: `/websocket/${stage}`,
    headers: bearers.length > 1 ? { ...headers, authorization } : headers,
    ...exactly(event.methodArn, ''),
  };
}

/** What follows our name in the list, if our name comes first. */
function subprotocolTokens({ 'sec-websocket-protocol': sent = '' }: Record<string, string>) {
  const [first, ...others] = sent.split(',').map((name) => name.trim());
  return first === SUBPROTOCOL ? others : [];
}

const queryTokens = ({
  queryStringParameters: one,
  multiValueQueryStringParameters: all,
}: RestRequestEvent): readonly string[] =>
  all?.['access_token'] ?? (one?.['access_token'] === undefined ? [] : [one['access_token']]);
