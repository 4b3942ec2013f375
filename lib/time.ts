/**
 * A clock for how long something has been kept, on which no less than the true time goes by.
 *
 * Lambda freezes an instance between calls, perhaps for an hour, and its monotonic clock may stand
 * still with it; the system's clock goes on, but may be set back. Whichever has gone further counts.
 *
 * Units: milliseconds, from any start.
 *
 * @module
 */

/** The end of the year 9999, after which no date has a form (RFC 3339 §1). Epoch seconds. */
export const LAST_SECOND = 253_402_300_799;

export type Clocks = { monotonic: () => number; system: () => number };

const OWN: Clocks = { monotonic: () => performance.now(), system: () => Date.now() };

/** @returns A clock that never goes back. */
export function elapsed({ monotonic, system }: Clocks = OWN): () => number {
  let [ticks, date, total] = [monotonic(), system(), 0];
  return () => {
    const [nowTicks, nowDate] = [monotonic(), system()];
    total += Math.max(0, nowTicks - ticks, nowDate - date);
    [ticks, date] = [nowTicks, nowDate];
    return total;
  };
}
