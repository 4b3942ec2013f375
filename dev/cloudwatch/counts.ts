/**
 * Metrics in memory, an hour each: what was written to a log, counted as CloudWatch counts it.
 *
 * Units: times are epoch milliseconds; an hour is named by its beginning in epoch seconds.
 *
 * @module
 */
export type Point = {
  namespace: string;
  name: string;
  dimensions: Readonly<Record<string, string>>;
  values: readonly number[];
  at: number;
};
export type Hour = { sum: number; most: number };

const HOUR = 3600;

export function counts() {
  const kept = new Map<string, Map<number, Hour>>();
  return {
    add(point: Point): void {
      const hours = kept.get(idOf(point)) ?? new Map<number, Hour>();
      kept.set(idOf(point), hours);
      const hour = Math.floor(point.at / 1000 / HOUR) * HOUR;
      const { sum, most } = hours.get(hour) ?? { sum: 0, most: Number.NEGATIVE_INFINITY };
      hours.set(hour, {
        sum: point.values.reduce((total, value) => total + value, sum),
        most: Math.max(most, ...point.values),
      });
    },
    /** By hour; one in which nothing was counted is not there. */
    of: (metric: Omit<Point, 'values' | 'at'>): ReadonlyMap<number, Hour> =>
      kept.get(idOf(metric)) ?? new Map(),
  };
}
export type Counts = ReturnType<typeof counts>;

/** A metric is its name and exactly these dimensions. */
const idOf = ({ namespace, name, dimensions }: Omit<Point, 'values' | 'at'>): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
