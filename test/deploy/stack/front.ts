/**
 * The address in front of a deployed API: a port of loopback of which every path is that of the API. The
 * emulator serves an API below a path of its own, or by a host name that its own pages shadow.
 *
 * @module
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';

export type Front = { origin: string; stop(): void };

/** @param target - Where the API is now, without a slash at the end. Asked at every call. */
export async function startFront(target: () => Promise<string>, port = 0): Promise<Front> {
  const server = createServer((incoming, outgoing) => {
    target().then(
      (base) => forward(base, incoming, outgoing),
      (error: Error) => outgoing.writeHead(502).end(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function forward(base: string, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, rawHeaders } = incoming;
  const onward = request(base + incoming.url, { method, headers: rawHeaders }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    pipeline(answer, outgoing, () => {});
  });
  onward.on('error', (error) => outgoing.destroy(error));
  pipeline(incoming, onward, () => {});
}
