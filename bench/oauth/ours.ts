/**
 * Latchkey's token function as it is deployed, behind bare node:http. Also records which requests a grant
 * sends to DynamoDB, for the floor.
 *
 * @module
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Bundles, buildBundles } from '../bundles.ts';
import { request } from '../events.ts';
import type { Endpoint } from '../service.ts';
import { type Exchange, startWire } from '../wire.ts';
import { serve } from './bare.ts';
import { answerWith } from './child.ts';
import { formOf, type Grant, HEADERS } from './client.ts';

export type Environment = Record<string, string>;
/** What one such grant sends, and the algorithms by which its answer's tokens are signed. */
export type Recorded = { exchanges: Exchange[]; signatures: string[] };

const ROUTE = 'POST /oauth/token';
/** Milliseconds: longer than the function's own work between two requests. */
const HOLD = 50;
const DYNAMODB = 'AWS_ENDPOINT_URL_DYNAMODB';

let bundles: Bundles | undefined;
let server: Awaited<ReturnType<typeof serve>> | undefined;

const load = (): Endpoint['handler'] => {
  if (!bundles) throw new Error('not started');
  return bundles.load<Endpoint>('token').handler;
};

async function start(environment: Environment): Promise<string> {
  Object.assign(process.env, environment);
  bundles = await buildBundles();
  const handler = load();
  server = await serve((incoming, outgoing) => {
    answer(handler, incoming, outgoing).catch((error) => outgoing.destroy(error));
  });
  return `${server.url}/oauth/token`;
}

async function answer(
  handler: Endpoint['handler'],
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const body = await text(incoming);
  const event = { ...request(ROUTE, incoming.headers as Record<string, string>), body };
  const { statusCode, headers, body: answered = '' } = await handler(event, {});
  outgoing
    .writeHead(statusCode ?? 500, { ...headers, 'content-length': Buffer.byteLength(answered) })
    .end(answered);
}

/** Warm. */
async function record({ grant, spent }: { grant: Grant; spent: string[] }): Promise<Recorded> {
  const direct = process.env[DYNAMODB] ?? '';
  const wire = await startWire(direct, HOLD);
  try {
    // The SDK looks at it when a client sends its first request.
    process.env[DYNAMODB] = wire.endpoint;
    const handler = load();
    await issue(handler, grant, spent[0]);
    let tokens: string[] = [];
    const exchanges = await wire.during(async () => {
      tokens = await issue(handler, grant, spent[1]);
    });
    return { exchanges, signatures: tokens.map(algorithmOf) };
  } finally {
    process.env[DYNAMODB] = direct;
    await wire.stop();
  }
}

/** @returns The signed tokens. */
async function issue(handler: Endpoint['handler'], grant: Grant, spent?: string) {
  const form = new URLSearchParams(formOf(grant, spent));
  const { statusCode, body = '' } = await handler(request(ROUTE, HEADERS, form), {});
  if (statusCode !== 200) throw new Error(`${grant}: ${statusCode} ${body}`);
  const { access_token, id_token } = JSON.parse(body) as Record<string, string>;
  return [access_token, id_token].filter((token) => token !== undefined);
}

function algorithmOf(token: string): string {
  const header = Buffer.from(token.split('.', 1)[0] ?? '', 'base64url').toString();
  return (JSON.parse(header) as { alg: string }).alg;
}

answerWith({ start, record }, async () => {
  server?.stop();
  bundles?.remove();
});
