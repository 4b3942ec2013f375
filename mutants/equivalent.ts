/**
 * Mutants that change nothing a caller sees, each with the reason in one line. By their file and texts, as
 * `npm run mutants` prints them, so that a line may move; an entry that fits no mutant any more is an error.
 *
 * @module
 */
import { AUTHORIZER } from './equivalent/authorizer.ts';
import type { Equivalent, Equivalents } from './equivalent/entry.ts';
import { EVERYWHERE } from './equivalent/everywhere.ts';
import { RULES } from './equivalent/rules.ts';
import { SCOPES } from './equivalent/scopes.ts';
import { STORES } from './equivalent/stores.ts';
import { TOKENS } from './equivalent/tokens.ts';
import { VERDICT } from './equivalent/verdict.ts';
import type { Mutant } from './instrument.ts';

export const EQUIVALENT: Equivalents = {
  ...AUTHORIZER,
  ...RULES,
  ...SCOPES,
  ...STORES,
  ...TOKENS,
  ...VERDICT,
};

const isOn = ({ source }: Mutant, on: Equivalent['on'] = ''): boolean =>
  typeof on === 'string' ? source.includes(on) : on.test(source);

const fits = (mutant: Mutant) => (entry: Equivalent) =>
  entry.original === mutant.original &&
  entry.replacement === mutant.replacement &&
  isOn(mutant, entry.on);

export const isEquivalent = (mutant: Mutant, known: Equivalents = EQUIVALENT): boolean =>
  [...(known[mutant.file] ?? []), ...EVERYWHERE].some(fits(mutant));

/** The entries that fit none, one line each. */
export function outdated(mutants: readonly Mutant[], known: Equivalents = EQUIVALENT): string[] {
  return Object.entries(known).flatMap(([file, entries]) => {
    const ofFile = mutants.filter((mutant) => mutant.file === file);
    return entries
      .filter((entry) => !ofFile.some((mutant) => fits(mutant)(entry)))
      .map(({ original, replacement }) => `${file}: ${original} -> ${replacement}`);
  });
}
