/**
 * Which test file is asked first about a mutant: the one that most likely kills it for its time. That is the
 * one which meets most of the mutant's file and little else, until the kills of this run say better.
 *
 * @module
 */
import type { Coverage } from './coverage.ts';
import type { Mutant } from './instrument.ts';

/** Milliseconds that a run costs besides its tests. */
const OVERHEAD = 150;
/** How many outcomes the first guess weighs. */
const WEIGHT = 2;
/** Of the mutants of a file that any one test file meets; and so many are its own. */
const OWN = { share: 0.9, files: 3 };

/** `isItsOwn`: hardly another meets more of the mutant's file, and few less besides. */
export type Candidate = { file: string; milliseconds: number; isItsOwn: boolean };
/** `share`: of the most mutants of the file that any meets. `guess`: how likely a kill is, before the first. */
type Tally = { share: number; guess: number; kills: number; tries: number };
export type Order = ReturnType<typeof orderBy>;

const worth = ({ guess, kills, tries }: Tally, milliseconds: number): number =>
  (kills + WEIGHT * guess) / (tries + WEIGHT) / (milliseconds + OVERHEAD);

const ownOf = (known: Map<string, Tally>, candidates: readonly string[]): string[] =>
  candidates
    .filter((file) => (known.get(file)?.share ?? 0) >= OWN.share)
    .sort((one, other) => (known.get(other)?.guess ?? 0) - (known.get(one)?.guess ?? 0))
    .slice(0, OWN.files);

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
      counts.map(([file, count]) => {
        const [share, focus] = [count / most, count / Math.max(1, met.get(file)?.size ?? 0)];
        return [file, { share, guess: share ** 2 * Math.sqrt(focus), kills: 0, tries: 0 }];
      }),
    );
  };

  return {
    /** Of the files that meet it. */
    candidates: (mutant: Mutant): Candidate[] => {
      const known = talliesOf(mutant.file);
      const meeting = [...met].filter(([, seen]) => seen.has(mutant.key)).map(([file]) => file);
      const own = ownOf(known, meeting);
      return meeting
        .map((file) => {
          const milliseconds = coverage.get(file)?.milliseconds ?? 0;
          const tally = known.get(file);
          const isItsOwn = own.includes(file);
          return { file, milliseconds, isItsOwn, worth: tally ? worth(tally, milliseconds) : 0 };
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
