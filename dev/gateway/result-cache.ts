/**
 * An authorizer's results by identity, for as long as its TTL says.
 *
 * Units: seconds for the TTL, epoch milliseconds for the clock.
 *
 * @module
 */
export interface ResultCache {
  get(identity: string[]): unknown;
  set(identity: string[], result: unknown): void;
}

export function resultCache(ttl: number, clock: () => number): ResultCache {
  const entries = new Map<string, { result: unknown; until: number }>();
  return {
    get(identity) {
      const entry = entries.get(JSON.stringify(identity));
      return entry && clock() < entry.until ? entry.result : undefined;
    },
    set(identity, result) {
      if (ttl > 0) entries.set(JSON.stringify(identity), { result, until: clock() + ttl * 1000 });
    },
  };
}
