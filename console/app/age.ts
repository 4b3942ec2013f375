/**
 * How long ago something was, in words.
 *
 * @module
 */
const UNITS = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
] as const;

/** @param seconds - In the largest unit of which there is one. */
export function ageIn(seconds: number): string {
  const [length, unit] = UNITS.find(([length]) => seconds >= length) ?? [1, 'second'];
  const count = Math.floor(seconds / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
