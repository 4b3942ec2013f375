/**
 * A proxy between the AWS SDK and an AWS endpoint: it counts requests and injects faults where they
 * really happen, on the wire.
 */
import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
  request as send,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

export type Request = {
  action: string;
  body: Record<string, unknown>;
  /** Whether the SDK asks once more, after a fault or a time-out. */
  isRetry: boolean;
};
/**
 * `undefined` passes the request on; a function changes the answer to it, or loses it by throwing.
 * `hang` never answers; `cut` drops the connection before the request is done.
 */
export type Fault =
  | 'hang'
  | 'cut'
  | 'lose'
  | { status: number; body: object }
  | ((answer: Record<string, unknown>) => object);
type Decision = Fault | undefined;
export type AwsProxy = {
  endpoint: string;
  requests: Request[];
  /** Decides about each request; reset by `heal`. */
  inject: (fault: (request: Request) => Decision | Promise<Decision>) => void;
  heal: () => void;
  stop: () => Promise<void>;
};

export async function startProxy(target: string): Promise<AwsProxy> {
  const requests: Request[] = [];
  let decide: Parameters<AwsProxy['inject']>[0] = () => undefined;

  const handle = async (incoming: IncomingMessage, response: ServerResponse) => {
    const text = Buffer.concat(await Array.fromAsync(incoming as AsyncIterable<Buffer>));
    const action = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    const isRetry = !/^attempt=1\b/.test(String(incoming.headers['amz-sdk-request']));
    const request = { action, body: JSON.parse(text.toString()), isRetry };
    requests.push(request);
    const fault = await decide(request);
    if (fault === 'hang') return;
    if (fault === 'cut') return void incoming.socket.destroy();
    if (typeof fault === 'object') return reply(response, fault.status, fault.body);

    const { status, body } = await forward(target, incoming.headers, text);
    if (fault === 'lose') return void incoming.socket.destroy();
    reply(response, status, fault && status === 200 ? fault(body) : body);
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

/** What is asked for meanwhile. What a busy machine made the SDK ask for again counts once. */
export async function actionsDuring(
  { requests }: Pick<AwsProxy, 'requests'>,
  run: () => Promise<unknown>,
): Promise<string[]> {
  requests.length = 0;
  await run();
  return requests.filter(({ isRetry }) => !isRetry).map(({ action }) => action);
}

/** Uncompressed: unpacking would wait for the thread pool, which password hashes may fill. */
async function forward(target: string, headers: IncomingHttpHeaders, text: Buffer) {
  const { host: _host, connection: _connection, ...others } = headers;
  const outgoing = send(target, {
    method: 'POST',
    headers: { ...others, 'accept-encoding': 'identity' },
  });
  outgoing.end(text);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 0, body: (await json(answer)) as Record<string, unknown> };
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
/** A transaction that did not happen: the code of why, one a write. */
export const cancelled = (...codes: string[]): Fault => ({
  status: 400,
  body: {
    ...errorBody('TransactionCanceledException'),
    CancellationReasons: codes.map((Code) => ({ Code })),
  },
});
/** A batch read that answers, but not for every key. */
export const unprocessed = (request: Request): Fault => ({
  status: 200,
  body: { Responses: {}, UnprocessedKeys: request.body['RequestItems'] },
});
/** As `unprocessed`, but only for the keys of one table; the others are answered. */
export const unprocessedIn = (table: string) => (request: Request) => {
  const asked = request.body['RequestItems'] as Record<string, object> | undefined;
  if (!asked?.[table]) return undefined;
  return (answer: Record<string, unknown>) => ({
    ...answer,
    Responses: { ...(answer['Responses'] as object), [table]: [] },
    UnprocessedKeys: { [table]: asked[table] },
  });
};
