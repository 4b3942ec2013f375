/** How much of a structure is looked at: a count in place of a clock. */

type Counted<T> = { value: T; reads: () => number };

/** @returns The value, each property and each member of a map that is read of it counted, however deep. */
export function countedReads<T extends object>(value: T): Counted<T> {
  const seen = new WeakMap<object, object>();
  let reads = 0;
  const watch = <V>(one: V): V => {
    if (typeof one !== 'object' || one === null) return one;
    const known = seen.get(one) ?? new Proxy<object>(one, { get });
    seen.set(one, known);
    return known as V;
  };
  const get = (target: object, name: string | symbol): unknown => {
    reads += 1;
    const found: unknown = Reflect.get(target, name);
    if (typeof found !== 'function' || !(target instanceof Map)) return watch(found);
    return (...given: unknown[]) => watch(Reflect.apply(found, target, given) as unknown);
  };
  return { value: watch(value), reads: () => reads };
}
