/**
 * Notes when an API key was last used, and about how often, at most once a minute a key, after the verdict
 * and without a say in it.
 *
 * What is not awaited freezes with the instance when the answer is out, and may thaw an hour later or
 * never. So the write is awaited, but only for a moment: it costs a key's first call in a minute a
 * few milliseconds, and no call more than `PATIENCE`. A failure is a line in the log.
 *
 * @module
 */

import type { Table } from '../aws/table.ts';
import { toAuthError } from '../errors.ts';
import { logRefusal } from '../log.ts';
import { noteUse, USE_RESOLUTION } from '../store/sessions/last-use.ts';
import { isStanding } from '../store/sessions/sessions.ts';
import type { Instant } from '../time.ts';
import type { Caller } from '../verdict/judge.ts';

/** In milliseconds. */
const PATIENCE = 50;
/** Keys that one instance remembers; then it starts anew, at the price of a few vain writes and counts. */
const MAX_REMEMBERED = 10_000;

/** `at`: of the last note. `calls`: since the last that counted. */
type Noted = { at: number; calls: number };

/** @param now - Epoch seconds. @returns Resolves always, within `PATIENCE`. */
export function useRecorder(sessions: Table, now: () => Instant) {
  const noted = new Map<string, Noted>();

  return async function recordUse({ session, key }: Caller): Promise<void> {
    if (!isStanding(session) || session.kind !== 'api-key') return;
    const at = now();
    if (!noted.has(key) && noted.size >= MAX_REMEMBERED) noted.clear();
    const use = noted.get(key) ?? { at: Number.NEGATIVE_INFINITY, calls: 0 };
    noted.set(key, use);
    use.calls += 1;
    if (use.at > at - USE_RESOLUTION) return;
    // Before the write, so that one that fails is not tried at every call.
    use.at = at;
    await atMost(PATIENCE, tell(key, use, at));
  };

  /** What could not be told counts the next time. */
  async function tell(key: string, use: Noted, at: Instant): Promise<void> {
    const { calls } = use;
    use.calls = 0;
    const isCounted = await noteUse(sessions, key, { now: at, calls }).catch(logFailure);
    if (!isCounted) use.calls += calls;
  }
}

async function atMost(milliseconds: number, work: Promise<unknown>): Promise<void> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  await Promise.race([work, late]);
  clearTimeout(timer);
}

const logFailure = (error: unknown): void =>
  logRefusal('use_not_noted', toAuthError(error).said.reason, {});
