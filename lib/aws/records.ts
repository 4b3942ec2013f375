/**
 * The records of an event source mapping.
 *
 * Errors: a fault for whatever else has invoked us. It would take any answer for a success, and a
 * queue deletes then what it sent.
 *
 * @module
 */
import { Fault } from '../errors.ts';

type Source = 'aws:sqs' | 'aws:dynamodb';
type Batch<R> = { Records: readonly R[] };

/** Only what all records have: who sent them. What is in them is for the caller to read. */
export function recordsOf<R>(event: Batch<R>, source: Source): readonly R[] {
  const { Records } = (event ?? {}) as Partial<Batch<R & { eventSource?: string }>>;
  if (!Array.isArray(Records) || Records.some((record) => record?.eventSource !== source))
    throw new Fault(`an event that is no batch of records of ${source}`);
  return Records;
}
