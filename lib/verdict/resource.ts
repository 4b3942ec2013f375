/**
 * Which registered resource a path names: the one with the longest pattern that covers it.
 *
 * A pattern is a path of literal segments and `{name}` for any one segment; it covers that path and
 * all below it. Without patterns a resource `cdr/files` stands for `/cdr/files`. A literal segment
 * beats `{name}`.
 *
 * A path that could mean one thing to us and another to the backend names nothing: dot segments,
 * empty segments, backslashes, `?` and `#`, any percent-encoding that would change the answer when
 * decoded once more, and any spelling that would change it where case does not count. So the caller
 * is refused instead of being let through by a trick.
 *
 * Patterns are compiled into an index, a tree of segments, so that a path is compared with those alone
 * that begin as it does, however many there are. They may come in pieces, by their first segment.
 *
 * @module
 * @see RFC 3986 §6.2.2 (case, encoding and dot segments), and the attacks that grow from them
 */

/** A resource's name to its patterns; none means the default one. */
export type Patterns = Readonly<Record<string, readonly string[]>>;

type Match = { name: string; pattern: readonly string[] };
/** By folded segments; `ends` are the patterns that end here, as they are written. */
type Growing = { literals?: Map<string, Growing>; parameter?: Growing; ends: Match[] };
/** Patterns compiled. It never changes. */
export type Index = {
  readonly literals?: ReadonlyMap<string, Index>;
  readonly parameter?: Index;
  readonly ends: readonly Match[];
};

const MAX_DECODINGS = 4;

/** @param path - As API Gateway gives it, with or without percent-encoding, without the stage. */
export const resourceOf = (patterns: Patterns, path: string): string | undefined =>
  resourceIn([indexOf(patterns)], path);

export function indexOf(patterns: Patterns): Index {
  const root: Growing = { ends: [] };
  for (const [name, given] of Object.entries(patterns))
    for (const text of given.length > 0 ? given : [`/${name}`])
      add(root, { name, pattern: text.slice(1).split('/') });
  return root;
}

/** Of two that are spelt alike the first counts. */
function add(root: Growing, match: Match): void {
  const { ends } = match.pattern.reduce(childOf, root);
  if (!ends.some(({ pattern }) => covers(pattern, match.pattern))) ends.push(match);
}

function childOf(node: Growing, segment: string): Growing {
  const key = folded(segment);
  const known = isParameter(segment) ? node.parameter : node.literals?.get(key);
  if (known) return known;
  const child: Growing = { ends: [] };
  if (isParameter(segment)) node.parameter = child;
  else node.literals = (node.literals ?? new Map<string, Growing>()).set(key, child);
  return child;
}

/**
 * As it reads where case does not count, nor in which form a character is written: a long s is an s, as to
 * many regular expressions. Patterns are ASCII, of which lower case is all (Unicode 16 §3.13, UAX 15).
 */
const folded = (segment: string): string =>
  ASCII.test(segment)
    ? segment.toLowerCase()
    : segment.normalize('NFKC').toUpperCase().toLowerCase();
const ASCII = /^[ -~]*$/;

/**
 * @param indexes - Of all patterns; those suffice that begin with one of the path's first segments, or
 *                  with a parameter.
 * @param path - As API Gateway gives it, with or without percent-encoding, without the stage.
 */
export function resourceIn(indexes: readonly Index[], path: string): string | undefined {
  const [resource, ...others] = plainReadingsOf(path).map((reading) =>
    longestMatch(indexes, reading),
  );
  return others.every((other) => other === resource) ? resource : undefined;
}

/** @returns Folded, without repetition; none where the path names nothing, whatever is registered. */
export const firstSegmentsOf = (path: string): string[] => [
  ...new Set(plainReadingsOf(path).map(([first = '']) => folded(first))),
];

/** The segments of each reading; none where one of them is not plain. */
function plainReadingsOf(path: string): (readonly string[])[] {
  const readings = readingsOf(path).map(segmentsOf);
  return readings.every((reading) => reading !== undefined) ? readings : [];
}

/** @returns `undefined` for a path that is not plain. One trailing slash is. */
function segmentsOf(path: string): string[] | undefined {
  if (!path.startsWith('/')) return undefined;
  const segments = path.slice(1).split('/');
  if (segments.at(-1) === '' && segments.length > 1) segments.pop();
  return segments.every(isPlain) ? segments : undefined;
}

/**
 * What servers read differently: dot segments and empty ones, backslashes and control characters; a
 * `;` that some take for the end of the segment, a `?` or `#` that one which decoded it may take for
 * the end of the path; a dot or blank at the end of a name, which some cut off; U+FFFD, which is what is left of
 * bytes that were no text; and what is a dot segment, or several segments, in other characters.
 */
const isPlain = (segment: string): boolean =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not pass
  !/^$|^\s+\S|\S\s+$|\.$|[;\\?#\x00-\x1f\x7f\ufffd]/.test(segment) &&
  (ASCII.test(segment) || !/^\.\.?$|[\\/]/.test(segment.normalize('NFKC')));

/**
 * The path as it is and after each decoding until nothing changes, since a server between us and
 * the backend may decode too. A lone `%` is itself. None where nobody agrees on what it means.
 */
function readingsOf(path: string): string[] {
  const readings = [path];
  try {
    for (let plain = path; readings.length <= MAX_DECODINGS; readings.push(plain)) {
      const next = plain.replace(/(%[0-9a-f]{2})+/gi, decodeURIComponent);
      if (next === plain) return readings;
      plain = next;
    }
  } catch {
    // Not UTF-8.
  }
  return [];
}

/** None where a backend that ignores case would find another resource than one that does not. */
function longestMatch(indexes: readonly Index[], segments: readonly string[]): string | undefined {
  const alike = segments.map(folded);
  let [exact, caseless]: [Match?, Match?] = [];
  for (const index of indexes)
    for (const match of covering(index, alike)) {
      caseless = longer(caseless, match);
      if (covers(match.pattern, segments)) exact = longer(exact, match);
    }
  return exact?.name === caseless?.name ? exact?.name : undefined;
}

/** Those that cover the path where case does not count. */
function* covering(node: Index, alike: readonly string[], at = 0): Generator<Match> {
  yield* node.ends;
  const segment = alike[at];
  if (segment === undefined) return;
  for (const child of [node.literals?.get(segment), node.parameter])
    if (child) yield* covering(child, alike, at + 1);
}

const longer = (best: Match | undefined, other: Match): Match =>
  !best || isMoreSpecific(other.pattern, best.pattern) ? other : best;

const isParameter = (segment: string): boolean => segment.startsWith('{');

/** Of segments that are as many at least. */
const covers = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.every((part, index) => isParameter(part) || part === segments[index]);

/** Longer wins; at equal length the one that is literal where they first differ. */
function isMoreSpecific(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return left.length > right.length;
  const index = left.findIndex((part, at) => isParameter(part) !== isParameter(right[at] ?? ''));
  return index !== -1 && !isParameter(left[index] ?? '');
}
