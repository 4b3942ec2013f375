/**
 * How what all share falls into pieces, so that a verdict needs a few of them however many there are:
 * resources by the first segment of their paths, roles by their names.
 *
 * @module
 */
import { sha256 } from '../../crypto.ts';
import type { Content } from './content.ts';

const PIECES = 'abcdefghijklmnopqrstuvwxyz234567';
/** Of the patterns that begin with a parameter: every path may be theirs. */
export const ANY_SEGMENT = '*';

/** @param text - The name of a role; the first segment of a path in lower case. */
export const pieceOf = (text: string): string =>
  PIECES[(sha256(text)[0] ?? 0) % PIECES.length] ?? '';

export type Patterns = Readonly<Record<string, readonly string[]>>;
/** By piece. */
export type Pieces = Readonly<Record<string, Content>>;

/** Where a resource has no pattern, the default one stands in this place. */
const DEFAULT = -1;
/** `place`: among the patterns of its resource. */
type Registered = [resource: string, place: number, pattern: string];

export function piecesOfRegistry(patterns: Patterns): Pieces {
  const pieces: Record<string, { patterns: Registered[] }> = {};
  for (const [resource, given] of Object.entries(patterns).sort(byName)) {
    const all = given.length > 0 ? given : [`/${resource}`];
    for (const [index, pattern] of all.entries()) {
      const piece = pieceOfPattern(pattern);
      pieces[piece] ??= { patterns: [] };
      pieces[piece].patterns.push([resource, given.length > 0 ? index : DEFAULT, pattern]);
    }
  }
  return pieces;
}

const byName = ([left]: [string, unknown], [right]: [string, unknown]) => (left < right ? -1 : 1);

/** @returns In lower case; `undefined` where it is a parameter, behind which any path may be. */
export function firstSegmentOf(pattern: string): string | undefined {
  const [, first = ''] = pattern.split('/', 2);
  return first.startsWith('{') ? undefined : first.toLowerCase();
}

function pieceOfPattern(pattern: string): string {
  const first = firstSegmentOf(pattern);
  return first === undefined ? ANY_SEGMENT : pieceOf(first);
}

const registeredIn = (piece: Content): readonly Registered[] =>
  piece['patterns'] as readonly Registered[];

/** Of a piece, by resource: also those that are the default ones. */
export const patternsOf = (piece: Content): Patterns =>
  grouped(registeredIn(piece).map(([resource, , pattern]) => [resource, pattern]));

/** As it was given to {@link piecesOfRegistry}. */
export function registryOf(pieces: readonly Content[]): Record<string, string[]> {
  const all = pieces
    .flatMap(registeredIn)
    .sort(([one, place], [other, after]) =>
      one === other ? place - after : byName([one, 0], [other, 0]),
    );
  return grouped(
    all.map(([resource, place, pattern]) => [resource, place === DEFAULT ? undefined : pattern]),
  );
}

function grouped(all: readonly [string, string | undefined][]): Record<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [resource, pattern] of all) {
    const patterns = found.get(resource) ?? [];
    found.set(resource, pattern === undefined ? patterns : [...patterns, pattern]);
  }
  return Object.fromEntries(found);
}

/** By the names of what is in it. */
export function piecesByName(all: Readonly<Record<string, unknown>>): Pieces {
  const pieces: Record<string, Record<string, unknown>> = {};
  for (const [name, one] of Object.entries(all)) {
    const piece = pieceOf(name);
    pieces[piece] ??= {};
    pieces[piece][name] = one;
  }
  return pieces;
}
