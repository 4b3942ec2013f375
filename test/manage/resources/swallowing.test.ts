/** Which pattern would swallow paths of another resource, against each held against each; and its cost. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRegistry } from '../../../lib/manage/resources/registry.ts';
import { firstSwallowing, type Pattern } from '../../../lib/manage/resources/swallowing.ts';
import { OWN_RESOURCES } from '../../../lib/store/directory/own-resources.ts';
import { countedReads } from '../../support/data/counted-reads.ts';
import { firstSwallowingByPairs, refusedByPairs } from '../../support/data/swallowing-by-pairs.ts';

const part = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'c', 'd', 'users', 'admin', 'api', 'keys') },
  { weight: 2, arbitrary: fc.constantFrom('{id}', '{x}') },
);
const segments = fc
  .array(part, { minLength: 1, maxLength: 5 })
  .filter((all) => all.some((one) => !one.startsWith('{')));
const name = fc.constantFrom('r1', 'r2', 'r3', 'r4', '7', 'r5', 'r6', 'r7');
const pattern: fc.Arbitrary<Pattern> = fc.record({ name, segments });
const shapeOf = (all: readonly string[]): string => all.join('/').replace(/\{[^}]*\}/g, '{}');

const spelt = (all: Readonly<Record<string, readonly string[]>>): Pattern[] =>
  Object.entries(all).flatMap(([owner, given]) =>
    (given.length > 0 ? given : [`/${owner}`]).map((text) => ({
      name: owner,
      segments: text.slice(1).split('/'),
    })),
  );

function refusalOf(all: Record<string, string[]>): string | undefined {
  try {
    checkRegistry(all);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe('what would swallow paths of another resource', () => {
  test('is what is found by holding each pattern against each: the first, and its first loser', () =>
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 12 }), (patterns) => {
        expect(firstSwallowing(patterns)).toEqual(firstSwallowingByPairs(patterns));
      }),
      { numRuns: 3000 },
    ));

  const entries = fc.uniqueArray(pattern, {
    selector: (one) => shapeOf(one.segments),
    maxLength: 6,
  });
  const registry = fc.tuple(fc.boolean(), entries).map(([isOwnThere, all]) => {
    const own = isOwnThere ? OWN_RESOURCES : {};
    const taken = new Set(spelt(own).map((one) => one.segments.join('/')));
    const free = all.filter((one) => !taken.has(one.segments.join('/')));
    const theirs = Map.groupBy(free, (one) => one.name);
    const listed = [...theirs].map(([owner, its]): [string, string[]] => [
      owner,
      its.map((one) => `/${one.segments.join('/')}`),
    ]);
    const ours = Object.entries(own).map(([owner, its]): [string, string[]] => [owner, [...its]]);
    return Object.fromEntries([...listed, ...ours]);
  });

  test('is refused, and so is what reaches below the paths of Latchkey; nothing else is', () =>
    fc.assert(
      fc.property(registry, (all) => {
        const found = refusedByPairs(spelt(all));
        const told = found && `"${found.long.name}" would swallow paths of ${found.short.name}`;
        expect(refusalOf(all)).toEqual(told && expect.stringContaining(told));
      }),
      { numRuns: 2000 },
    ));
});

describe('the check costs as much more as there are patterns more', () => {
  type Family = readonly [string, (at: number) => string];
  const alternate =
    (one: (at: number) => string, other: (at: number) => string) =>
    (at: number): string =>
      at % 2 === 0 ? one(at) : other(at);
  const families: Family[] = [
    ['side by side', (at) => `r${at}`],
    ['one below the other', (at) => `api/r${Math.floor(at / 2)}${at % 2 === 0 ? '' : '/{id}/x'}`],
    [
      'behind a parameter',
      alternate(
        (at) => `{t}/x${at}/y`,
        (at) => `a${at}/b${at}`,
      ),
    ],
    [
      'behind crossing parameters',
      alternate(
        (at) => `{t}/x${at}/c`,
        (at) => `a${at}/{u}/d/e`,
      ),
    ],
    [
      'each swallowed by each',
      alternate(
        (at) => `{t}/f/x${at}`,
        (at) => `a${at}/f`,
      ),
    ],
  ];
  const patternsOf = (count: number, [, textOf]: Family): Pattern[] =>
    Array.from({ length: count }, (_, at) => ({ name: `n${at}`, segments: textOf(at).split('/') }));
  const readsOf = (patterns: Pattern[], find: typeof firstSwallowing): number => {
    const { value, reads } = countedReads(patterns);
    find(value);
    return reads();
  };

  test.each(families)('%s', (...family) => {
    const few = readsOf(patternsOf(100, family), firstSwallowing);
    const many = readsOf(patternsOf(10_000, family), firstSwallowing);
    expect(many).toBeLessThanOrEqual(110 * few);
    expect(many).toBeGreaterThan(10_000);
  });

  test('and each against each costs the square', () => {
    const [few = 0, many = 0] = [20, 200].map((count) =>
      readsOf(patternsOf(count, ['side by side', (at) => `r${at}`]), firstSwallowingByPairs),
    );
    expect(many).toBeGreaterThan(50 * few);
  });

  test('ten thousand resources pass', () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `s${at % 100}/r${at}`);
    const all = Object.fromEntries(names.map((one) => [one, [`/${one}/{id}`, `/${one}`]]));
    expect(refusalOf({ ...all, ...OWN_RESOURCES } as Record<string, string[]>)).toBeUndefined();
    expect(refusalOf({ ...all, late: ['/{any}/r7/{id}/x'] })).toContain('paths of s7/r7');
  });
});
