/**
 * The HTTP server in front of one API: reads requests, writes answers, listens on loopback only.
 *
 * @module
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server as NetServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { type GatewayRequest, Refused, readRequest } from './request.ts';

export interface Answer {
  status: number;
  headers: [string, string][];
  body: string | Buffer;
}

export type Answerer = (request: GatewayRequest) => Promise<Answer>;

export interface Gateway {
  url: string;
  port: number;
  stop(): Promise<void>;
}

/** A gateway that serves one API, as the control plane knows it. */
export interface ApiGateway extends Gateway {
  api: { kind: 'http' | 'rest' | 'websocket' | 'appsync'; id: string; stage: string };
  /** Forgets what its authorizers answered. */
  flush(): void;
}

export interface ServerOptions {
  port: number;
  clock: () => number;
  /** The header that names the request in the answer. */
  idHeader?: string;
  log?: ((line: string) => void) | undefined;
  /** Sees every call and its answer. */
  observe?: ((request: GatewayRequest, answer: Answer) => void) | undefined;
  /** For requests that ask to become another protocol. */
  upgrade?: (incoming: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Serves https with it, and http without. PEM. */
  tls?: { cert: string; key: string } | undefined;
}

/** Room for Node to read what the gateway itself then refuses with 431. */
const NODE_HEADER_BYTES = 256 * 1024;

export const message = (status: number, text: string): Answer => ({
  status,
  headers: [['content-type', 'application/json']],
  body: JSON.stringify({ message: text }),
});

export async function serve(answer: Answerer, options: ServerOptions): Promise<Gateway> {
  const { tls } = options;
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    void handle(incoming, outgoing, answer, options);
  };
  const limits = { maxHeaderSize: NODE_HEADER_BYTES };
  const server = tls
    ? createTlsServer({ ...limits, cert: tls.cert, key: tls.key }, listener)
    : createServer(limits, listener);
  if (options.upgrade) server.on('upgrade', options.upgrade);
  const port = await listen(server, options.port);
  return {
    url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    stop: () => closed(server),
  };
}

export function listen(server: NetServer, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Waits for no client that keeps its connection. */
export const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

async function handle(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  answer: Answerer,
  { clock, log, observe, idHeader = 'apigw-requestid' }: ServerOptions,
): Promise<void> {
  try {
    const request = await readRequest(incoming, clock());
    outgoing.setHeader(idHeader, request.id);
    const answered = await answer(request);
    observe?.(request, answered);
    write(outgoing, answered, incoming.method);
  } catch (error) {
    if (incoming.destroyed && outgoing.destroyed) return;
    if (!(error instanceof Refused)) log?.(`gateway: ${(error as Error).stack}`);
    const [status, text] =
      error instanceof Refused ? [error.status, error.message] : [500, 'Internal Server Error'];
    outgoing.setHeader('connection', 'close');
    write(outgoing, message(status, text));
    // The rest of a refused body is read and dropped, so that the client gets to see the answer.
    incoming.resume();
  }
}

function write(outgoing: ServerResponse, { status, headers, body }: Answer, method?: string): void {
  for (const [name, value] of headers) outgoing.appendHeader(name, value);
  const bodiless = method === 'HEAD' || status === 204 || status === 304 || status < 200;
  if (!bodiless) outgoing.setHeader('content-length', Buffer.byteLength(body));
  outgoing.writeHead(status).end(bodiless ? undefined : body);
}
