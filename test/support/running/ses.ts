/** A stand-in for SES, over its wire protocol (REST, JSON), which answers as a test wants it to. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

type Request = { method: string; path: string; headers: IncomingHttpHeaders; body: string };
/** `type`: of the error. Without an answer that fits it has a fault. */
export type SesAnswer = { status: number; type?: string; body?: object };

export async function startSes() {
  const requests: Request[] = [];
  const answers: SesAnswer[] = [];
  /** Whatever is asked for, by its path. */
  const standing: Record<string, SesAnswer> = {};
  const server = createServer(async (request, response) => {
    const { method = '', url: path = '', headers } = request;
    requests.push({ method, path, headers, body: await text(request) });
    const { status, type, body = {} } = standing[path] ?? answers.shift() ?? { status: 500 };
    response.writeHead(status, {
      'content-type': 'application/json',
      ...(type && { 'x-amzn-errortype': type }),
    });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answers,
    standing,
    stop() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}
