/**
 * Mutants that change nothing a caller sees, each with the reason in one line. By their file and texts, as
 * `npm run mutants` prints them, so that a line may move; an entry that fits no mutant any more is an error.
 *
 * @module
 */
import type { Mutant } from './instrument.ts';

export type Equivalent = {
  original: string;
  replacement: string;
  /** A part of its line, where the texts alone stand in the file more than once. */
  on?: string;
  because: string;
};
export type Equivalents = Readonly<Record<string, readonly Equivalent[]>>;

export const EQUIVALENT: Equivalents = {};

const fits = (mutant: Mutant) => (entry: Equivalent) =>
  entry.original === mutant.original &&
  entry.replacement === mutant.replacement &&
  mutant.source.includes(entry.on ?? '');

export const isEquivalent = (mutant: Mutant, known: Equivalents = EQUIVALENT): boolean =>
  (known[mutant.file] ?? []).some(fits(mutant));

/** The entries that fit none, one line each. */
export function outdated(mutants: readonly Mutant[], known: Equivalents = EQUIVALENT): string[] {
  return Object.entries(known).flatMap(([file, entries]) => {
    const ofFile = mutants.filter((mutant) => mutant.file === file);
    return entries
      .filter((entry) => !ofFile.some((mutant) => fits(mutant)(entry)))
      .map(({ original, replacement }) => `${file}: ${original} -> ${replacement}`);
  });
}
