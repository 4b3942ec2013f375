/**
 * What is declared, as the service keeps it, where it writes something in another way than it may be said:
 * else applying it would never come to an end.
 *
 * @module
 */
import { ACCENT, lighter } from '../../../lib/manage/brands/readable.ts';
import type { Members } from './kinds.ts';

export const asKept = (members: Members): Members =>
  isObject(members['brand']) ? { ...members, brand: brandAsKept(members['brand']) } : members;

/** Who names one accent gets a lighter shade of it for the dark scheme. */
function brandAsKept(brand: Members): Members {
  const accent = colourIn(brand['accent']);
  const accentDark = colourIn(brand['accentDark']) ?? (accent && lighter(accent));
  return { ...brand, ...(accent && { accent }), ...(accentDark && { accentDark }) };
}

const colourIn = (said: unknown): string | undefined =>
  typeof said === 'string' && ACCENT.test(said) ? said.toLowerCase() : undefined;

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null;
