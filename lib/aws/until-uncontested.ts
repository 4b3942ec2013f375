/**
 * The one retry of an optimistic write: somebody else wrote between our read and our write, so both
 * are done again, up to seven times.
 *
 * Errors: `temporarily_unavailable` once there have been too many of them; what an attempt throws.
 *
 * @module
 */
import { setTimeout } from 'node:timers/promises';
import { unavailable } from '../errors.ts';

/** What an attempt returns when another write came between its read and its own. */
export const CONTESTED: unique symbol = Symbol('contested');

/** As each one lost is a rival's success, so many rivals at once are all done. */
const TRIES = 8;
/** Milliseconds; doubled each time and shortened by chance, so that rivals do not meet again. */
const FIRST_PAUSE = 10;

/**
 * @param what - Is done, for the log.
 * @param attempt - Reads anew, decides anew, writes under a condition. A refusal ends it. It returns
 *        what it wrote, so that nobody reads again for the answer.
 */
export async function untilUncontested<T>(
  what: string,
  attempt: () => Promise<T | typeof CONTESTED>,
  pause: (milliseconds: number) => Promise<unknown> = setTimeout,
): Promise<T> {
  for (let tries = 0; tries < TRIES; tries++) {
    if (tries > 0) await pause(FIRST_PAUSE * 2 ** (tries - 1) * Math.random());
    const outcome = await attempt();
    if (outcome !== CONTESTED) return outcome;
  }
  throw unavailable(`${what} by too many at once`);
}
