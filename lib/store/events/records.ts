/**
 * Records of the events table's stream: each names an event that was written. The event itself is read from
 * the table, where it may have its number already.
 *
 * Record: { eventName: "INSERT", dynamodb: { Keys: { pk, sk }, SequenceNumber, SizeBytes } } as DynamoDB
 *         writes them
 * Errors: Fault for a record of anything else; the event source mapping in serverless.yml lets none pass.
 *
 * @module
 */
import { Fault } from '../../errors.ts';
import { partitionOf } from './event.ts';
import type { EventName } from './number.ts';

export type EventRecord = {
  eventName: string;
  dynamodb: {
    Keys: Readonly<Record<string, { S?: string | undefined }>>;
    SequenceNumber: string;
    SizeBytes?: number | undefined;
  };
};

const PREFIX = partitionOf('');

export function eventNameOf({ eventName, dynamodb: { Keys } }: EventRecord): EventName {
  const [pk, id] = [Keys['pk']?.S, Keys['sk']?.S];
  if (eventName !== 'INSERT' || id === undefined || !pk?.startsWith(PREFIX))
    throw new Fault('a record of the stream that is of no new event');
  return { domain: pk.slice(PREFIX.length), id };
}
