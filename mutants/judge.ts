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
  /** `unmet`: no test runs that code at all. `survived`: none of those tried failed. */
  status: 'killed' | 'survived' | 'unmet';
  /** The file and the test that noticed it. */
  by?: { file: string; test: string };
  /** How many test files were run, of how many that meet it. */
  tried: number;
  meeting: number;
};

/** Of what a file takes without a mutant: an endless loop takes longer, a busy machine does not. */
const PATIENCE = { factor: 5, floor: 30_000 };

/** So many of its own test files are run, whatever they take. */
const OWED = 3;

/** @param budget - Milliseconds of test files, as measured. */
export async function judge(
  mutant: Mutant,
  { session, order, budget }: { session: Session; order: Order; budget: number },
): Promise<Verdict> {
  const candidates = order.candidates(mutant);
  const meeting = candidates.length;
  let [spent, tried] = [0, 0];
  let own = 0;
  for (const { file, milliseconds, isItsOwn } of candidates) {
    const isOwed = tried === 0 || (isItsOwn && own++ < OWED);
    if (!isOwed && spent + milliseconds > budget) continue;
    spent += milliseconds;
    tried++;
    const limit = PATIENCE.floor + PATIENCE.factor * milliseconds;
    const { status, test, error } = await runTwice(session, { file, mutant: mutant.id, limit });
    const killed = status !== 'passed';
    order.note(mutant, file, killed);
    if (killed)
      return { mutant, status: 'killed', by: { file, test: test || error }, tried, meeting };
  }
  return { mutant, status: meeting === 0 ? 'unmet' : 'survived', tried, meeting };
}

/** An error outside of any test may be what the run before left behind: it counts if it comes again. */
async function runTwice(session: Session, run: Run): Promise<Outcome> {
  const outcome = await session.run(run);
  if (outcome.status !== 'failed' || outcome.test) return outcome;
  session.renew();
  return session.run(run);
}
