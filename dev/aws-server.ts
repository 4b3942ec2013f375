/**
 * The HTTP server of a local service of AWS: on loopback alone, over the real wire format.
 *
 * @module
 */
import { createServer, type RequestListener } from 'node:http';
import { closed, listen } from './gateway/server.ts';

export interface AwsServer {
  endpoint: string;
  stop(): Promise<void>;
}

/** @param port - A free one, unless it is said. */
export async function startAwsServer(answer: RequestListener, port = 0): Promise<AwsServer> {
  const server = createServer(answer);
  const listening = await listen(server, port);
  return { endpoint: `http://127.0.0.1:${listening}`, stop: () => closed(server) };
}

/** A page in a browser reaches this port under a name of its own (DNS rebinding). */
export const isLoopback = (host = ''): boolean =>
  /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host);
