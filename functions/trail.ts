/**
 * The one reader of the events table's stream: lib/events/fan-out.ts.
 *
 * In:     records of new events
 * Out:    { batchItemFailures } names the record from which on all come again
 * Errors: thrown where nothing could be done, so that Lambda halves the batch and tries again; what it gives
 *         up in the end is named in a queue. An event of another source is a fault.
 *
 * @module
 */
import { recordsOf } from '../lib/aws/records.ts';
import { composeTrail } from '../lib/compose/events.ts';
import { fanOut } from '../lib/events/fan-out.ts';
import type { EventRecord } from '../lib/store/events/records.ts';

const services = composeTrail();

export const handler = async (event: { Records: EventRecord[] }) => {
  const from = await fanOut(services, recordsOf(event, 'aws:dynamodb'));
  return { batchItemFailures: from === undefined ? [] : [{ itemIdentifier: from }] };
};
