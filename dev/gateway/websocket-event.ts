/**
 * The events of a WebSocket API: of its authorizer, and of its routes.
 *
 * Only `$connect` carries headers and a query; what the authorizer said goes with every later event.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { ACCOUNT, REGION } from '../names.ts';
import { clfTime } from './http-event.ts';
import { type GatewayRequest, grouped } from './request.ts';
import type { WebSocketApi } from './websocket-model.ts';

export interface Connection {
  id: string;
  api: WebSocketApi;
  /** The handshake. */
  request: GatewayRequest;
  /** The principal and the context that the authorizer gave. */
  authorizer: Record<string, string> | undefined;
  /** Epoch milliseconds. */
  connectedAt: number;
  lastActiveAt: number;
}

type EventType = 'CONNECT' | 'MESSAGE' | 'DISCONNECT';

/** `execute-api` ARN of the one thing that can be authorized: to connect. */
export const connectArn = ({ id, stage }: WebSocketApi): string =>
  `arn:aws:execute-api:${REGION}:${ACCOUNT}:${id}/${stage}/$connect`;

export const authorizerEvent = (connection: Connection) => ({
  type: 'REQUEST',
  methodArn: connectArn(connection.api),
  ...handshake(connection),
  stageVariables: connection.api.stageVariables ?? {},
  requestContext: context(connection, '$connect', 'CONNECT', connection.request.time),
});

export const connectEvent = (connection: Connection) => ({
  ...handshake(connection),
  ...(connection.api.stageVariables && { stageVariables: connection.api.stageVariables }),
  requestContext: context(connection, '$connect', 'CONNECT', connection.request.time),
  isBase64Encoded: false,
});

/** A message that is not text is handed on in base64. */
export const messageEvent = (
  connection: Connection,
  { routeKey, data, binary }: { routeKey: string; data: Buffer; binary: boolean },
  time: number,
) => ({
  requestContext: {
    ...context(connection, routeKey, 'MESSAGE', time),
    messageId: randomUUID(),
  },
  body: data.toString(binary ? 'base64' : 'utf8'),
  isBase64Encoded: binary,
});

export const disconnectEvent = (
  connection: Connection,
  { code, reason }: { code: number; reason: string },
  time: number,
) => ({
  headers: { Host: host(connection) },
  multiValueHeaders: { Host: [host(connection)] },
  requestContext: {
    ...context(connection, '$disconnect', 'DISCONNECT', time),
    disconnectStatusCode: code,
    disconnectReason: reason,
  },
  isBase64Encoded: false,
});

function handshake({ request: { headerLines, query } }: Connection) {
  return {
    headers: Object.fromEntries(headerLines),
    multiValueHeaders: grouped(headerLines),
    ...(query.length > 0 && {
      queryStringParameters: Object.fromEntries(query),
      multiValueQueryStringParameters: grouped(query),
    }),
  };
}

const host = ({ request }: Connection): string => request.headers['host'] ?? 'localhost';

function context(connection: Connection, routeKey: string, eventType: EventType, time: number) {
  const { api, id, request, authorizer, connectedAt } = connection;
  const requestId = randomUUID();
  return {
    routeKey,
    eventType,
    ...(authorizer && { authorizer }),
    extendedRequestId: requestId,
    requestTime: clfTime(time),
    messageDirection: 'IN',
    stage: api.stage,
    connectedAt,
    requestTimeEpoch: time,
    identity: { sourceIp: request.sourceIp, userAgent: request.headers['user-agent'] ?? '' },
    requestId,
    domainName: host(connection),
    connectionId: id,
    apiId: api.id,
  };
}
