/**
 * A client's web site on this machine: it shows what comes back to it, and keeps it for the test.
 *
 *   /callback   by GET or by form post
 *   /hop        the same, but sends its user on to another host of its own, as many do
 *   /to-app     the same, and on to an app's scheme
 *   /bye        after the logout
 *   /frame?…    the given page in a frame
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export type RelyingParty = {
  origin: string;
  /** What came to the callbacks, oldest first. */
  answers: Record<string, string>[];
  stop(): void;
};

export async function startRelyingParty(tls?: {
  cert: string;
  key: string;
}): Promise<RelyingParty> {
  const answers: RelyingParty['answers'] = [];
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://rp');
    const sent =
      request.method === 'POST' ? new URLSearchParams(await text(request)) : searchParams;
    if (['/callback', '/hop', '/to-app'].includes(pathname)) answers.push(Object.fromEntries(sent));
    if (pathname === '/to-app') {
      response.writeHead(302, { location: 'com.example.app:/done' }).end();
      return;
    }
    if (pathname === '/hop') {
      const elsewhere = `${request.headers.host}`.replace('127.0.0.1', 'localhost');
      const scheme = tls ? 'https' : 'http';
      response.writeHead(302, { location: `${scheme}://${elsewhere}/home` }).end();
      return;
    }
    const frame = pathname === '/frame' ? `<iframe src="${search.slice(1)}"></iframe>` : '';
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(`<!doctype html><title>Client</title><h1>${pathname}</h1>${frame}`);
  };
  const listener = (request: IncomingMessage, response: ServerResponse) =>
    void respond(request, response);
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers,
    stop: () => void server.close(),
  };
}
