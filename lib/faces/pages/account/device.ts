/**
 * A device as people know it, by what its browser says of itself: which anybody may say.
 *
 * @module
 */
import Bowser from 'bowser';

/** @returns `undefined` where nothing can be made of it. */
export function deviceOf(userAgent: string | undefined): string | undefined {
  if (!userAgent) return undefined;
  const { browser, os } = Bowser.parse(userAgent);
  const parts = [browser.name, os.name].filter(Boolean);
  // A program of no browser's: its own name, as far as a line goes.
  return parts.length > 0 ? parts.join(' · ') : userAgent.slice(0, MOST).toWellFormed();
}

const MOST = 60;
