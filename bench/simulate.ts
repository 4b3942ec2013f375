/**
 * A simulation of one deployment under load: API Gateway's cache, Lambda's instances (one call at a
 * time each), the memory of each instance, and what is left for DynamoDB to read. In the middle of the second
 * half what all share is edited once, so that every instance has to read anew what that changes.
 *
 * Arrivals are random (Poisson), and so are the callers and the service times, drawn from those that
 * were recorded. One seed, so a run can be repeated. Nothing is ever refused here: who goes beyond a
 * limit sees it in the figures.
 *
 * Units: seconds, but milliseconds where a name says so.
 *
 * @module
 */
import { bucketOf, copiesOfShared, type Spread } from '../lib/store/named/manifest.ts';
import { seeded } from '../test/support/promise/workload.ts';
import { counter, type Reads, type ReadUnits } from './simulated-reads.ts';

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
/** Each key is of one domain, and its items lie in so many copies. */
export type Load = {
  rate: number;
  keys: number;
  copies: number;
  paths: number;
  domains: number;
  spread: Spread;
};
/** What was recorded of the authorizer. */
export type Recorded = ReadUnits & {
  /** Milliseconds of calls that read, of those that fill the memory first, of those that remember all, and of a cold start. */
  reading: readonly number[];
  filling: readonly number[];
  remembering: readonly number[];
  coldMs: number;
  /** Whether an instance that remembers one caller's items has the shared ones for another. */
  sharesMemory: boolean;
};
/** Rates are of the second half, when caches and instances have settled. */
export type Outcome = Reads & {
  /** Of the API; `invocations` of them asked the authorizer. */
  calls: number;
  /** At most at once: when everything starts cold, and later. */
  instances: { start: number; settled: number };
};

type Instance = {
  freeAt: number;
  own: Map<number, number>;
  shared: Map<number, number>;
  filledAt: number;
};
/** Time for a first burst to be over. */
const STARTING = 5;
const NEVER = Number.NEGATIVE_INFINITY;

export function simulate(mode: Mode, load: Load, recorded: Recorded, seconds: number): Outcome {
  const random = seeded(1);
  const below = (count: number) => Math.floor(random() * count);
  const pick = (times: readonly number[]) => times[below(times.length)] ?? 0;
  const cache = gatewayCache(mode);
  const settledAt = seconds / 2;
  const editAt = Math.floor(seconds * 0.75);
  const { take, start } = fleet();
  const peaks = { start: 0, settled: 0 };
  const counted = counter(recorded, { settledAt, editAt });
  const placeOf = placing(load);

  const notePeak = (now: number, working: number) => {
    if (now <= STARTING) peaks.start = Math.max(peaks.start, working);
    else if (now >= settledAt) peaks.settled = Math.max(peaks.settled, working);
  };
  const timeOf = (fills: boolean, reads: boolean): number => {
    if (fills) return pick(recorded.filling);
    return pick(reads ? recorded.reading : recorded.remembering);
  };
  /** @returns When it answers. */
  const invoke = (key: number, now: number): number => {
    const { instance, isNew } = take(now);
    const place = placeOf(key) + below(load.spread.shards);
    const copy = below(copiesOfShared(load.spread));
    const item = key * load.copies + (load.copies > 1 ? below(load.copies) : 0);
    const asked = { item, place, now, kept: mode.verdictCacheMs / 1000 };
    const needed = readsOf(instance, asked, recorded.sharesMemory);
    const fills = needed.shared && instance.filledAt < editAt && now >= editAt;
    if (fills) instance.filledAt = now;
    const time = timeOf(fills, needed.own || needed.shared);
    instance.freeAt = now + (time + (isNew ? recorded.coldMs : 0)) / 1000;
    notePeak(now, start(instance));
    counted.add({ item, place, copy, now, ...needed, fills, time });
    return instance.freeAt;
  };

  let calls = 0;
  for (let now = 0; now < seconds; now += -Math.log(1 - random()) / load.rate) {
    if (now >= settledAt) calls += 1;
    const key = below(load.keys);
    const entry = mode.byPath ? key * load.paths + below(load.paths) : key;
    if (!cache.has(entry, now)) cache.keep(entry, invoke(key, now));
  }
  const span = seconds - settledAt;
  return { ...counted.over(span), calls: calls / span, instances: peaks };
}

/** The first of the manifests of a key's bucket. */
function placing({ domains, spread }: Load): (key: number) => number {
  const buckets = Array.from({ length: domains }, (_, index) =>
    bucketOf(`${index}.example.com`, spread),
  );
  return (key) => (buckets[key % domains] ?? 0) * spread.shards;
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
      const known = { own: new Map(), shared: new Map(), filledAt: now };
      return { instance: { freeAt: now, ...known }, isNew: true };
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
type Asked = { item: number; place: number; now: number; kept: number };

/** What has to be read; it is remembered from now on, for `kept` seconds. */
function readsOf(
  instance: Instance,
  { item, place, now, kept }: Asked,
  sharesMemory: boolean,
): Needed {
  const isOld = (at = NEVER) => !(now - at < kept);
  const own = isOld(instance.own.get(item));
  const shared = sharesMemory ? isOld(instance.shared.get(place)) : own;
  if (own && kept > 0) instance.own.set(item, now);
  if (shared && kept > 0) instance.shared.set(place, now);
  return { own, shared };
}
