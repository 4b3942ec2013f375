/**
 * Path templates, as both kinds of API have them: `/pets`, `/pets/{id}`, `/pets/{proxy+}`.
 *
 * Precedence, segment by segment from the left: a fixed segment before a variable before a greedy
 * one, so a full match always comes before a greedy match, and a longer greedy prefix before a
 * shorter one.
 *
 * @module
 */
export type PathMatch = Record<string, string>;

const isGreedy = (segment: string) => /^\{.+\+\}$/.test(segment);
const isVariable = (segment: string) => /^\{.+\}$/.test(segment);
const nameOf = (segment: string) => segment.replace(/^\{|\+?\}$/g, '');

export const segmentsOf = (path: string): string[] => path.split('/').slice(1);

/** @returns The path parameters, decoded; or undefined if the path does not match. */
export function matchPath(template: string[], encoded: string[]): PathMatch | undefined {
  const last = template.length - 1;
  const sent = isGreedy(template[last] ?? '') ? mergeFrom(last, encoded) : encoded;
  if (sent.length !== template.length) return undefined;
  const found: PathMatch = {};
  for (const [index, segment] of template.entries()) {
    const value = decodeURIComponent(sent[index] ?? '');
    if (isVariable(segment) ? value === '' : value !== segment) return undefined;
    if (isVariable(segment)) found[nameOf(segment)] = value;
  }
  return found;
}

const mergeFrom = (index: number, segments: string[]): string[] =>
  segments.length > index
    ? [...segments.slice(0, index), segments.slice(index).join('/')]
    : segments;

const rank = (segment: string | undefined): number => {
  if (segment === undefined) return 3;
  if (isGreedy(segment)) return 2;
  return isVariable(segment) ? 1 : 0;
};

/** For sorting: the more specific template first. */
export function compareTemplates(a: string[], b: string[]): number {
  for (let index = 0; index < Math.max(a.length, b.length); index++) {
    const difference = rank(a[index]) - rank(b[index]);
    if (difference !== 0) return difference;
  }
  return 0;
}
