/**
 * The records that an event source hands to a function.
 *
 * Errors: Fault for an event of anything else: it counts as failed, and nothing is done for it.
 *
 * @module
 * @see AWS Lambda Developer Guide, "Invoking Lambda with events from an event source"
 */
import { Fault } from '../errors.ts';

type Sourced = { eventSource?: string | undefined };

export function recordsOf<R extends Sourced>(
  source: 'aws:sqs' | 'aws:dynamodb',
  { Records }: { Records?: readonly R[] },
): readonly R[] {
  if (!Array.isArray(Records) || Records.some(({ eventSource }: R) => eventSource !== source))
    throw new Fault(`not an event of ${source}`);
  return Records;
}
