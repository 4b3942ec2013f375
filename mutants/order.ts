/**
 * Which test file is asked first about a mutant: the one that most likely kills it for its time. That is the
 * one which meets most of the mutant's file, until the kills of this run say better.
 *
 * @module
 */
import type { Coverage } from './coverage.ts';
import type { Mutant } from './instrument.ts';

/** Milliseconds that a run costs besides its tests. */
const OVERHEAD = 150;
/** How many outcomes the first guess weighs. */
const WEIGHT = 2;
/** Of the mutants of a file that any one test file meets. */
const OWN = 0.9;

/** `isItsOwn`: hardly another meets more of the mutant's file. */
export type Candidate = { file: string; milliseconds: number; isItsOwn: boolean };
type Tally = { share: number; kills: number; tries: number };
export type Order = ReturnType<typeof orderBy>;

export function orderBy(mutants: readonly Mutant[], coverage: Coverage) {
  const met = new Map([...coverage].map(([file, { mutants: keys }]) => [file, new Set(keys)]));
  const tallies = new Map<string, Map<string, Tally>>();

  const talliesOf = (source: string): Map<string, Tally> => {
    const found = tallies.get(source) ?? first(source);
    tallies.set(source, found);
    return found;
  };
  const first = (source: string): Map<string, Tally> => {
    const keys = mutants.filter(({ file }) => file === source).map(({ key }) => key);
    const counts = [...met].map(
      ([file, seen]) => [file, keys.filter((key) => seen.has(key)).length] as const,
    );
    const most = Math.max(1, ...counts.map(([, count]) => count));
    return new Map(
      counts.map(([file, count]) => [file, { share: count / most, kills: 0, tries: 0 }]),
    );
  };
  const worth = ({ share, kills, tries }: Tally, milliseconds: number): number =>
    (kills + WEIGHT * share ** 2) / (tries + WEIGHT) / (milliseconds + OVERHEAD);

  return {
    /** Of the files that meet it. */
    candidates: (mutant: Mutant): Candidate[] => {
      const known = talliesOf(mutant.file);
      return [...met]
        .filter(([, seen]) => seen.has(mutant.key))
        .map(([file]) => {
          const milliseconds = coverage.get(file)?.milliseconds ?? 0;
          const tally = known.get(file) ?? { share: 0, kills: 0, tries: 0 };
          const isItsOwn = tally.share >= OWN;
          return { file, milliseconds, isItsOwn, worth: worth(tally, milliseconds) };
        })
        .sort((one, other) => other.worth - one.worth);
    },
    note: (mutant: Mutant, file: string, killed: boolean): void => {
      const tally = talliesOf(mutant.file).get(file);
      if (!tally) return;
      tally.tries++;
      if (killed) tally.kills++;
    },
  };
}
