/**
 * Hands the messages of a queue to a function, in batches, as Lambda's event source mapping does: what
 * the function has not reported as failed is deleted, the rest comes back when its time has come.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 *
 * @module
 */
import * as v from 'valibot';
import type { Invoke } from '../lambda.ts';
import { ACCOUNT, REGION } from '../names.ts';
import type { Message, Queue } from './queues.ts';

export interface Feed {
  queue: Queue;
  functionName: string;
  batchSize: number;
}

const Response = v.nullish(
  v.object({ batchItemFailures: v.array(v.object({ itemIdentifier: v.string() })) }),
  { batchItemFailures: [] },
);

export interface FeedOptions {
  invoke: Invoke;
  /** Epoch milliseconds. */
  clock: () => number;
  log: (line: string) => void;
}

/** @returns What stops it, after the batch that is under way. */
export function startFeed(feed: Feed, { invoke, clock, log }: FeedOptions): () => Promise<void> {
  const { queue, functionName, batchSize } = feed;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let working: Promise<void> | undefined;

  const wake = () => {
    clearTimeout(timer);
    if (stopped || working) return;
    const next = queue.nextAt();
    if (next === undefined) return;
    timer = setTimeout(start, Math.max(0, next - clock()));
  };
  const start = () => {
    working = work().finally(() => {
      working = undefined;
      wake();
    });
  };
  const work = async () => {
    const batch = queue.receive(batchSize);
    if (batch.length === 0) return;
    try {
      const event = { Records: batch.map((message) => recordOf(message, queue)) };
      const { batchItemFailures } = v.parse(Response, await invoke(functionName, event));
      const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
      for (const { id, receipt = '' } of batch) if (!failed.includes(id)) queue.remove(receipt);
    } catch (error) {
      // As on AWS the whole batch comes back then.
      log(`${functionName}: ${(error as Error).message}`);
    }
  };

  queue.onSend(wake);
  wake();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await working;
  };
}

const recordOf = (message: Message, { options }: Queue) => ({
  messageId: message.id,
  receiptHandle: message.receipt,
  body: message.body,
  attributes: {
    ApproximateReceiveCount: String(message.receives),
    SentTimestamp: String(message.sentAt),
    SenderId: ACCOUNT,
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.place && {
      MessageGroupId: message.place.group,
      MessageDeduplicationId: message.place.deduplication,
    }),
  },
  messageAttributes: {},
  md5OfBody: message.md5,
  eventSource: 'aws:sqs',
  eventSourceARN: options.arn,
  awsRegion: REGION,
});
