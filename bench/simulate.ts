/**
 * A simulation of one deployment under load: API Gateway's cache, Lambda's instances (one call at a
 * time each), the memory of each instance, and what is left for DynamoDB to read.
 *
 * Arrivals are random (Poisson), and so are the callers and the service times, drawn from those that
 * were recorded. One seed, so a run can be repeated. Nothing is ever refused here: who goes beyond a
 * limit sees it in the figures.
 *
 * Units: seconds, but milliseconds where a name says so.
 *
 * @module
 */
import { seeded } from '../test/support/promise/workload.ts';

export type Mode = {
  name: string;
  /** API Gateway's cache: 0 for none. */
  ttl: number;
  /** Whether results are kept for each path apart, or for the token alone. */
  byPath: boolean;
  /** Seconds between two flushes. */
  flushEvery?: number;
  verdictCacheMs: number;
};
export type Load = { rate: number; keys: number; paths: number };
/** What was recorded of the authorizer. */
export type Recorded = {
  /** Milliseconds of calls that read, of calls that remember, and of a cold start. */
  reading: readonly number[];
  remembering: readonly number[];
  coldMs: number;
  /** Read units of a call: of its own items, and of those that all callers share. */
  own: number;
  shared: number;
  /** Whether an instance that remembers one caller's items has the shared ones for another. */
  sharesMemory: boolean;
};
/** Rates are of the second half, when caches and instances have settled. */
export type Outcome = {
  invocations: number;
  /** At most at once: when everything starts cold, and later. */
  instances: { start: number; settled: number };
  /** A second, of the item that is read most: a caller's own, or one that all share. */
  hottest: { own: number; shared: number };
  units: number;
  meanMs: number;
};

type Instance = { freeAt: number; own: Map<number, number>; shared: number };
/** Time for a first burst to be over. */
const STARTING = 5;
const NEVER = Number.NEGATIVE_INFINITY;

export function simulate(mode: Mode, load: Load, recorded: Recorded, seconds: number): Outcome {
  const random = seeded(1);
  const pick = (times: readonly number[]) => times[Math.floor(random() * times.length)] ?? 0;
  const cache = gatewayCache(mode);
  const settledAt = seconds / 2;
  const { take, start } = fleet();
  const peaks = { start: 0, settled: 0 };
  const counted = counter(recorded);

  const notePeak = (now: number, working: number) => {
    if (now <= STARTING) peaks.start = Math.max(peaks.start, working);
    else if (now >= settledAt) peaks.settled = Math.max(peaks.settled, working);
  };
  /** @returns When it answers. */
  const invoke = (key: number, now: number): number => {
    const { instance, isNew } = take(now);
    const needed = readsOf(instance, key, now, mode.verdictCacheMs / 1000, recorded.sharesMemory);
    const time = pick(needed.own || needed.shared ? recorded.reading : recorded.remembering);
    instance.freeAt = now + (time + (isNew ? recorded.coldMs : 0)) / 1000;
    notePeak(now, start(instance));
    if (now >= settledAt) counted.add(key, needed, time);
    return instance.freeAt;
  };

  for (let now = 0; now < seconds; now += -Math.log(1 - random()) / load.rate) {
    const key = Math.floor(random() * load.keys);
    const entry = mode.byPath ? key * load.paths + Math.floor(random() * load.paths) : key;
    if (!cache.has(entry, now)) cache.keep(entry, invoke(key, now));
  }
  return { ...counted.over(seconds - settledAt), instances: peaks };
}

/** An answer is kept from when it arrives: calls that come before it ask too. */
function gatewayCache({ ttl, flushEvery = Number.POSITIVE_INFINITY }: Mode) {
  const kept = new Map<number, number>();
  let flushedAt = 0;
  return {
    has(entry: number, now: number): boolean {
      if (now - flushedAt >= flushEvery) {
        kept.clear();
        flushedAt = now;
      }
      const from = kept.get(entry) ?? Number.POSITIVE_INFINITY;
      return from <= now && now < from + ttl;
    },
    keep(entry: number, from: number): void {
      const before = kept.get(entry);
      // The first answer to arrive is the one that counts while it lives.
      if (ttl > 0 && !(before !== undefined && before <= from && from < before + ttl))
        kept.set(entry, from);
    },
  };
}

/** Instances that are free, the one used last on top, and those at work, the first to end in front. */
function fleet() {
  const free: Instance[] = [];
  const working: Instance[] = [];
  const release = (now: number) => {
    for (let next = working[0]; next && next.freeAt <= now; next = working[0]) {
      working.shift();
      free.push(next);
    }
  };
  return {
    /** Lambda's own choice is not documented; the one used last leaves the others to be ended. */
    take(now: number): { instance: Instance; isNew: boolean } {
      release(now);
      const instance = free.pop();
      if (instance) return { instance, isNew: false };
      return { instance: { freeAt: now, own: new Map(), shared: NEVER }, isNew: true };
    },
    /** @returns How many are at work now. */
    start(instance: Instance): number {
      const at = working.findLastIndex(({ freeAt }) => freeAt <= instance.freeAt);
      working.splice(at + 1, 0, instance);
      return working.length;
    },
  };
}

type Needed = { own: boolean; shared: boolean };

/** What has to be read; it is remembered from now on, for `kept` seconds. */
function readsOf(
  instance: Instance,
  key: number,
  now: number,
  kept: number,
  sharesMemory: boolean,
): Needed {
  const isOld = (at = NEVER) => !(now - at < kept);
  const own = isOld(instance.own.get(key));
  const shared = sharesMemory ? isOld(instance.shared) : own;
  if (own && kept > 0) instance.own.set(key, now);
  if (shared) instance.shared = now;
  return { own, shared };
}

function counter(recorded: Recorded) {
  const reads = new Map<number, number>();
  let [invocations, shared, units, billedMs] = [0, 0, 0, 0];
  return {
    add(key: number, needed: Needed, time: number): void {
      invocations += 1;
      // Lambda bills whole milliseconds.
      billedMs += Math.ceil(time);
      units += (needed.own ? recorded.own : 0) + (needed.shared ? recorded.shared : 0);
      if (needed.own) reads.set(key, (reads.get(key) ?? 0) + 1);
      if (needed.shared) shared += 1;
    },
    over: (span: number): Omit<Outcome, 'instances'> => ({
      invocations: invocations / span,
      hottest: { own: largest(reads) / span, shared: shared / span },
      units: units / span,
      meanMs: billedMs / Math.max(1, invocations),
    }),
  };
}

const largest = (counts: ReadonlyMap<number, number>): number => {
  let most = 0;
  for (const count of counts.values()) most = Math.max(most, count);
  return most;
};
