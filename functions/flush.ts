/**
 * Makes API Gateway forget what the authorizer answered, after a revocation: lib/events/flush-caches.ts.
 *
 * In:     records of the streams of both tables (lib/store/stream.ts)
 * Out:    nothing
 * Errors: thrown where a flush may succeed later, so that the records come again, a few times. An event
 *         of another source is a fault.
 *
 * @module
 */
import { recordsOf } from '../lib/aws/records.ts';
import { composeFlush } from '../lib/compose/flush.ts';
import { flusher } from '../lib/events/flush-caches.ts';
import type { StreamRecord } from '../lib/store/stream.ts';

const flush = flusher(composeFlush());

export const handler = async (event: { Records: StreamRecord[] }): Promise<void> =>
  flush(recordsOf(event, 'aws:dynamodb'));
