/**
 * The states of a refresh token, and what an exchange makes of them. It stores nothing.
 *
 *   current   works
 *   repeated  was exchanged a moment ago: the same successor again, for a client that lost the answer,
 *             or whose two tabs came at once
 *   reused    was exchanged longer ago: two have it, and one of them is a thief
 *   foreign   not of this grant, whoever made it up
 *
 * Units: epoch seconds.
 *
 * @module
 * @see RFC 9700 §4.14.2 (rotation, and what reuse means)
 */

import { equalInConstantTime, randomSecret, sealed, sha256, unsealed } from '../../crypto.ts';
import type { Refresh } from '../../store/sessions/grants.ts';
import type { Instant } from '../../time.ts';

export type PresentedRefresh = { family: string; secret: string };
export type RefreshState =
  | { status: 'current' }
  | { status: 'repeated'; successor: string }
  | { status: 'reused' }
  | { status: 'foreign' };

/** For so long after an exchange it may be repeated. */
export const GRACE = 30;
/** More exchanges within the grace time than these are not repeated: no client needs it. */
const REMEMBERED = 16;

const fingerprint = (secret: string): string => sha256(secret).toString('base64url');

export function firstRefresh(): { refresh: Refresh; presented: PresentedRefresh } {
  const presented = { family: randomSecret(), secret: randomSecret() };
  const family = fingerprint(presented.family);
  return {
    presented,
    refresh: { family, current: fingerprint(presented.secret), rotations: [] },
  };
}

export function refreshStateOf(
  refresh: Refresh,
  { family, secret }: PresentedRefresh,
  now: Instant,
): RefreshState {
  if (!isOf(refresh.family, family)) return { status: 'foreign' };
  if (isOf(refresh.current, secret)) return { status: 'current' };
  const rotation = refresh.rotations.find(({ from }) => isOf(from, secret));
  if (!rotation || now - rotation.at > GRACE) return { status: 'reused' };
  return { status: 'repeated', successor: unsealed(rotation.sealed, secret) };
}

/** What is to be kept once `secret`, the current one, is exchanged, and its successor. */
export function rotated(
  refresh: Refresh,
  secret: string,
  now: Instant,
): { refresh: Refresh; successor: string } {
  const successor = randomSecret();
  const rotation = { from: refresh.current, at: now, sealed: sealed(successor, secret) };
  const repeatable = refresh.rotations.filter(({ at }) => now - at <= GRACE);
  const rotations = [rotation, ...repeatable].slice(0, REMEMBERED);
  return { refresh: { ...refresh, current: fingerprint(successor), rotations }, successor };
}

const isOf = (kept: string, secret: string): boolean =>
  equalInConstantTime(Buffer.from(kept, 'base64url'), sha256(secret));
