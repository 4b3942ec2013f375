/**
 * The local WebSocket gateway: serves the API of a compiled template as AWS serves it, over real
 * sockets. Answers to a handshake that AWS does not document are marked in the tests.
 *
 * Not simulated: the frame size of 32 KB; messages of one connection run side by side, as on AWS.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { Invoke } from '../lambda.ts';
import type { GatewayOptions } from './http-api.ts';
import { within } from './read-properties.ts';
import { type GatewayRequest, Refused, readHead } from './request.ts';
import { type Answer, type ApiGateway, message, serve } from './server.ts';
import { authorizeConnection } from './websocket-authorizer.ts';
import { type Connections, connections, MAX_MESSAGE_BYTES } from './websocket-connections.ts';
import { type Connection, connectEvent, disconnectEvent, messageEvent } from './websocket-event.ts';
import { readWebSocketApi, type WebSocketApi, type WebSocketRoute } from './websocket-model.ts';
import { connectResult, replyOf, routeKeyOf } from './websocket-result.ts';

const EXPIRY_CHECK_MS = 1000;

type Handshake = { accepted: string | undefined } | { refused: number; text: string };
type Served = { api: WebSocketApi; open: Connections; invoke: Invoke; clock: () => number };

export async function startWebSocketApi(given: GatewayOptions): Promise<ApiGateway> {
  const { stack, invoke, ...options } = given;
  const { clock, log } = options;
  const api = readWebSocketApi(stack);
  const open = connections(clock);
  const gateway = await serve(async (request) => answerHttp(api, request, open.manage), {
    ...options,
    upgrade: upgrades({ api, open, invoke, clock }, log),
  });
  const expiry = setInterval(open.expire, EXPIRY_CHECK_MS);
  return {
    ...gateway,
    url: `${gateway.url.replace('http:', 'ws:')}/${api.stage}`,
    api: { kind: 'websocket', id: api.id, stage: api.stage },
    flush: () => {},
    async stop() {
      clearInterval(expiry);
      open.closeAll();
      await gateway.stop();
    },
  };
}

/** What makes a WebSocket of a request, once `$connect` has let it in. */
function upgrades(served: Served, log: GatewayOptions['log']) {
  const protocols = new WeakMap<IncomingMessage, string | undefined>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (_offered, incoming) => protocols.get(incoming) ?? false,
  });
  const upgrade = async (incoming: IncomingMessage, socket: Duplex, head: Buffer) => {
    const request = readHead(incoming, served.clock());
    if (!servedAt(served.api, request)) return refuse(socket, 403, { message: 'Forbidden' });
    const connection = connectionOf(served.api, request);
    const outcome = await shakeHands(served, connection);
    if ('refused' in outcome) {
      const ids = { connectionId: connection.id, requestId: request.id };
      return refuse(socket, outcome.refused, { message: outcome.text, ...ids });
    }
    protocols.set(incoming, outcome.accepted);
    sockets.handleUpgrade(incoming, socket, head, (ready) => begin(served, connection, ready));
  };
  return (incoming: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    void upgrade(incoming, socket, head).catch((error: Error) => {
      if (!(error instanceof Refused)) log?.(`gateway: ${error.stack}`);
      const status = error instanceof Refused ? error.status : 500;
      refuse(socket, status, { message: STATUS_CODES[status] });
    });
  };
}

async function shakeHands(served: Served, connection: Connection): Promise<Handshake> {
  const route = served.api.routes.get('$connect');
  if (!route) return { accepted: undefined };
  if (route.authorizer) {
    const verdict = await authorizeConnection(route.authorizer, connection, served.invoke);
    if ('refused' in verdict) return { refused: verdict.refused, text: textOf(verdict) };
    connection.authorizer = verdict.context;
  }
  try {
    return connectResult(await run(served, route, connectEvent(connection)));
  } catch {
    return { refused: 502, text: 'Internal server error' };
  }
}

async function run({ invoke }: Served, { functionArn, timeout }: WebSocketRoute, event: object) {
  const done = await within(timeout, invoke(functionArn, event));
  if (!done) throw new Error('the function took too long');
  return done.value;
}

/** From the handshake to the end of a connection. */
function begin(served: Served, connection: Connection, socket: WebSocket): void {
  const { api, open, clock } = served;
  open.add(connection, socket);
  socket.on('error', () => {});
  socket.on('message', (data: RawData, binary) => {
    open.expire();
    if (open.has(connection)) void answer(served, connection, socket, data as Buffer, binary);
  });
  socket.on('close', (code, reason) => {
    open.remove(connection);
    const route = api.routes.get('$disconnect');
    const event = disconnectEvent(connection, { code, reason: reason.toString() }, clock());
    if (route) void run(served, route, event).catch(() => {});
  });
}

async function answer(
  served: Served,
  connection: Connection,
  socket: WebSocket,
  data: Buffer,
  binary: boolean,
): Promise<void> {
  const { api, open, clock } = served;
  open.touch(connection);
  const selected = binary ? undefined : routeKeyOf(api.selection, data);
  const route = api.routes.get(selected ?? '') ?? api.routes.get('$default');
  const fail = (text: string, requestId: string) =>
    socket.send(JSON.stringify({ message: text, connectionId: connection.id, requestId }));
  if (!route) return fail('Forbidden', connection.request.id);
  const event = messageEvent(connection, { routeKey: route.key, data, binary }, clock());
  try {
    const reply = replyOf(await run(served, route, event));
    if (route.responds && reply !== undefined) socket.send(reply);
  } catch {
    fail('Internal server error', event.requestContext.requestId);
  }
}

const connectionOf = (api: WebSocketApi, request: GatewayRequest): Connection => ({
  id: randomBytes(9).toString('base64url'),
  api,
  request,
  authorizer: undefined,
  connectedAt: request.time,
  lastActiveAt: request.time,
});

/** On AWS every path is the stage; the bare one is accepted beside it, as for a REST API. */
const servedAt = ({ stage }: WebSocketApi, { encodedPath }: GatewayRequest): boolean =>
  ['/', `/${stage}`, `/${stage}/`].includes(encodedPath);

function answerHttp(
  { stage }: WebSocketApi,
  request: GatewayRequest,
  manage: (id: string, request: GatewayRequest) => Answer,
): Answer {
  const prefix = `/${stage}/@connections/`;
  if (request.path.startsWith(prefix)) return manage(request.path.slice(prefix.length), request);
  return message(426, 'Upgrade Required');
}

const TEXTS = {
  401: 'Unauthorized',
  403: 'User is not authorized to access this resource',
  500: 'Internal server error',
};

const textOf = ({ refused, detail = '' }: { refused: 401 | 403 | 500; detail?: string }): string =>
  `${TEXTS[refused]}${detail}`;

function refuse(socket: Duplex, status: number, answer: object): void {
  const body = JSON.stringify(answer);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}
