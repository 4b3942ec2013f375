/**
 * Metrics as log lines, at the price of no request. They are gathered in memory and written as one line
 * for each set of dimensions, at most once in `EVERY`: a busy function's log stays small, and an idle one's
 * call is written at once. What an instance had gathered when it was called for the last time is lost.
 *
 * Units: milliseconds. Of many values a sample is written, drawn without bias: so a percentile is right, and their
 *         number and sum are not. How many there were is a count of its own.
 *
 * No dimension has a value that callers or administrators choose: each value is a metric that is billed.
 *
 * @module
 * @see CloudWatch User Guide, "Specification: Embedded metric format": at most 100 values a metric
 */
import { writeLine } from './log-line.ts';

type Details = Readonly<Record<string, unknown>>;
type Metric = { Name: string; Unit: 'Count' | 'Milliseconds' };

/**
 * Makes a line a metric too, at the price of no request.
 *
 * @param members - Of the line: the metrics' and the dimensions' values are among them.
 */
const counted = (
  namespace: string,
  metrics: readonly Metric[],
  dimensions: readonly (readonly string[])[],
  members: Details,
): Details => ({
  ...members,
  _aws: {
    Timestamp: Date.now(),
    CloudWatchMetrics: [{ Namespace: namespace, Dimensions: dimensions, Metrics: metrics }],
  },
});

/** A line that counts once, by function and code unless told otherwise. */
export const countedOnce = (
  namespace: string,
  name: string,
  details: Details,
  by: readonly string[] = ['function', 'code'],
): Details =>
  counted(namespace, [{ Name: name, Unit: 'Count' }], [by], {
    ...details,
    [name]: 1,
  });

/** All of them have few values, and all values are ours. */
type Dimensions = Readonly<Partial<Record<'function' | 'rule' | 'grant' | 'event', string>>>;
export type Metrics = {
  add: (name: string, dimensions: Dimensions, count?: number) => void;
  /** As it is now; the last one counts. */
  set: (name: string, dimensions: Dimensions, value: number) => void;
  time: (name: string, dimensions: Dimensions, milliseconds: number) => void;
  /** At the end of each call. */
  write: () => void;
};

/** In milliseconds. */
const EVERY = 10_000;
const MAX_VALUES = 100;

type Timed = { values: number[]; seen: number };
type Gathered = { dimensions: Dimensions; counts: Map<string, number>; times: Map<string, Timed> };

/** @param now - Milliseconds of a clock that does not go back. */
export function gatherMetrics(namespace: string, now: () => number, every = EVERY): Metrics {
  const gathered = new Map<string, Gathered>();
  let written = Number.NEGATIVE_INFINITY;

  const of = (dimensions: Dimensions): Gathered => {
    const id = Object.values(dimensions).join(' ');
    const found = gathered.get(id) ?? { dimensions, counts: new Map(), times: new Map() };
    gathered.set(id, found);
    return found;
  };
  return {
    add(name, dimensions, count = 1) {
      const { counts } = of(dimensions);
      counts.set(name, (counts.get(name) ?? 0) + count);
    },
    set: (name, dimensions, value) => void of(dimensions).counts.set(name, value),
    time(name, dimensions, milliseconds) {
      const { times } = of(dimensions);
      const timed = times.get(name) ?? { values: [], seen: 0 };
      times.set(name, timed);
      keep(timed, Math.round(milliseconds * 100) / 100);
    },
    write() {
      if (now() - written < every || gathered.size === 0) return;
      written = now();
      for (const one of gathered.values()) writeLine(lineOf(namespace, one));
      gathered.clear();
    },
  };
}

/** Each value that was seen is among those kept with the same likelihood. */
function keep(timed: Timed, value: number): void {
  timed.seen += 1;
  if (timed.values.length < MAX_VALUES) timed.values.push(value);
  else if (Math.random() * timed.seen < MAX_VALUES)
    timed.values[Math.floor(Math.random() * MAX_VALUES)] = value;
}

function lineOf(namespace: string, { dimensions, counts, times }: Gathered) {
  const values = [...times].map(([name, timed]) => [name, timed.values] as const);
  const metrics = [
    ...[...counts.keys()].map((Name) => ({ Name, Unit: 'Count' as const })),
    ...[...times.keys()].map((Name) => ({ Name, Unit: 'Milliseconds' as const })),
  ];
  const members = { ...dimensions, ...Object.fromEntries([...counts, ...values]) };
  const line = { level: 'info', code: 'metrics' } as const;
  return { ...line, ...counted(namespace, metrics, [Object.keys(dimensions)], members) };
}
