/**
 * What a simulated load reads, counted by item: a partition gives 3,000 units a second, and an item is in one.
 *
 * Units: seconds, but milliseconds where a name says so.
 *
 * @module
 */
export type ReadUnits = {
  /** Of a call: of its own items, and of the manifest. */
  own: number;
  shared: number;
  /** Of content that an edit names anew, those of one read. */
  piece: number;
};
export type Reads = {
  invocations: number;
  /** Read units a second, of the item that is read most: a caller's own, or one that all share. */
  hottest: { own: number; shared: number };
  units: number;
  meanMs: number;
  /** Of the second after the edit: milliseconds of the slowest of a hundred, and units of the busiest item. */
  edit: { p99Ms: number; p99BeforeMs: number; busiest: number };
};

/** `item`: of the caller's own, or a copy of it, `place`: of the manifest, `copy`: of content. */
type Invocation = {
  item: number;
  place: number;
  copy: number;
  now: number;
  own: boolean;
  shared: boolean;
  fills: boolean;
  time: number;
};
type Counts = Map<number, number>;
type Second = { own: Counts; shared: Counts; content: Counts; times: number[] };

const emptySecond = (): Second => ({
  own: new Map(),
  shared: new Map(),
  content: new Map(),
  times: [],
});

/** @param at.settledAt - From then on it counts. @param at.editAt - When what all share was edited. */
export function counter(
  { own, shared, piece }: ReadUnits,
  { settledAt, editAt }: { settledAt: number; editAt: number },
) {
  const settled = emptySecond();
  const [before, after] = [emptySecond(), emptySecond()];
  let [invocations, units, billedMs] = [0, 0, 0];
  const secondOf = (now: number): Second | undefined => {
    if (now >= editAt && now < editAt + 1) return after;
    return now >= editAt - 1 && now < editAt ? before : undefined;
  };
  /** Who fills its memory reads its own items and the manifest once more. */
  const addTo = (second: Second, { item, place, copy, ...call }: Invocation) => {
    const times = call.fills ? 2 : 1;
    if (call.own) count(second.own, item, times);
    if (call.shared) count(second.shared, place, times * shared);
    if (call.fills) count(second.content, copy, piece);
    second.times.push(call.time);
  };
  return {
    add(call: Invocation): void {
      if (call.now < settledAt) return;
      const second = secondOf(call.now);
      if (second) addTo(second, call);
      invocations += 1;
      // Lambda bills whole milliseconds.
      billedMs += Math.ceil(call.time);
      units += (call.own ? own : 0) + (call.shared ? shared : 0);
      if (call.own) count(settled.own, call.item, 1);
      if (call.shared) count(settled.shared, call.place, shared);
    },
    over: (span: number): Reads => ({
      invocations: invocations / span,
      hottest: { own: largest(settled.own) / span, shared: largest(settled.shared) / span },
      units: units / span,
      meanMs: billedMs / Math.max(1, invocations),
      edit: {
        p99Ms: slowest(after.times),
        p99BeforeMs: slowest(before.times),
        busiest: Math.max(...[after.own, after.shared, after.content].map(largest)),
      },
    }),
  };
}

const count = (counts: Counts, item: number, units: number): void =>
  void counts.set(item, (counts.get(item) ?? 0) + units);

const largest = (counts: Counts): number => {
  let most = 0;
  for (const units of counts.values()) most = Math.max(most, units);
  return most;
};

/** Of a hundred the slowest but one. */
const slowest = (times: readonly number[]): number =>
  times.toSorted((one, other) => one - other)[Math.floor(times.length * 0.99)] ?? 0;
