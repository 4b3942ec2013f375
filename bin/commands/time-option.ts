/**
 * Until when something lives, as somebody typed it.
 *
 * @module
 */
import { Misuse } from './failure.ts';

/** @returns Epoch seconds; `null` for never. */
export function endOf(text: string): number | null {
  if (text === 'never') return null;
  const milliseconds = Date.parse(text);
  if (Number.isNaN(milliseconds))
    throw new Misuse('--expires must be a date or a time, such as 2030-01-31T12:00:00Z, or never');
  return Math.floor(milliseconds / 1000);
}
