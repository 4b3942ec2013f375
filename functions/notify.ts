/**
 * Tells clients that their user has been signed out (OpenID Connect Back-Channel Logout 1.0), from a
 * queue: whoever signed out has their answer already.
 *
 * In:     SQS records, { subject } or { client, subject, sid }
 * Out:    { batchItemFailures } names those to be tried again
 * Errors: none; a message that makes no sense is one of the failures. An event of another source is a
 *         fault.
 *
 * @module
 */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dealWith } from '../lib/aws/batch.ts';
import { recordsOf } from '../lib/aws/records.ts';
import { composeNotify } from '../lib/compose/logout.ts';
import { takeMessage } from '../lib/oauth/logout/backchannel.ts';

const services = composeNotify();

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> =>
  dealWith({ ...services, name: 'notify' }, recordsOf(event, 'aws:sqs'), (message) =>
    takeMessage(services, message),
  );
