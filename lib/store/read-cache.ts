/**
 * A moment's memory for reads, so that one key called thousands of times a second does not throttle
 * its partition (3,000 consistent read units a second). Off unless VERDICT_CACHE_MS says otherwise.
 *
 * An answer is good for calls that come within that time of the *start* of its read; those which come
 * while it is on its way share it. So no call sees anything older, and a revocation acknowledged that
 * long before a call is seen by it. What is absent is kept like what is there; a fault never is.
 *
 * Units:  milliseconds.
 * Errors: those of the read, to all who share it.
 *
 * @module
 */
import { sha256 } from '../crypto.ts';

/** @param question - What is asked, as plain values. Only its hash is kept. */
export type Remember = <T>(question: unknown, read: () => Promise<T>) => Promise<T>;

/** Then the oldest is forgotten. With what a verdict reads, a few megabytes. */
const MAX_ENTRIES = 1000;

/** @param now - Milliseconds of a clock that does not go back. */
export function readCache(milliseconds: number, now: () => number): Remember {
  const kept = new Map<string, { startedAt: number; answer: Promise<unknown> }>();

  const drop = (key: string, answer: Promise<unknown>) => {
    if (kept.get(key)?.answer === answer) kept.delete(key);
  };
  return <T>(question: unknown, read: () => Promise<T>): Promise<T> => {
    const key = sha256(JSON.stringify(question)).toString('base64');
    const found = kept.get(key);
    if (found && now() - found.startedAt < milliseconds) return found.answer as Promise<T>;
    const startedAt = now();
    const answer = read();
    kept.delete(key);
    kept.set(key, { startedAt, answer });
    answer.catch(() => drop(key, answer));
    const [oldest = ''] = kept.keys();
    if (kept.size > MAX_ENTRIES) kept.delete(oldest);
    return answer;
  };
}
