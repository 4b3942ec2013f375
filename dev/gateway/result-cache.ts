/**
 * An authorizer's results by identity, for as long as its TTL says, or until they are flushed.
 *
 * Units: seconds for the TTL, epoch milliseconds for the clock.
 *
 * @module
 */
import * as v from 'valibot';

export interface ResultCache {
  get(identity: string[]): unknown;
  /** @param ttl In place of the authorizer's own, where its answer may name one. */
  set(identity: string[], result: unknown, ttl?: number): void;
  flush(): void;
}

/** What API Gateway and AppSync take: at most an hour. */
export const Ttl = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3600));

/** Entries that have ended are let go when there are this many, so that a long run stays small. */
const SWEEP_AT = 10_000;

export function resultCache(defaultTtl: number, clock: () => number): ResultCache {
  const entries = new Map<string, { result: unknown; until: number }>();
  const sweep = () => {
    for (const [key, { until }] of entries) if (until <= clock()) entries.delete(key);
  };
  return {
    get(identity) {
      const entry = entries.get(JSON.stringify(identity));
      return entry && clock() < entry.until ? entry.result : undefined;
    },
    set(identity, result, ttl = defaultTtl) {
      if (ttl <= 0) return;
      if (entries.size >= SWEEP_AT) sweep();
      entries.set(JSON.stringify(identity), { result, until: clock() + ttl * 1000 });
    },
    flush: () => entries.clear(),
  };
}

/** One cache an authorizer, made when it is first used. */
export function resultCaches<Authorizer extends { ttl: number }>(clock: () => number) {
  const caches = new Map<Authorizer, ResultCache>();
  return {
    of(authorizer: Authorizer): ResultCache {
      const known = caches.get(authorizer) ?? resultCache(authorizer.ttl, clock);
      caches.set(authorizer, known);
      return known;
    },
    flush(): void {
      for (const cache of caches.values()) cache.flush();
    },
  };
}
