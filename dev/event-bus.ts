/**
 * A local EventBridge: PutEvents over the real wire format (AWS JSON 1.1), and the functions of the stacks'
 * rules, each of which gets an event as EventBridge hands it to Lambda, without being waited for.
 *
 * Not checked: signatures, IAM. Not kept: what a function has failed with is logged, not tried again.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import * as v from 'valibot';
import { type AwsServer, startAwsServer } from './aws-server.ts';
import { busName, type Rule, readBuses, readRules } from './bus/rules.ts';
import type { Invoke } from './lambda.ts';
import { ACCOUNT, REGION } from './names.ts';
import type { Stack } from './template.ts';

export interface EventBusOptions {
  invoke: Invoke;
  log?: (line: string) => void;
}

const MOST_BYTES = 262_144;
const Entry = v.strictObject({
  EventBusName: v.string(),
  Source: v.string(),
  DetailType: v.string(),
  Detail: v.string(),
  /** Epoch seconds. */
  Time: v.optional(v.number()),
  Resources: v.optional(v.array(v.string()), []),
});
const PutEvents = v.strictObject({
  Entries: v.pipe(v.array(Entry), v.minLength(1), v.maxLength(10)),
});
type Entry = v.InferOutput<typeof Entry>;
type Bus = { buses: string[]; rules: Rule[] } & Required<EventBusOptions>;

export async function startEventBus(
  stacks: readonly Stack[],
  { invoke, log = () => {} }: EventBusOptions,
): Promise<AwsServer> {
  const bus = { buses: stacks.flatMap(readBuses), rules: stacks.flatMap(readRules), invoke, log };
  return startAwsServer((request, response) => void handle(request, response, bus));
}

async function handle(request: IncomingMessage, response: ServerResponse, bus: Bus): Promise<void> {
  try {
    if (request.headers['x-amz-target'] !== 'AWSEvents.PutEvents')
      return refuse(response, 'UnknownOperationException', 'not supported here');
    const { Entries } = v.parse(PutEvents, JSON.parse(await text(request)));
    const size = Entries.reduce((sum, { Detail }) => sum + Buffer.byteLength(Detail), 0);
    if (size > MOST_BYTES) return refuse(response, 'ValidationException', 'Total size too large.');
    const results = Entries.map((entry) => take(entry, bus));
    const FailedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
    reply(response, 200, { FailedEntryCount, Entries: results });
  } catch (error) {
    refuse(response, 'ValidationException', (error as Error).message);
  }
}

/** Each by itself: one that is refused holds up no other. */
function take(entry: Entry, { buses, rules, invoke, log }: Bus) {
  const bus = busName(entry.EventBusName);
  if (!buses.includes(bus))
    return { ErrorCode: 'ResourceNotFoundException', ErrorMessage: `no event bus ${bus}` };
  const detail = parsed(entry.Detail);
  if (!detail) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const event = {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType,
    source: entry.Source,
    account: ACCOUNT,
    time: new Date((entry.Time ?? Date.now() / 1000) * 1000).toISOString().replace('.000Z', 'Z'),
    region: REGION,
    resources: entry.Resources,
    detail,
  };
  const wanted = rules.filter((rule) => rule.bus === bus && rule.matches(event));
  for (const { id, functions } of wanted)
    for (const name of functions)
      void invoke(name, event).catch((error: Error) => log(`${id}: ${error.message}`));
  return { EventId: event.id };
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const refuse = (response: ServerResponse, __type: string, message: string): void =>
  reply(response, 400, { __type, message });

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.1',
    'x-amzn-requestid': randomUUID(),
  });
  response.end(JSON.stringify(body));
}
