/**
 * What all servers that are measured stand behind: node:http, and nothing else.
 *
 * @module
 */
import { createServer, type RequestListener } from 'node:http';
import { listen } from '../../dev/gateway/server.ts';

/** @returns Its address, without a path. */
export async function serve(listener: RequestListener) {
  const server = createServer(listener);
  const port = await listen(server, 0);
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() };
}
