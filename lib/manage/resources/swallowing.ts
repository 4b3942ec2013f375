/**
 * Which pattern would swallow paths of another resource.
 *
 * The longest pattern wins a path. So below `/cdr` there may well be `/cdr/files`, which says so; but
 * `/{any}/files` would take that path from `cdr` without naming it.
 *
 * Patterns of one form have their parameters in the same places. Two forms say which segments a pattern
 * of each must have in common for one to swallow the other, and those are looked up: there are few
 * forms, however many patterns there are.
 *
 * @module
 */

export type Pattern = { name: string; segments: readonly string[] };
/** `at`: its place among all. */
type Placed = { pattern: Pattern; at: number };
type Swallowing = { long: Placed; short: Placed };

/** @returns The first that swallows, and the first of what it swallows, in the order of the patterns. */
export function firstSwallowing(
  patterns: readonly Pattern[],
): { long: Pattern; short: Pattern } | undefined {
  const forms = [
    ...Map.groupBy(
      patterns.map((pattern, at): Placed => ({ pattern, at })),
      ({ pattern }) => formOf(pattern),
    ),
  ];
  const found = forms
    .flatMap(([long, longs]) =>
      forms
        .filter(([short]) => maySwallow(long, short))
        .map(([short, shorts]) => firstBetween(longs, shorts, literalPlaces(long, short))),
    )
    .filter((one) => one !== undefined)
    .reduce<Swallowing | undefined>(earlier, undefined);
  return found && { long: found.long.pattern, short: found.short.pattern };
}

/** Whether some path below the short pattern is the long one's, which is another resource's. */
export const reachesBelow = (long: Pattern, short: Pattern): boolean =>
  long.name !== short.name &&
  long.segments.length >= short.segments.length &&
  short.segments.every((segment, index) => {
    const other = long.segments[index];
    return segment === other || isParameter(segment) || isParameter(other);
  });

const isParameter = (segment: string | undefined): boolean => segment?.startsWith('{') === true;

/** A letter a segment: `p` for a parameter, `l` for a literal one. */
const formOf = ({ segments }: Pattern): string =>
  segments.map((segment) => (isParameter(segment) ? 'p' : 'l')).join('');

const maySwallow = (long: string, short: string): boolean =>
  long.length > short.length && [...short].some((one, at) => one === 'l' && long[at] === 'p');

/** Where both are literal, and so have to be the same. */
const literalPlaces = (long: string, short: string): number[] =>
  [...short].flatMap((one, at) => (one === 'l' && long[at] === 'l' ? [at] : []));

/** Of patterns whose forms let one swallow the other. */
function firstBetween(
  longs: readonly Placed[],
  shorts: readonly Placed[],
  places: readonly number[],
): Swallowing | undefined {
  const keyOf = ({ pattern }: Placed) => places.map((at) => pattern.segments[at]).join('/');
  const firsts = new Map<string, Placed[]>();
  for (const long of longs) {
    const key = keyOf(long);
    const known = firsts.get(key) ?? [];
    // The first of one resource, and the first of any other: one of them is not the short one's.
    const isNew = known.every(({ pattern }) => pattern.name !== long.pattern.name);
    if (isNew && known.length < 2) firsts.set(key, [...known, long]);
  }
  let found: Swallowing | undefined;
  for (const short of shorts) {
    const long = firsts.get(keyOf(short))?.find((one) => one.pattern.name !== short.pattern.name);
    if (long) found = earlier(found, { long, short });
  }
  return found;
}

const earlier = (one: Swallowing | undefined, other: Swallowing): Swallowing =>
  one && (one.long.at - other.long.at || one.short.at - other.short.at) < 0 ? one : other;
