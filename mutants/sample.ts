/** A share of a list at random, the same for the same seed. */

/** @param share - From 0 to 1. */
export function sample<Item>(items: readonly Item[], share: number, seed: number): Item[] {
  const next = randomFrom(seed);
  return items
    .map((item) => ({ item, at: next() }))
    .sort((one, other) => one.at - other.at)
    .slice(0, Math.ceil(items.length * share))
    .map(({ item }) => item);
}

/** mulberry32: 32 bits of state, from 0 to 1. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
