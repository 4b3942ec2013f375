/**
 * Patterns of resources as the wildcards of a policy, where `*` is any text, slashes too, and `?` any
 * one character. There are no classes of characters and no quotation, and a denial always wins; so
 * where a pattern cannot be told exactly, what is allowed is told too narrow and what is denied too
 * wide.
 *
 * In and out: paths without their leading slash.
 *
 * @module
 * @see IAM User Guide, "Using wildcards in resource ARNs"; API Gateway matches them with case
 */

/** `{name}` is any one segment, as in resource.ts. */
export type Segments = readonly string[];

export const isParameter = (segment: string | undefined): boolean =>
  segment?.startsWith('{') === true;

/** With more in it, IAM might take the pattern for another one. */
const SPELLABLE = /^[A-Za-z0-9._~@!'(),=+-]+$/;
export const isSpellable = (pattern: Segments): boolean =>
  pattern.every((part) => isParameter(part) || SPELLABLE.test(part));

/** The path, and all below it. A last `{name}` is any text, which has what is below in it. */
const withBelow = (parts: Segments): string[] => {
  const path = parts.join('/');
  return parts.at(-1) === ANY ? [path] : [path, `${path}/*`];
};

/** At least one character, or an empty segment would pass. */
const ANY = '?*';
const spelt = (part: string): string => (isParameter(part) ? ANY : part);

export const allowedGlobs = (pattern: Segments): string[] => withBelow(pattern.map(spelt));

/**
 * What `allowedGlobs` says too much: a `{name}` before a literal segment stands for one segment, and
 * the wildcard in its place for several. A path that repeats that literal is lost with it.
 */
export const guardGlobs = (pattern: Segments): string[] =>
  pattern.flatMap((part, index) =>
    isParameter(part) && index + 1 < pattern.length && !isParameter(pattern[index + 1])
      ? withBelow([...pattern.slice(0, index), part, ...pattern.slice(index)].map(spelt))
      : [],
  );

/** Whether the first one wins paths that the second one has, to a backend that ignores case too. */
export function winsFrom(pattern: Segments, other: Segments): boolean {
  const shared = Math.min(pattern.length, other.length);
  for (let index = 0; index < shared; index++) {
    const [one = '', two = ''] = [pattern[index], other[index]];
    const same = one.toLowerCase() === two.toLowerCase();
    if (!same && !isParameter(one) && !isParameter(two)) return false;
  }
  if (pattern.length !== other.length) return pattern.length > other.length;
  const differing = pattern.findIndex((part, at) => isParameter(part) !== isParameter(other[at]));
  return differing !== -1 && !isParameter(pattern[differing]);
}

/**
 * What a pattern that is denied takes out of an allowed one, in any spelling: resource.ts refuses
 * `/cdr/FILES`, and so must this. A policy cannot say "in any case", so each letter is any character
 * but the first one, which is written out both ways: without that, `/cdr/12345` were lost as well.
 */
export function deniedGlobs(pattern: Segments, within: Segments): string[] {
  const fixed = (index: number): boolean => index < within.length && !isParameter(within[index]);
  const first = pattern.findIndex((part, index) => !fixed(index) && !isParameter(part));
  return firstLetters(pattern[first] ?? '').flatMap((letter) =>
    withBelow(
      pattern.map((part, index) => {
        if (fixed(index)) return within[index] ?? '';
        if (isParameter(part)) return ANY;
        return index === first ? letter + anyCase(part.slice(1)) : anyCase(part);
      }),
    ),
  );
}

const anyCase = (text: string): string => text.replace(/[^0-9._~-]/g, '?');

/** K has a third spelling, the sign for kelvin, as far as lower case goes. */
const firstLetters = ([letter = '']: string): string[] =>
  /[a-jl-z]/i.test(letter) ? [letter.toLowerCase(), letter.toUpperCase()] : [anyCase(letter)];

/** Texts that make a path mean different things to different servers; resource.ts has the reasons. */
export const TRICKS: readonly string[] = [
  '*//*',
  '*./*',
  '*.',
  '*;*',
  '*#*',
  '*\\*',
  '*%*',
  '* ',
  '* /*',
  '*/ *',
];
