/**
 * Which resource a path names, by trying every pattern: slow, and plain to see. What the index answers
 * is held against it.
 */
import type { Patterns } from '../../../lib/verdict/resource.ts';

const MAX_DECODINGS = 4;

export function resourceByScan(patterns: Patterns, path: string): string | undefined {
  const [resource, ...others] = readingsOf(path).map((reading) => {
    const segments = segmentsOf(reading);
    return segments && longestMatch(patterns, segments);
  });
  return others.every((other) => other === resource) ? resource : undefined;
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
  !/^\.\.?$|[\\/]/.test(segment.normalize('NFKC'));

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

const alike = (segment: string): string => segment.normalize('NFKC').toUpperCase().toLowerCase();

type Match = { name: string; pattern: readonly string[] };

/** None where a backend that ignores case would find another resource than one that does not. */
function longestMatch(patterns: Patterns, segments: readonly string[]): string | undefined {
  const folded = segments.map(alike);
  let [exact, caseless]: [Match?, Match?] = [];
  for (const [name, given] of Object.entries(patterns)) {
    for (const text of given.length > 0 ? given : [`/${name}`]) {
      const loose = { name, pattern: text.slice(1).split('/').map(alike) };
      // What does not match where case does not count does not match at all.
      if (!covers(loose.pattern, folded)) continue;
      caseless = longer(caseless, loose);
      const strict = { name, pattern: text.slice(1).split('/') };
      if (covers(strict.pattern, segments)) exact = longer(exact, strict);
    }
  }
  return exact?.name === caseless?.name ? exact?.name : undefined;
}

const longer = (best: Match | undefined, other: Match): Match =>
  !best || isMoreSpecific(other.pattern, best.pattern) ? other : best;

const isParameter = (segment: string): boolean => segment.startsWith('{');

const covers = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length <= segments.length &&
  pattern.every((part, index) => isParameter(part) || part === segments[index]);

/** Longer wins; at equal length the one that is literal where they first differ. */
function isMoreSpecific(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return left.length > right.length;
  const index = left.findIndex((part, at) => isParameter(part) !== isParameter(right[at] ?? ''));
  return index !== -1 && !isParameter(left[index] ?? '');
}
