/**
 * How long DynamoDB takes for what a verdict reads, and how often the item is read that all callers share,
 * which is one item on one partition: 3,000 strongly consistent read units a second, whoever calls. Of several
 * that are read at random, the mean of one is counted.
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

/** `shareOf`: the part of its reads that one item takes of those like it; 0 for what callers have alone. */
type Meter = { metrics: Metrics; clock: () => number; shareOf: (key: Key) => number };

const HERE = { function: 'authorizer' };
const asItIs: Remember = (wanted, read) => read(wanted);

/** @param remember - What spares reads, where that is wanted: only what is read is measured. */
export const meterReads =
  ({ metrics, clock, shareOf }: Meter, remember: Remember = asItIs): Remember =>
  (wanted, read) =>
    remember(wanted, async (missing) => {
      const start = clock();
      const items = await read(missing);
      metrics.time('DynamoDbMilliseconds', HERE, clock() - start);
      const share = Math.max(0, ...missing.map(({ key }) => shareOf(key)));
      if (share > 0) metrics.add('SharedItemReads', HERE, share);
      return items;
    });
