/**
 * Writes and sends mails, out of a queue of orders: lib/account/mail-order.ts. And takes what SES tells of
 * mails that came back.
 *
 * In:     SQS records, each an order; or an event of SES, by way of EventBridge
 * Out:    { batchItemFailures } names the orders to be tried again
 * Errors: none of an order; one that makes no sense is one of the failures. An event of another source is a
 *         fault.
 *
 * @module
 */
import type { EventBridgeEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dealWith } from '../lib/aws/batch.ts';
import { recordsOf } from '../lib/aws/records.ts';
import { composeMail } from '../lib/compose/mail.ts';
import { deliverMail } from '../lib/mail/deliver.ts';
import { takeFeedback } from '../lib/mail/feedback.ts';
import { epochMilliseconds, secondOf } from '../lib/time.ts';

const services = composeMail();
const { sessions } = services.tables;

export const handler = async (
  event: SQSEvent | EventBridgeEvent<string, unknown>,
): Promise<SQSBatchResponse | undefined> => {
  if ('detail-type' in event) {
    await takeFeedback({ sessions, now: services.now }, event);
    return undefined;
  }
  const records = recordsOf(event, 'aws:sqs');
  const answer = await dealWith({ ...services, name: 'mail' }, records, (order, record) => {
    const sentAt = secondOf(epochMilliseconds(Number(record.attributes.SentTimestamp)));
    return deliverMail(services, { id: record.messageId, sentAt, order });
  });
  services.metrics.write();
  return answer;
};
