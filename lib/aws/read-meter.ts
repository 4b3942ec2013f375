/**
 * How long DynamoDB takes for what a verdict reads, and how often the item is read that all callers share,
 * which is one item on one partition: 3,000 strongly consistent read units a second, whoever calls.
 *
 * Units:  milliseconds, of answers that came.
 * Errors: those of the read; a failed one is a fault in the log, and no measurement.
 *
 * @module
 * @see docs/scaling.md
 */
import type { Metrics } from '../metrics.ts';
import type { Key } from './table.ts';
import type { Remember } from './tables.ts';

type Meter = { metrics: Metrics; clock: () => number; shared: Key };

const HERE = { function: 'authorizer' };
const asItIs: Remember = (wanted, read) => read(wanted);

/** @param remember - What spares reads, where that is wanted: only what is read is measured. */
export const meterReads =
  ({ metrics, clock, shared }: Meter, remember: Remember = asItIs): Remember =>
  (wanted, read) =>
    remember(wanted, async (missing) => {
      const start = clock();
      const items = await read(missing);
      metrics.time('DynamoDbMilliseconds', HERE, clock() - start);
      if (missing.some(({ key }) => key.pk === shared.pk)) metrics.add('SharedItemReads', HERE);
      return items;
    });
