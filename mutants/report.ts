/** What a run found, for people and for programs. */
import type { Mutant } from './instrument.ts';
import type { Verdict } from './judge.ts';

/** Percent of the mutants that a caller would notice; what a room has to reach. */
export const TARGET = 95;

export type Score = {
  room: string;
  killed: number;
  survived: number;
  /** Met by no test. */
  unmet: number;
  /** Listed in equivalent/, and not run. */
  equivalent: number;
  /** Percent; 100 where nothing was run. */
  score: number;
};

export function scoreOf(room: string, verdicts: readonly Verdict[], equivalent: number): Score {
  const count = (status: Verdict['status']): number =>
    verdicts.filter((verdict) => verdict.status === status).length;
  const killed = count('killed');
  const score = verdicts.length === 0 ? 100 : (100 * killed) / verdicts.length;
  return { room, killed, survived: count('survived'), unmet: count('unmet'), equivalent, score };
}

export const asLine = ({ file, line, original, replacement }: Mutant): string =>
  `${file}:${line}\n  - ${short(original)}\n  + ${short(replacement)}`;

/** @param verdict - Of one that was not killed. */
export const asSurvivor = ({ mutant, status, tried, meeting }: Verdict): string =>
  `${asLine(mutant)}\n    ${SAID[status](tried, meeting)}`;

const SAID: Record<Verdict['status'], (tried: number, meeting: number) => string> = {
  killed: () => 'noticed',
  survived: (tried, meeting) => `${tried} of ${meeting} test files run it and pass`,
  unmet: () => 'no test runs this',
  late: () => 'a test file was out of time: it is asked once more, alone',
};

export function asTable(scores: readonly Score[]): string {
  const rows = scores.map(({ room, killed, survived, unmet, equivalent, score }) =>
    [
      room.padEnd(12),
      ...[killed, survived, unmet, equivalent].map((n) => String(n).padStart(10)),
      score.toFixed(1).padStart(8),
    ].join(''),
  );
  const head = `${'room'.padEnd(12)}    killed  survived     unmet equivalent   score`;
  return [head, ...rows].join('\n');
}

/** A whole function in one line would hide the next survivor. */
const short = (text: string): string => (text.length <= 160 ? text : `${text.slice(0, 157)}...`);
