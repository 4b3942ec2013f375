/**
 * Which part a signing key has: of each algorithm the youngest whose time has come signs, those before it
 * still verify, and the next one waits until everybody knows it.
 *
 * @module
 */
import { type Instant, isOver, NEVER } from '../time.ts';
import type { PublicKey } from './key-set.ts';

export const PARTS = ['next', 'current', 'previous'] as const;
export type Part = (typeof PARTS)[number];

const isAlive = ({ verifiesUntil = NEVER }: PublicKey, now: Instant) => !isOver(verifiesUntil, now);

/** @returns `undefined` for one that is over. */
export function partOf(key: PublicKey, keys: readonly PublicKey[], now: Instant): Part | undefined {
  if (!isAlive(key, now)) return undefined;
  if (key.signsFrom > now) return 'next';
  const begun = keys.filter(
    (one) => one.alg === key.alg && one.signsFrom <= now && isAlive(one, now),
  );
  return begun.every(({ signsFrom }) => signsFrom <= key.signsFrom) ? 'current' : 'previous';
}
