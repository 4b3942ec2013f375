/**
 * JSON can spell half of a surrogate pair ("\ud800"), which is no character: it can be neither stored nor
 * compared, and has no UTF-8. And it can spell U+FFFD, which stands for anything (lib/utf8.ts).
 *
 * @module
 * @see RFC 8259 §8.2 (unpredictable), RFC 7493 §2.1 (must not be sent)
 */
import { isExact } from '../utf8.ts';

/** @returns The first member that holds such a half anywhere, its own name included. */
export const illFormedMember = (json: object): string | undefined =>
  Object.entries(json).find((member) => !isWellFormed(member))?.[0];

/** Not recursive: 64 KB of brackets nest deeper than the stack. */
function isWellFormed(json: unknown): boolean {
  const values: unknown[] = [json];
  // The loop also visits what it adds.
  for (const value of values) {
    if (typeof value === 'string' && !isExact(value)) return false;
    if (typeof value !== 'object' || value === null) continue;
    values.push(...(Array.isArray(value) ? value : Object.entries(value).flat()));
  }
  return true;
}
