/**
 * What a queue hands to a function: messages that are tried again, later each time, until they have been
 * dealt with. In the end not any more: the queue's redrive policy keeps them for a look.
 *
 * @module
 */
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { toAuthError } from '../errors.ts';
import { logFault } from '../log.ts';
import { postpone, type Queue } from './queue.ts';

/** Seconds. */
const MAX_DELAY = 900;

/** @returns Which are to be tried again: those with which `deal` failed. */
export async function dealWith(
  queue: Queue,
  records: readonly SQSRecord[],
  deal: (message: unknown) => Promise<void>,
): Promise<SQSBatchResponse> {
  const failureOf = async (record: SQSRecord) => {
    try {
      await deal(JSON.parse(record.body));
      return [];
    } catch (error) {
      logFault(toAuthError(error), { function: 'notify', message: record.messageId });
      await backOff(queue, record);
      return [{ itemIdentifier: record.messageId }];
    }
  };
  const failed = await Promise.all(records.map(failureOf));
  return { batchItemFailures: failed.flat() };
}

/** Twice as long at each try. Where that fails, the queue's own time holds. */
async function backOff(queue: Queue, { receiptHandle, attributes }: SQSRecord): Promise<void> {
  const tries = Number(attributes.ApproximateReceiveCount);
  const seconds = Math.min(MAX_DELAY, 5 * 2 ** tries);
  try {
    await postpone(queue, receiptHandle, seconds);
  } catch (error) {
    logFault(toAuthError(error), { function: 'notify' });
  }
}
