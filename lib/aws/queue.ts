/**
 * A queue: work that is done later, elsewhere, and again until it succeeds. The only module that knows
 * the SQS SDK.
 *
 * Errors: `temporarily_unavailable` when SQS did not take every message.
 *
 * @module
 */
import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { sha256 } from '../crypto.ts';
import { unavailable } from '../errors.ts';

export type Queue = { client: SQSClient; url: string };

/** Short: whoever puts something into the queue has a caller who waits. */
const LIMITS = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 500, requestTimeout: 1000, throwOnRequestTimeout: true },
};

export const connectQueue = (url: string): Queue => ({
  url,
  // The endpoint is that of the region, or of the environment; the URL only names the queue.
  client: new SQSClient({ ...LIMITS, useQueueUrlAsEndpoint: false }),
});

/** SQS takes so many at once. */
const BATCH = 10;

/** In batches: when one fails, those before it have been taken. */
export const enqueue = (queue: Queue, messages: readonly object[]): Promise<void> =>
  sendAll(
    queue,
    messages.map((message) => ({ MessageBody: JSON.stringify(message) })),
  );

/** `group`: whose order is kept. `id`: a message that came within the last five minutes comes once. */
export type OrderedMessage = { group: string; id: string; message: object };

/** Into a FIFO queue. In batches, as above: whoever tries again sends some twice, under the same ids. */
export const enqueueInOrder = (queue: Queue, messages: readonly OrderedMessage[]): Promise<void> =>
  sendAll(
    queue,
    messages.map(({ group, id, message }) => ({
      MessageBody: JSON.stringify(message),
      MessageGroupId: nameOf(group),
      MessageDeduplicationId: nameOf(id),
    })),
  );

/** What SQS takes: 128 printable characters. @see SQS API Reference, SendMessageBatchRequestEntry */
const nameOf = (text: string): string =>
  /^[\x21-\x7e]{1,128}$/.test(text) ? text : sha256(text).toString('hex');

type Entry = {
  MessageBody: string;
  MessageGroupId?: string;
  MessageDeduplicationId?: string;
};

async function sendAll({ client, url }: Queue, messages: readonly Entry[]): Promise<void> {
  for (let from = 0; from < messages.length; from += BATCH) {
    const entries = messages
      .slice(from, from + BATCH)
      .map((message, index) => ({ Id: String(index), ...message }));
    const command = new SendMessageBatchCommand({ QueueUrl: url, Entries: entries });
    const { Failed = [] } = await client.send(command).catch((error: Error) => {
      throw unavailable(`SQS: ${error.name || 'no answer'}`, error);
    });
    if (Failed.length > 0) throw unavailable('SQS: some messages were not taken');
  }
}

/** Lets a message that was received be tried again after so many seconds, and not before. */
export const postpone = async (
  { client, url }: Queue,
  receiptHandle: string,
  seconds: number,
): Promise<void> => {
  await client.send(
    new ChangeMessageVisibilityCommand({
      QueueUrl: url,
      ReceiptHandle: receiptHandle,
      VisibilityTimeout: seconds,
    }),
  );
};
