/**
 * Whether a mutant is noticed: the test files that meet it, one after another, until one fails.
 *
 * @module
 */
import type { Mutant } from './instrument.ts';
import type { Order } from './order.ts';
import type { Outcome, Run, Session } from './session.ts';

export type Verdict = {
  mutant: Mutant;
  /**
   * `unmet`: no test runs that code at all. `survived`: none of those tried failed. `late`: one was out
   * of time, and has not been asked alone yet.
   */
  status: 'killed' | 'survived' | 'unmet' | 'late';
  /** The file and the test that noticed it. */
  by?: { file: string; test: string };
  /** How many test files were run, of how many that meet it. */
  tried: number;
  meeting: number;
};

/** Of what a file takes without a mutant: an endless loop takes longer, a busy machine does not. */
const PATIENCE = { factor: 5, floor: 30_000 };

/** `budget`: milliseconds of test files, as measured. `alone`: nothing else of this run is busy. */
export type Court = { session: Session; order: Order; budget: number; alone?: boolean };

export async function judge(
  mutant: Mutant,
  { session, order, budget, alone = false }: Court,
): Promise<Verdict> {
  const candidates = order.candidates(mutant);
  const meeting = candidates.length;
  let [spent, tried] = [0, 0];
  for (const { file, milliseconds, isItsOwn } of candidates) {
    const isOwed = tried === 0 || isItsOwn;
    if (!isOwed && spent + milliseconds > budget) continue;
    spent += milliseconds;
    tried++;
    const limit = PATIENCE.floor + PATIENCE.factor * milliseconds;
    const { status, test, error } = await runTwice(session, { file, mutant: mutant.id, limit });
    const by = { file, test: test || error };
    if (status === 'timeout' && !alone) return { mutant, status: 'late', by, tried, meeting };
    const killed = status !== 'passed';
    order.note(mutant, file, killed);
    if (killed) return { mutant, status: 'killed', by, tried, meeting };
  }
  return { mutant, status: meeting === 0 ? 'unmet' : 'survived', tried, meeting };
}

/**
 * Once more, in a process of its own, those that were `late`: an endless loop is late again, a machine that
 * had other work to do is not. Only a second time-out is a kill.
 */
export async function judgeLate(verdicts: readonly Verdict[], court: Court): Promise<Verdict[]> {
  const last: Verdict[] = [];
  for (const verdict of verdicts) {
    const isLate = verdict.status === 'late';
    if (isLate) court.session.renew();
    last.push(isLate ? await judge(verdict.mutant, { ...court, alone: true }) : verdict);
  }
  return last;
}

/** An error outside of any test may be what the run before left behind: it counts if it comes again. */
async function runTwice(session: Session, run: Run): Promise<Outcome> {
  const outcome = await session.run(run);
  if (outcome.status !== 'failed' || outcome.test) return outcome;
  session.renew();
  return session.run(run);
}
