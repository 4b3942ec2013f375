/**
 * What a queue hands to a function: messages that are tried again, later each time, until they have been
 * dealt with. In the end not any more: the queue's redrive policy keeps them for a look.
 *
 * @module
 */
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { Fault, toAuthError } from '../errors.ts';
import { logFault } from '../log.ts';
import { postpone, type Queue } from './queue.ts';

/** Seconds. */
const MAX_DELAY = 900;

/** `name`: of the function, for the log. */
export type Feed = { queue: Queue; name: string };

/** Each by itself. @returns Which are to be tried again: those with which `deal` failed. */
export async function dealWith(
  feed: Feed,
  records: readonly SQSRecord[],
  deal: (message: unknown, record: SQSRecord) => Promise<void>,
): Promise<SQSBatchResponse> {
  const failureOf = async (record: SQSRecord) => {
    try {
      await deal(JSON.parse(record.body), record);
      return [];
    } catch (error) {
      return [await tryAgain(feed, record, error)];
    }
  };
  const failed = await Promise.all(records.map(failureOf));
  return { batchItemFailures: failed.flat() };
}

/**
 * All at once, as a FIFO queue hands them over.
 *
 * @param deal - Says why each was not dealt with, `undefined` for one that was; or fails with all of them.
 */
export async function dealTogether(
  feed: Feed,
  records: readonly SQSRecord[],
  deal: (messages: readonly unknown[]) => Promise<readonly (string | undefined)[]>,
): Promise<SQSBatchResponse> {
  const reasons = await outcomesOf(records, deal);
  const failed = records.flatMap((record, index) => {
    const reason = reasons[index];
    return reason === undefined ? [] : [tryAgain(feed, record, reason)];
  });
  return { batchItemFailures: await Promise.all(failed) };
}

async function outcomesOf(
  records: readonly SQSRecord[],
  deal: (messages: readonly unknown[]) => Promise<readonly (string | undefined)[]>,
): Promise<readonly unknown[]> {
  try {
    return await deal(records.map(({ body }) => JSON.parse(body)));
  } catch (error) {
    return records.map(() => error);
  }
}

async function tryAgain({ queue, name }: Feed, record: SQSRecord, reason: unknown) {
  const error = typeof reason === 'string' ? new Fault(reason) : reason;
  logFault(toAuthError(error), { function: name, message: record.messageId });
  await backOff({ queue, name }, record);
  return { itemIdentifier: record.messageId };
}

/** Twice as long at each try. Where that fails, the queue's own time holds. */
async function backOff(
  { queue, name }: Feed,
  { receiptHandle, attributes }: SQSRecord,
): Promise<void> {
  const tries = Number(attributes.ApproximateReceiveCount);
  const seconds = Math.min(MAX_DELAY, 5 * 2 ** tries);
  try {
    await postpone(queue, receiptHandle, seconds);
  } catch (error) {
    logFault(toAuthError(error), { function: name });
  }
}
