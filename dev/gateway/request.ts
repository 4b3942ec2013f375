/**
 * A request as API Gateway sees it, read once from the socket, within its limits.
 *
 * Errors: `Refused` with the status and message that API Gateway answers.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

export interface GatewayRequest {
  id: string;
  method: string;
  /** The path as sent, still percent-encoded. */
  encodedPath: string;
  path: string;
  rawQuery: string;
  query: [string, string][];
  /** Every header line as sent, in order. */
  headerLines: [string, string][];
  /** Lower-cased names; repeated headers joined with a comma. */
  headers: Record<string, string>;
  body: Buffer;
  sourceIp: string;
  /** When the request came, epoch milliseconds. */
  time: number;
}

export class Refused extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const MAX_BODY_BYTES = 10 * 1024 * 1024;
/** Request line and header lines together. */
const MAX_HEADER_BYTES = 10_240;

export async function readRequest(message: IncomingMessage, time: number): Promise<GatewayRequest> {
  const head = readHead(message, time);
  return { ...head, body: await readBody(message) };
}

/** All but the body, which a request that becomes another protocol does not have. */
export function readHead(message: IncomingMessage, time: number): GatewayRequest {
  const target = message.url ?? '/';
  const mark = target.indexOf('?');
  const encodedPath = mark < 0 ? target : target.slice(0, mark);
  const rawQuery = mark < 0 ? '' : target.slice(mark + 1);
  const method = message.method ?? 'GET';
  const sent = linesOf(message.rawHeaders);
  const sizes = sent.map(([name, value]) => Buffer.byteLength(name) + Buffer.byteLength(value));
  if (sizes.reduce((sum, size) => sum + size, method.length + target.length) > MAX_HEADER_BYTES) {
    throw new Refused(431, 'Request Header Fields Too Large');
  }
  const sourceIp = (message.socket.remoteAddress ?? '127.0.0.1').replace(/^::ffff:/, '');
  const headerLines = withForwarding(sent, sourceIp, message.socket);
  return {
    id: randomUUID(),
    method,
    encodedPath,
    path: decodePath(encodedPath),
    rawQuery,
    query: [...new URLSearchParams(rawQuery)],
    headerLines,
    headers: joinLines(headerLines),
    body: Buffer.alloc(0),
    sourceIp,
    time,
  };
}

/** All values of each name, as sent: what AWS calls multi-value. */
export function grouped(pairs: [string, string][]): Record<string, string[]> {
  const groups = Map.groupBy(pairs, ([name]) => name);
  return Object.fromEntries([...groups].map(([name, all]) => [name, all.map(([, it]) => it)]));
}

const linesOf = (raw: string[]): [string, string][] =>
  Array.from({ length: raw.length / 2 }, (_, i) => [raw[2 * i] ?? '', raw[2 * i + 1] ?? '']);

function withForwarding(
  lines: [string, string][],
  sourceIp: string,
  socket: Socket,
): [string, string][] {
  const own = /^x-forwarded-(for|port|proto)$/i;
  const before = lines.filter(([name]) => /^x-forwarded-for$/i.test(name)).map(([, ip]) => ip);
  return [
    ...lines.filter(([name]) => !own.test(name)),
    ['X-Forwarded-For', [...before, sourceIp].join(', ')],
    ['X-Forwarded-Port', String(socket.localPort ?? 0)],
    ['X-Forwarded-Proto', socket instanceof TLSSocket ? 'https' : 'http'],
  ];
}

function joinLines(lines: [string, string][]): Record<string, string> {
  const values = Map.groupBy(lines, ([name]) => name.toLowerCase());
  const join = (name: string, pairs: [string, string][]) =>
    pairs.map(([, value]) => value).join(name === 'cookie' ? '; ' : ',');
  return Object.fromEntries([...values].map(([name, pairs]) => [name, join(name, pairs)]));
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new Refused(400, 'Bad Request');
  }
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  if (Number(message.headers['content-length'] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = () => new Refused(413, 'Request Entity Too Large');
