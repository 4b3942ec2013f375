/**
 * What the reader of the events' stream gave up. Lambda leaves a letter for each batch, with the time at which
 * its records came into the stream and nothing of what is in them; so they are looked up in the table, and
 * given to the reader once more, as the stream would.
 *
 * Whoever hears of events hears of them then, and once more of those beside them that were told of: at least
 * once, under the event's own id, is what they are promised (docs/events.md).
 *
 * Needs: sqs:GetQueueUrl, ReceiveMessage, ChangeMessageVisibility and DeleteMessage for the queue, dynamodb:Query for the tables of
 *        directory and events, lambda:InvokeFunction for the reader.
 * Errors: Failure, in an operator's words; letters that were not dealt with are in the queue again.
 *
 * @module
 * @see AWS Lambda Developer Guide, "Retaining discarded batches for a DynamoDB event source"
 */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import * as v from 'valibot';
import { connectQueue, postpone, type Queue } from '../../lib/aws/queue.ts';
import { connect, type Table } from '../../lib/aws/table.ts';
import { listDomainNames } from '../../lib/store/directory/domain-list.ts';
import { partitionOf } from '../../lib/store/events/event.ts';
import { type Between, writtenBetween } from '../../lib/store/events/find.ts';
import { type EventName, MOST_AT_ONCE } from '../../lib/store/events/number.ts';
import { Failure } from '../commands/failure.ts';
import { asking } from '../deployment.ts';
import { namesOf } from './names.ts';

/** Seconds in which nobody else is given the letter: longer than the reader may take for what it stands for. */
const HIDDEN = 300;
/** Milliseconds: an event has the time of the function that wrote it, its record that of the stream. */
const APART = 30_000;

const Time = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text)),
  v.number(),
);
const Letter = v.object({
  DDBStreamBatchInfo: v.object({
    approximateArrivalOfFirstRecord: Time,
    approximateArrivalOfLastRecord: Time,
  }),
});

type Reader = {
  directory: Table;
  events: Table;
  queue: Queue;
  name: string;
  lambda: LambdaClient;
};
/** `unread`: letters that say no time. */
export type Retold = { letters: number; events: number; unread: number };

export async function retell(stage: string): Promise<Retold> {
  const reader = await readerOf(stage);
  const told = new Set<string>();
  const left = new Set<Message>();
  const retold: Retold = { letters: 0, events: 0, unread: 0 };
  try {
    for (let letters = await receive(reader); letters.length > 0; letters = await receive(reader)) {
      for (const letter of letters) left.add(letter);
      for (const letter of letters) {
        const between = timeOf(letter);
        if (!between) {
          retold.unread++;
          continue;
        }
        await tellOf(reader, between, told);
        await forget(reader, letter);
        left.delete(letter);
        retold.letters++;
      }
    }
    return { ...retold, events: told.size };
  } finally {
    for (const { ReceiptHandle = '' } of left) await postpone(reader.queue, ReceiptHandle, 0);
  }
}

/** @param told - Ids of what was told of already. */
async function tellOf(reader: Reader, between: Between, told: Set<string>): Promise<void> {
  const names = await missedBetween(reader, between);
  for (const part of inParts(names.filter(({ id }) => !told.has(id)))) {
    await tell(reader, part);
    for (const { id } of part) told.add(id);
  }
}

async function readerOf(stage: string): Promise<Reader> {
  const { stack, tables } = namesOf(stage);
  const client = connect();
  const queue = connectQueue('');
  const QueueName = `${stack}-trail-dead`;
  const { QueueUrl: url = '' } = await asking('queue', QueueName, () =>
    queue.client.send(new GetQueueUrlCommand({ QueueName })),
  );
  return {
    directory: { client, name: tables.DirectoryTable },
    events: { client, name: tables.EventsTable },
    queue: { ...queue, url },
    name: `${stack}-trail`,
    lambda: new LambdaClient({}),
  };
}

async function receive({ queue: { client, url } }: Reader): Promise<Message[]> {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: 10,
      VisibilityTimeout: HIDDEN,
    }),
  );
  return Messages;
}

const forget = ({ queue: { client, url } }: Reader, { ReceiptHandle }: Message) =>
  client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));

/** @returns Milliseconds, both included; `undefined` for a letter of another kind. */
export function timeOf({ Body = '' }: Pick<Message, 'Body'>): Between | undefined {
  const { success, output } = v.safeParse(Letter, jsonIn(Body));
  if (!success) return undefined;
  const { approximateArrivalOfFirstRecord: first, approximateArrivalOfLastRecord: last } =
    output.DDBStreamBatchInfo;
  return { from: first - APART, to: last + APART };
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The oldest first. */
async function missedBetween(
  { directory, events }: Pick<Reader, 'directory' | 'events'>,
  between: Between,
): Promise<EventName[]> {
  const domains = await asking('table', directory.name, () => listDomainNames(directory));
  return asking('table', events.name, () => writtenBetween(events, domains, between));
}

function inParts(names: readonly EventName[]): EventName[][] {
  const count = Math.ceil(names.length / MOST_AT_ONCE);
  return Array.from({ length: count }, (_, part) =>
    names.slice(part * MOST_AT_ONCE, (part + 1) * MOST_AT_ONCE),
  );
}

async function tell({ lambda, name }: Reader, names: readonly EventName[]): Promise<void> {
  const Records = names.map(({ domain, id }, index) => ({
    eventSource: 'aws:dynamodb',
    eventName: 'INSERT',
    dynamodb: {
      Keys: { pk: { S: partitionOf(domain) }, sk: { S: id } },
      SequenceNumber: String(index + 1),
    },
  }));
  const Payload = Buffer.from(JSON.stringify({ Records }));
  const answer = await asking('function', name, () =>
    lambda.send(new InvokeCommand({ FunctionName: name, Payload })),
  );
  const said = jsonIn(Buffer.from(answer.Payload ?? []).toString());
  if (answer.FunctionError === undefined && v.is(Done, said)) return;
  throw new Failure(`${name} cannot tell of all of it yet: see its log, and try again then`);
}

const Done = v.object({ batchItemFailures: v.pipe(v.array(v.unknown()), v.maxLength(0)) });
