/**
 * The open connections of a WebSocket API, their limits, and `@connections`: how a backend talks to
 * one of them, or ends it.
 *
 * Not checked: who signed a request to `@connections`, only that somebody did.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
 *
 * @module
 */
import type { WebSocket } from 'ws';
import type { GatewayRequest } from './request.ts';
import { type Answer, message } from './server.ts';
import type { Connection } from './websocket-event.ts';

/** Milliseconds. */
const LONGEST_LIFE = 2 * 60 * 60 * 1000;
const LONGEST_IDLE = 10 * 60 * 1000;
export const MAX_MESSAGE_BYTES = 128 * 1024;
/** Neither lets a connection outlive the other side: both are "going away". */
const GOING_AWAY = 1001;
const NORMAL = 1000;

export interface Connections {
  add(connection: Connection, socket: WebSocket): void;
  /** False for one that has been ended, whatever its socket says. */
  has(connection: Connection): boolean;
  remove(connection: Connection): void;
  /** Notes that something was sent or received. */
  touch(connection: Connection): void;
  /** Ends those that have lived or idled too long, as API Gateway does. */
  expire(): void;
  manage(id: string, request: GatewayRequest): Answer;
  closeAll(): void;
}

export function connections(clock: () => number): Connections {
  const open: Open = new Map();
  return {
    add: (connection, socket) => void open.set(connection.id, { connection, socket }),
    has: ({ id }) => open.has(id),
    remove: ({ id }) => void open.delete(id),
    touch(connection) {
      connection.lastActiveAt = clock();
    },
    expire() {
      for (const { connection, socket } of open.values()) {
        if (!isOver(connection, clock())) continue;
        open.delete(connection.id);
        socket.close(GOING_AWAY, 'Going away');
      }
    },
    manage(id, request) {
      if (!/^AWS4-HMAC-SHA256 /.test(request.headers['authorization'] ?? ''))
        return message(403, 'Missing Authentication Token');
      const act = ACTIONS[request.method];
      if (!act) return message(403, 'Forbidden');
      const found = open.get(id);
      return found ? act(found, { request, open, now: clock() }) : GONE;
    },
    closeAll() {
      for (const { socket } of open.values()) socket.terminate();
    },
  };
}

type Held = { connection: Connection; socket: WebSocket };
type Open = Map<string, Held>;
type Management = { request: GatewayRequest; open: Open; now: number };

const isOver = ({ connectedAt, lastActiveAt }: Connection, now: number): boolean =>
  now - connectedAt >= LONGEST_LIFE || now - lastActiveAt >= LONGEST_IDLE;

function post({ connection, socket }: Held, { request: { body }, now }: Management): Answer {
  if (body.length > MAX_MESSAGE_BYTES) return failure(413, 'PayloadTooLargeException');
  socket.send(body, { binary: false });
  connection.lastActiveAt = now;
  return EMPTY;
}

function describe({ connection: { connectedAt, lastActiveAt, request } }: Held): Answer {
  const body = {
    connectedAt: new Date(connectedAt).toISOString(),
    identity: { sourceIp: request.sourceIp, userAgent: request.headers['user-agent'] ?? '' },
    lastActiveAt: new Date(lastActiveAt).toISOString(),
  };
  return { ...message(200, ''), body: JSON.stringify(body) };
}

function end({ connection, socket }: Held, { open }: Management): Answer {
  // No more is served on it, whether or not its client takes note.
  open.delete(connection.id);
  socket.close(NORMAL, 'Connection Closed Normally');
  return { ...EMPTY, status: 204 };
}

const ACTIONS: Readonly<Record<string, (held: Held, management: Management) => Answer>> = {
  POST: post,
  GET: describe,
  DELETE: end,
};

const EMPTY: Answer = { status: 200, headers: [], body: '' };

const failure = (status: number, errorType: string): Answer => ({
  status,
  headers: [
    ['content-type', 'application/json'],
    ['x-amzn-errortype', errorType],
  ],
  body: '',
});

const GONE = failure(410, 'GoneException');
