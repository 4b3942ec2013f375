/** A WebSocket client that tells of every handshake, and hands over messages one by one. */
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import WebSocket from 'ws';

export type Opened = {
  protocol: string;
  /** Sends, and waits for the next message. */
  ask: (message: unknown) => Promise<unknown>;
  send: (data: string | Buffer) => void;
  next: () => Promise<unknown>;
  closed: Promise<{ code: number; reason: string }>;
  close: (code?: number) => void;
};
export type Refused = {
  status: number;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
};

export async function open(
  url: string,
  { headers = {}, protocols = [] }: { headers?: Record<string, string>; protocols?: string[] } = {},
): Promise<Opened | Refused> {
  const socket = new WebSocket(url, protocols, { headers });
  const messages: unknown[] = [];
  const waiting: ((message: unknown) => void)[] = [];
  socket.on('message', (data: Buffer) => {
    const message: unknown = JSON.parse(data.toString());
    const take = waiting.shift();
    if (take) take(message);
    else messages.push(message);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  const refused = new Promise<Refused>((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => {
      text(response).then((body) => {
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, body: JSON.parse(body) });
        socket.terminate();
      }, reject);
    });
  });
  socket.on('error', () => {});
  const outcome = await Promise.race([once(socket, 'open').then(() => undefined), refused]);
  if (outcome) return outcome;
  const next = () =>
    messages.length > 0
      ? Promise.resolve(messages.shift())
      : new Promise<unknown>((resolve) => void waiting.push(resolve));
  return {
    protocol: socket.protocol,
    next,
    send: (data) => socket.send(data),
    ask: (message) => {
      socket.send(JSON.stringify(message));
      return next();
    },
    closed,
    close: (code) => socket.close(code),
  };
}

export async function opened(...given: Parameters<typeof open>): Promise<Opened> {
  const outcome = await open(...given);
  if ('status' in outcome) throw new Error(`refused with ${outcome.status}`);
  return outcome;
}
