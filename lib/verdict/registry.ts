/**
 * The registry as a verdict has read it: in parts, each of which is the same object as long as its content is
 * the same, so that what is compiled of it is compiled once.
 *
 * @module
 */
import { type Index, indexOf, type Patterns, resourceIn } from './resource.ts';

/** Together they are the registry, as far as it was asked for; a resource may be in several. */
export type Registry = readonly Patterns[];

const compiled = new WeakMap<Patterns, Index>();

function indexed(part: Patterns): Index {
  const known = compiled.get(part) ?? indexOf(part);
  compiled.set(part, known);
  return known;
}

/** As resourceOf of the whole. @param path - Among those for which the registry was read. */
export const resourceAt = (registry: Registry, path: string): string | undefined =>
  resourceIn(registry.map(indexed), path);

/** All of it, as one; a default pattern may be spelt out. */
export function patternsOf(registry: Registry): Patterns {
  const [only, ...others] = registry;
  if (only && others.length === 0) return only;
  const all = new Map<string, string[]>();
  for (const [name, patterns] of registry.flatMap((part) => Object.entries(part)))
    all.set(name, [...(all.get(name) ?? []), ...patterns]);
  return Object.fromEntries(all);
}
