/**
 * Which pattern would swallow paths of another resource, by holding each against each: slow, and plain to
 * see. What the check of a registry answers is held against it.
 */
import type { Pattern } from '../../../lib/manage/resources/swallowing.ts';
import { OWN_RESOURCES } from '../../../lib/store/directory/own-resources.ts';

type Found = { long: Pattern; short: Pattern };

export function refusedByPairs(patterns: readonly Pattern[]): Found | undefined {
  const own = patterns.filter(({ name }) => Object.hasOwn(OWN_RESOURCES, name));
  for (const long of patterns) {
    const loser = patterns.find((short) => swallows(long, short));
    if (loser) return { long, short: loser };
    const ours = own.includes(long) ? undefined : own.find((short) => reachesBelow(long, short));
    if (ours) return { long, short: ours };
  }
  return undefined;
}

export function firstSwallowingByPairs(patterns: readonly Pattern[]): Found | undefined {
  for (const long of patterns) {
    const short = patterns.find((one) => swallows(long, one));
    if (short) return { long, short };
  }
  return undefined;
}

const isParameter = (segment: string | undefined): boolean => segment?.startsWith('{') === true;

const reachesBelow = (long: Pattern, short: Pattern): boolean =>
  long.name !== short.name &&
  long.segments.length >= short.segments.length &&
  short.segments.every((segment, index) => {
    const other = long.segments[index];
    return segment === other || isParameter(segment) || isParameter(other);
  });

const swallows = (long: Pattern, short: Pattern): boolean =>
  long.segments.length > short.segments.length &&
  reachesBelow(long, short) &&
  short.segments.some(
    (segment, index) => !isParameter(segment) && isParameter(long.segments[index]),
  );
