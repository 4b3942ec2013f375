/**
 * Signing in and signing out go on when the trail cannot be written: an outage of it must neither lock
 * everybody out nor keep a session alive that its owner ends. What is lost is a line in the log and a count
 * (`TrailLost`). Every other change is refused then.
 *
 * Errors: those of the write itself, without its events. One that took too long is not tried again: there
 *         would be no time left for it.
 *
 * @module
 */
import type { Write } from '../aws/transaction.ts';
import { toAuthError } from '../errors.ts';
import { logFault } from '../log.ts';
import { countedOnce } from '../metrics.ts';

export type Loss = { metricNamespace: string; what: 'sign-in' | 'sign-out' };

/** @param write - With its events, and if that fails without them: it has to bear being tried twice. */
export async function goOnUntold<T>(
  events: readonly Write[],
  { metricNamespace, what }: Loss,
  write: (events: readonly Write[]) => Promise<T>,
): Promise<T> {
  try {
    return await write(events);
  } catch (error) {
    if (events.length === 0 || isTimeout(error)) throw error;
    const outcome = await write([]);
    sayLost(error, { metricNamespace, what });
    return outcome;
  }
}

export function sayLost(error: unknown, { metricNamespace, what }: Loss): void {
  const details = { function: what, rule: 'trail' };
  // Of all together: an alarm names one metric, and the line says which it was.
  const line = countedOnce(metricNamespace, 'TrailLost', details, []);
  logFault(toAuthError(error), line);
}

const isTimeout = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'TimeoutError' || isTimeout(error.cause));
