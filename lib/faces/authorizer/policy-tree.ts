/**
 * Patterns as a tree of their segments, so that those that have to do with another one are found without
 * going through all.
 *
 * @module
 */
import { isParameter, type Segments } from './policy-globs.ts';

/** `ends`: places of the patterns that end here, in their order. */
type Tree = { literals: Map<string, Tree>; parameter?: Tree; ends: number[] };

const leaf = (): Tree => ({ literals: new Map(), ends: [] });
const asWritten = (segment: string): string => segment;
const folded = (segment: string): string => segment.toLowerCase();

export const treeOf = (patterns: readonly Segments[]): Tree => grown(patterns, asWritten);
/** For {@link meeting}. */
export const foldedTreeOf = (patterns: readonly Segments[]): Tree => grown(patterns, folded);

function grown(patterns: readonly Segments[], spell: typeof folded): Tree {
  const root = leaf();
  for (const [place, pattern] of patterns.entries()) {
    let node = root;
    for (const segment of pattern) node = childOf(node, segment, spell);
    node.ends.push(place);
  }
  return root;
}

function childOf(node: Tree, segment: string, spell: typeof folded): Tree {
  if (isParameter(segment)) {
    node.parameter ??= leaf();
    return node.parameter;
  }
  const known = node.literals.get(spell(segment)) ?? leaf();
  node.literals.set(spell(segment), known);
  return known;
}

/** The first of each kind that includes the pattern (policy-globs.ts): itself, where it is in the tree. */
export function* including(node: Tree, pattern: Segments, at = 0): Generator<number> {
  const [first] = node.ends;
  if (first !== undefined) yield first;
  const segment = pattern[at];
  if (segment === undefined) return;
  for (const child of [node.literals.get(segment), node.parameter])
    if (child) yield* including(child, pattern, at + 1);
}

/** Those that are no longer and have a path in common with the pattern, where case does not count. */
export function* meeting(node: Tree, pattern: Segments, at = 0): Generator<number> {
  yield* node.ends;
  const segment = pattern[at];
  if (segment === undefined) return;
  const literals = isParameter(segment)
    ? node.literals.values()
    : [node.literals.get(folded(segment))];
  for (const child of [...literals, node.parameter])
    if (child) yield* meeting(child, pattern, at + 1);
}
