/**
 * Hands events to the bus, out of a FIFO queue: lib/events/publish.ts.
 *
 * In:     SQS records, { domain, id } of an event
 * Out:    { batchItemFailures } names those to be tried again
 * Errors: none; a message that makes no sense makes its whole batch one of the failures. An event of another
 *         source is a fault.
 *
 * @module
 */
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import * as v from 'valibot';
import { dealTogether } from '../lib/aws/batch.ts';
import { recordsOf } from '../lib/aws/records.ts';
import { composePublish } from '../lib/compose/events.ts';
import { publishEvents } from '../lib/events/publish.ts';

const services = composePublish();
const Names = v.array(v.strictObject({ domain: v.string(), id: v.string() }));

export const handler = async (event: SQSEvent): Promise<SQSBatchResponse> =>
  dealTogether({ ...services, name: 'publish' }, recordsOf(event, 'aws:sqs'), (messages) =>
    publishEvents(services, v.parse(Names, messages)),
  );
