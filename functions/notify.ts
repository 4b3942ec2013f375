/**
 * Tells clients that their user has been signed out (OpenID Connect Back-Channel Logout 1.0), from a
 * queue: whoever signed out has their answer already.
 *
 * In:     SQS records, { subject } or { client, subject, sid }
 * Out:    { batchItemFailures } names those to be tried again
 * Errors: none; a message that makes no sense is one of the failures
 *
 * @module
 */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { dealWith } from '../lib/aws/batch.ts';
import { composeNotify } from '../lib/compose/logout.ts';
import { takeMessage } from '../lib/oauth/logout/backchannel.ts';

const services = composeNotify();

export const handler = ({ Records }: SQSEvent): Promise<SQSBatchResponse> =>
  dealWith(services.queue, Records, (message) => takeMessage(services, message));
