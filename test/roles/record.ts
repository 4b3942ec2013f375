/**
 * Preloaded into every process and sandbox of a test run: writes down what each function asks of AWS,
 * as it stands on the wire, once for each kind of question.
 *
 *   RECORD_CALLS=<folder> npm test        a file a process, JSON lines of `Recorded`
 *
 * Which function asks is said by attribute-functions.ts in this process, by Lambda's own environment in a
 * sandbox. What no function asks is the test's own, unless it goes where functions are sent to.
 *
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { channel, subscribe } from 'node:diagnostics_channel';
import { appendFileSync, mkdirSync } from 'node:fs';
import type { ClientRequest } from 'node:http';
import { join, relative, resolve } from 'node:path';
import {
  getEnvironmentData,
  isMainThread,
  setEnvironmentData,
  threadId,
} from 'node:worker_threads';
import type { Decision } from './decision.ts';
import { FUNCTION_CALL, type Recorded, TEST_FILE } from './recorded.ts';
import { decisionsOf } from './wire.ts';

const FOLDER = 'RECORD_CALLS';
const SIGNED = /Credential=[^/]*\/\d+\/[^/]*\/([^/]+)\/aws4_request/;
const SERVICES = [
  ...['DYNAMODB', 'SECRETS_MANAGER', 'SQS', 'API_GATEWAY', 'APIGATEWAYV2', 'EVENTBRIDGE', 'S3'],
  ...['KMS', 'CLOUDWATCH'],
];

const caller = new AsyncLocalStorage<string>();
const seen = new Set<string>();
/** Of what runs here: the test file, or else the program. */
let file = process.argv[1] ?? '';

// A sandbox has an environment of its own.
if (isMainThread) setEnvironmentData(FOLDER, process.env[FOLDER] && resolve(process.env[FOLDER]));
const folder = String(getEnvironmentData(FOLDER) ?? '');
if (folder) start();

function start(): void {
  mkdirSync(folder, { recursive: true });
  channel(FUNCTION_CALL).bindStore(caller, (name) => String(name));
  subscribe(TEST_FILE, (path) => {
    file = String(path);
  });
  subscribe('http.client.request.created', (message) => {
    const { request } = message as { request: ClientRequest };
    const who = caller.getStore() ?? process.env['AWS_LAMBDA_FUNCTION_NAME'];
    const end = request.end;
    request.end = ((...given: unknown[]) => {
      record(request, given[0], who);
      return Reflect.apply(end, request, given);
    }) as typeof end;
  });
}

function record(request: ClientRequest, body: unknown, who: string | undefined): void {
  const [, service] = SIGNED.exec(String(request.getHeader('authorization'))) ?? [];
  if (!service) return;
  const target = String(request.getHeader('x-amz-target') ?? '');
  const sent = { method: request.method, path: request.path, target, body: textOf(body) };
  for (const decision of decisionsOf(service, sent)) {
    const { context, ...asked } = shape(decision);
    if (who) note({ who, ...asked, context });
    else note({ by: relative('.', file), astray: isForFunctions(request), ...asked });
  }
}

const textOf = (body: unknown): string =>
  typeof body === 'string' ? body : Buffer.from((body ?? []) as Uint8Array).toString();

/** Whether it goes to where the environment sends the functions of this process. */
const isForFunctions = (request: ClientRequest): boolean =>
  SERVICES.some((name) =>
    process.env[`AWS_ENDPOINT_URL_${name}`]?.endsWith(String(request.getHeader('host'))),
  );

function note(recorded: Recorded): void {
  const line = JSON.stringify(recorded);
  if (seen.has(line)) return;
  seen.add(line);
  appendFileSync(join(folder, `${process.pid}-${threadId}.jsonl`), `${line}\n`);
}

/** Names of tables and ids are as many as tests; what kind of key it is says enough. */
function shape({ action, resource, context }: Decision): Decision {
  const { 'dynamodb:LeadingKeys': keys, ...rest } = context;
  const kinds = keys && [...new Set(keys.map(kindOf))].sort();
  return {
    action,
    resource: resource.replace(/(directory|sessions|events)-[a-z0-9]+\b/, '$1'),
    context: kinds ? { 'dynamodb:LeadingKeys': kinds, ...rest } : rest,
  };
}

/** Words stay as they are, and so does a `#`: policies tell keys apart by them. */
const kindOf = (key: string): string =>
  key
    .split('#')
    .map((part) => (/^[a-z-]{0,20}$/.test(part) ? part : '*'))
    .join('#');
