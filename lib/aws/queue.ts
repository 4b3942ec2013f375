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
export async function enqueue({ client, url }: Queue, messages: readonly object[]): Promise<void> {
  for (let from = 0; from < messages.length; from += BATCH) {
    const entries = messages.slice(from, from + BATCH).map((message, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(message),
    }));
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
