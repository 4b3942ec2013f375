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

export type Pace = { warmUp: number; blocks: number; callsABlock: number };

/**
 * Two calls in turns, in blocks: medians of the blocks' figures, so that a slow moment of the machine
 * counts once.
 */
export async function compareInTurns(
  ours: Call,
  least: Call,
  { warmUp, blocks, callsABlock }: Pace,
): Promise<(share: number) => { ours: number; least: number; ratio: number }> {
  await timeInTurns([ours, least], warmUp);
  const times: number[][][] = [];
  for (let block = 0; block < blocks; block++)
    times.push(await timeInTurns([ours, least], callsABlock));
  return (share) => {
    const ends = times.map(([first = [], second = []]) => ({
      ours: percentile(first, share),
      least: percentile(second, share),
    }));
    return {
      ours: median(ends.map((end) => end.ours)),
      least: median(ends.map((end) => end.least)),
      ratio: median(ends.map((end) => end.ours / end.least)),
    };
  };
}
