/**
 * What differs between a thing as it is declared and as it is. Lists are compared as sets, as all of them
 * are here; an object such as an ACL is declared as a whole.
 *
 * @module
 */
import type { Members } from './kinds.ts';

export type Difference = { member: string; before: unknown; after: unknown };

export function differences(declared: Members, current: Members): Difference[] {
  return Object.entries(declared)
    .map(([member, after]) => ({ member, before: current[member], after: after ?? undefined }))
    .filter(({ before, after }) => inOrder(before) !== inOrder(after));
}

/** RFC 7396: what is not named in an object is taken away by name. */
export function mergePatchOf(found: readonly Difference[]): Record<string, unknown> {
  return Object.fromEntries(
    found.map(({ member, before, after = null }) => [
      member,
      isObject(before) && isObject(after) ? { ...withNull(before), ...after } : after,
    ]),
  );
}

const withNull = (before: object): object =>
  Object.fromEntries(Object.keys(before).map((name) => [name, null]));

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An empty list or object is one that is not there: the service leaves out some of them. */
function inOrder(value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value))
    return value.length === 0 ? '' : `[${[...new Set(value.map(inOrder))].sort()}]`;
  if (!isObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, one]) => inOrder(one) !== '');
  if (members.length === 0) return '';
  return `{${members
    .map(([name, one]) => `${JSON.stringify(name)}:${inOrder(one)}`)
    .sort()
    .join()}}`;
}
