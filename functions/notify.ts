/**
 * Tells clients that their user has been signed out (OpenID Connect Back-Channel Logout 1.0), from a
 * queue: whoever signed out has their answer already.
 *
 * In:     SQS records, { subject } or { client, subject, sid }
 * Out:    { batchItemFailures } names those to be tried again: later each time, in the end not any more
 *         (the queue's redrive policy keeps them for a look)
 * Errors: none; a message that makes no sense is one of the failures. An event of another source is a
 *         fault.
 *
 * @module
 */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import * as v from 'valibot';
import { postpone } from '../lib/aws/queue.ts';
import { recordsOf } from '../lib/aws/records.ts';
import { composeNotify } from '../lib/compose/logout.ts';
import { toAuthError } from '../lib/errors.ts';
import { logFault } from '../lib/log.ts';
import { deliverLogout, spreadLogout } from '../lib/oauth/logout/backchannel.ts';

const services = composeNotify();

const News = v.strictObject({ subject: v.string() });
const Notice = v.strictObject({ client: v.string(), subject: v.string(), sid: v.string() });

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const failed = await Promise.all(recordsOf(event, 'aws:sqs').map(failureOf));
  return { batchItemFailures: failed.flat() };
};

async function failureOf(record: SQSRecord): Promise<{ itemIdentifier: string }[]> {
  try {
    const message: unknown = JSON.parse(record.body);
    if (v.is(News, message)) await spreadLogout(services, message);
    else await deliverLogout(services, v.parse(Notice, message));
    return [];
  } catch (error) {
    logFault(toAuthError(error), { function: 'notify', message: record.messageId });
    await backOff(record);
    return [{ itemIdentifier: record.messageId }];
  }
}

const MAX_DELAY = 900;

/** Twice as long at each try. Where that fails, the queue's own time holds. */
async function backOff({ receiptHandle, attributes }: SQSRecord): Promise<void> {
  const tries = Number(attributes.ApproximateReceiveCount);
  const seconds = Math.min(MAX_DELAY, 5 * 2 ** tries);
  try {
    await postpone(services.queue, receiptHandle, seconds);
  } catch (error) {
    logFault(toAuthError(error), { function: 'notify' });
  }
}
