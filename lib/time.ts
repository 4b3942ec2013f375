/**
 * Time, with its unit in its type, so that a slip does not compile; and a clock for how long something
 * has been kept.
 *
 * Compare through `isOver`: `<` takes any two numbers, whatever they count.
 *
 * @module
 */
declare const unit: unique symbol;
type Of<Unit> = number & { readonly [unit]: Unit };

/** Seconds since the epoch: all that is stored, signed and compared. */
export type Instant = Of<'epoch s'>;
/** Milliseconds since the epoch: what generations and the order of events are made of. */
export type EpochMilliseconds = Of<'epoch ms'>;
export type Seconds = Of<'s'>;

/** The end of what does not end. */
export const NEVER = Number.POSITIVE_INFINITY as Instant;

export const instant = (epochSeconds: number): Instant => epochSeconds as Instant;
export const epochMilliseconds = (epochMs: number): EpochMilliseconds =>
  epochMs as EpochMilliseconds;
export const seconds = (count: number): Seconds => count as Seconds;

/** The end of the year 9999, after which no date has a form (RFC 3339 §1). */
export const LAST_SECOND = 253_402_300_799;

/** The second that a moment is in. */
export const secondOf = (moment: EpochMilliseconds): Instant => instant(Math.floor(moment / 1000));
/** The first of a second's milliseconds. */
export const startOf = (second: Instant): EpochMilliseconds => epochMilliseconds(second * 1000);
export const after = (start: Instant, length: Seconds): Instant => instant(start + length);
export const between = (start: Instant, end: Instant): Seconds => seconds(end - start);
export const earlier = (one: Instant, other: Instant): Instant => instant(Math.min(one, other));
/** What ends at a moment is over at it. */
export const isOver = (end: Instant, now: Instant): boolean => end <= now;

export type Clocks = { monotonic: () => number; system: () => number };

/** Not `performance`: the first to ask for it loads all that measures Node itself. */
const OWN: Clocks = {
  monotonic: () => Number(process.hrtime.bigint()) / 1_000_000,
  system: () => Date.now(),
};

/**
 * A clock on which no less than the true time goes by.
 *
 * Lambda freezes an instance between calls, perhaps for an hour, and its monotonic clock may stand
 * still with it; the system's clock goes on, but may be set back. Whichever has gone further counts.
 *
 * @returns A clock that never goes back: milliseconds, from any start.
 */
export function elapsed({ monotonic, system }: Clocks = OWN): () => number {
  let [ticks, date, total] = [monotonic(), system(), 0];
  return () => {
    const [nowTicks, nowDate] = [monotonic(), system()];
    total += Math.max(0, nowTicks - ticks, nowDate - date);
    [ticks, date] = [nowTicks, nowDate];
    return total;
  };
}
