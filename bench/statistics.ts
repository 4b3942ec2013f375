/**
 * Medians and percentiles, and calls timed in turns so that a busy machine slows all sides alike.
 *
 * Units: milliseconds.
 *
 * @module
 */
export type Call = () => Promise<unknown>;

/** The smallest value that at least that share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Runs each call once a round, the first one in turn. @returns The times of each call. */
export async function timeInTurns(calls: readonly Call[], rounds: number): Promise<number[][]> {
  const times: number[][] = calls.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < calls.length; turn++) {
      const index = (round + turn) % calls.length;
      const started = performance.now();
      await calls[index]?.();
      times[index]?.push(performance.now() - started);
    }
  }
  return times;
}
