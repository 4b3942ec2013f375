/**
 * A proxy between the AWS SDK and an AWS endpoint: it counts requests and injects faults where they
 * really happen, on the wire.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Request = { action: string; body: Record<string, unknown> };
/** `undefined` passes the request on. `hang` never answers; `cut` drops the connection. */
export type Fault =
  | 'hang'
  | 'cut'
  | { status: number; body: object }
  | ((answer: Record<string, unknown>) => object);
export type AwsProxy = {
  endpoint: string;
  requests: Request[];
  /** Decides about each request; reset by `heal`. */
  inject: (fault: (request: Request) => Fault | undefined) => void;
  heal: () => void;
  stop: () => Promise<void>;
};

export async function startProxy(target: string): Promise<AwsProxy> {
  const requests: Request[] = [];
  let decide: (request: Request) => Fault | undefined = () => undefined;

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const text = Buffer.concat(await Array.fromAsync(incoming as AsyncIterable<Buffer>));
    const action = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    const request = { action, body: JSON.parse(text.toString()) };
    requests.push(request);
    const fault = decide(request);
    if (fault === 'hang') return;
    if (fault === 'cut') return void incoming.socket.destroy();
    if (typeof fault === 'object') return reply(response, fault.status, fault.body);

    const answer = await fetch(target, {
      method: 'POST',
      headers: Object.fromEntries(
        Object.entries(incoming.headers)
          .filter(([name]) => !['host', 'connection', 'content-length', 'expect'].includes(name))
          .map(([name, value]) => [name, String(value)]),
      ),
      body: text,
    });
    const body = (await answer.json()) as Record<string, unknown>;
    reply(response, answer.status, fault && answer.ok ? fault(body) : body);
  };
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => incoming.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    inject: (fault) => {
      decide = fault;
    },
    heal: () => {
      decide = () => undefined;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
  response.end(JSON.stringify(body));
}

const errorBody = (name: string) => ({
  __type: `com.amazonaws.dynamodb.v20120810#${name}`,
  message: 'injected',
});
export const throttled: Fault = {
  status: 400,
  body: errorBody('ProvisionedThroughputExceededException'),
};
export const broken: Fault = { status: 500, body: errorBody('InternalServerError') };
export const denied: Fault = { status: 400, body: errorBody('AccessDeniedException') };
/** A batch read that answers, but not for every key. */
export const unprocessed = (request: Request): Fault => ({
  status: 200,
  body: { Responses: {}, UnprocessedKeys: request.body['RequestItems'] },
});
