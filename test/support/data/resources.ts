/** Random registries of resources, paths to try on them, and a naive model of which one is named. */
import fc from 'fast-check';

const WORDS = ['cdr', 'files', 'book', 'a', 'b', '..a', 'constructor', 'CDR', 'Files', 'A'];
const word = fc.constantFrom(...WORDS);
const part = fc.oneof(
  { weight: 3, arbitrary: word },
  { weight: 1, arbitrary: fc.constant('{id}') },
);
const pattern = fc
  .array(part, { minLength: 1, maxLength: 4 })
  .filter((parts) => parts.some((one) => !one.startsWith('{')));
/** Each pattern has one owner, whatever its case, as lib/manage/resources/registry.ts sees to. */
export const registry: fc.Arbitrary<[string, string[]][]> = fc
  .uniqueArray(pattern, {
    selector: (parts) => parts.join('/').toLowerCase(),
    minLength: 1,
    maxLength: 8,
  })
  .chain((patterns) =>
    fc
      .shuffledSubarray(patterns, { minLength: patterns.length })
      .map((all) =>
        all.map((parts, index): [string, string[]] => [`r${index}`, [`/${parts.join('/')}`]]),
      ),
  );
export const path = fc
  .array(fc.oneof(word, fc.constantFrom('x', '1', '{id}')), { minLength: 1, maxLength: 6 })
  .map((segments) => `/${segments.join('/')}`);

/** What the path names, if it names the same to a backend that ignores case. */
export function model(entries: readonly [string, string[]][], given: string): string | undefined {
  const folded = entries.map(([name, patterns]): [string, string[]] => [
    name,
    patterns.map((one) => one.toLowerCase()),
  ]);
  const named = spelt(entries, given);
  return named === spelt(folded, given.toLowerCase()) ? named : undefined;
}

/** Ranks every pattern that covers the path: more segments first, then literal before parameter. */
function spelt(entries: readonly [string, string[]][], given: string): string | undefined {
  const segments = given.split('/').slice(1);
  const ranked = entries
    .flatMap(([name, patterns]) =>
      patterns.map((one) => ({ name, parts: one.split('/').slice(1) })),
    )
    .filter(
      ({ parts }) =>
        parts.length <= segments.length &&
        parts.every((one, index) => one === '{id}' || one === segments[index]),
    )
    .map(({ name, parts }) => ({
      name,
      rank: `${parts.length}${parts.map((one) => (one === '{id}' ? '0' : '1')).join('')}`,
    }))
    .sort((left, right) => (left.rank < right.rank ? 1 : -1));
  return ranked[0]?.name;
}
