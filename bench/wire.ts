/**
 * A proxy in front of DynamoDB that keeps every request, and what it consumed: it asks for that on
 * the way, since the service itself never does.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type {
  BatchGetItemCommandInput,
  GetItemCommandInput,
  PutItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { listen } from '../dev/gateway/server.ts';

export type Request =
  | { action: 'GetItem'; body: GetItemCommandInput }
  | { action: 'BatchGetItem'; body: BatchGetItemCommandInput }
  | { action: 'PutItem'; body: PutItemCommandInput }
  | { action: 'UpdateItem' | 'DeleteItem' | 'TransactWriteItems' | 'Query' | 'Scan'; body: object };
/** `beside`: sent while the one before was under way. */
export type Exchange = Request & { units: number; beside: boolean };
type Consumed = { CapacityUnits: number };

/**
 * @param hold - For so many milliseconds each request is held, so that those which are sent side by side are
 *        seen to be.
 */
export async function startWire(target: string, hold = 0) {
  const exchanges: Exchange[] = [];
  let scans = 0;
  let underWay = 0;
  const pass = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const body = (await json(incoming)) as object;
    const action = String(incoming.headers['x-amz-target']).split('.').at(-1) ?? '';
    if (action === 'Scan') scans += 1;
    const exchange = { action, body, units: 0, beside: underWay > 0 } as Exchange;
    exchanges.push(exchange);
    underWay += 1;
    if (hold > 0) await sleep(hold);
    const { host: _, 'content-length': __, connection: ___, ...headers } = incoming.headers;
    const answer = await fetch(target, {
      method: 'POST',
      headers: headers as Record<string, string>,
      body: JSON.stringify({ ...body, ReturnConsumedCapacity: 'TOTAL' }),
    });
    const { ConsumedCapacity = [], ...rest } = (await answer.json()) as {
      ConsumedCapacity?: Consumed | Consumed[];
    };
    exchange.units = [ConsumedCapacity]
      .flat()
      .reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
    underWay -= 1;
    outgoing.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' });
    outgoing.end(JSON.stringify(rest));
  };
  const server = createServer((incoming, outgoing) => {
    pass(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  const port = await listen(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    /** What went over the wire while the call ran. */
    async during(call: () => Promise<unknown>): Promise<Exchange[]> {
      exchanges.length = 0;
      await call();
      return exchanges.splice(0);
    },
    /** How often a whole table was read, since the start. */
    scans: () => scans,
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** @returns In their order, those together that were sent side by side. */
export function inSteps(exchanges: readonly Exchange[]): Exchange[][] {
  const steps: Exchange[][] = [];
  for (const exchange of exchanges) {
    const last = steps.at(-1);
    if (last && exchange.beside) last.push(exchange);
    else steps.push([exchange]);
  }
  return steps;
}

/** As `GetItem, 3 Query`. */
export function listed(exchanges: readonly Exchange[]): string {
  const runs: { action: string; count: number }[] = [];
  for (const { action } of exchanges) {
    const last = runs.at(-1);
    if (last?.action === action) last.count += 1;
    else runs.push({ action, count: 1 });
  }
  return runs.map(({ action, count }) => (count > 1 ? `${count} ${action}` : action)).join(', ');
}

export const unitsOf = (exchanges: readonly Exchange[]): number =>
  exchanges.reduce((total, { units }) => total + units, 0);
