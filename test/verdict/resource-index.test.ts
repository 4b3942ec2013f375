/** Patterns compiled, whole or in pieces, against every pattern tried; and what a path costs. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstSegmentOf } from '../../lib/store/named/pieces.ts';
import {
  firstSegmentsOf,
  indexOf,
  type Patterns,
  resourceIn,
  resourceOf,
} from '../../lib/verdict/resource.ts';
import { countedReads } from '../support/data/counted-reads.ts';
import { resourceByScan } from '../support/data/resource-by-scan.ts';

const WORDS = ['a', 'A', 'b', 'B', 'files', 'Files', 'constructor', '__proto__', 'é', 'É', 'ΑΣ'];
/** Of a path alone: no pattern has them. */
const ALIKE = ['file\u017f', '\ufb01les', 'F\u0131LES', '\uff21', '\u2025', 'a\uff0fb'];
const PARAMETERS = ['{id}', '{ID}', '{other}'];
const TRICKS = [
  '..',
  '.',
  '',
  '%61',
  '%41',
  '%2561',
  'a%2fb',
  'A%252fb',
  '%2e%2e',
  'a;',
  ' a',
  'a.',
];
const NAMES = ['r1', 'r2', '7', '10', 'constructor', '__proto__', 'a', 'a/b', 'A/b'];

const word = fc.constantFrom(...WORDS);
const parameter = fc.constantFrom(...PARAMETERS);
const part = fc.oneof({ weight: 3, arbitrary: word }, { weight: 2, arbitrary: parameter });
const pattern = fc
  .array(part, { minLength: 1, maxLength: 4 })
  .map((segments) => `/${segments.join('/')}`);
/** Others than may be registered, too: shapes that two resources share, and nothing but parameters. */
const patterns: fc.Arbitrary<Patterns> = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), fc.array(pattern, { maxLength: 4 })), { maxLength: 6 })
  .map((entries) => Object.fromEntries(entries));

const odd = fc.constantFrom(...TRICKS, ...ALIKE, ...PARAMETERS, 'x', '1');
const path = fc
  .array(fc.oneof({ weight: 6, arbitrary: word }, { weight: 1, arbitrary: odd }), { maxLength: 6 })
  .map((segments) => `/${segments.join('/')}`);

const spelt = (given: Patterns): [string, string][] =>
  Object.entries(given).flatMap(([name, all]) =>
    (all.length > 0 ? all : [`/${name}`]).map((text): [string, string] => [name, text]),
  );

function together(entries: readonly (readonly [string, string])[]): Patterns {
  const byName = Map.groupBy(entries, ([name]) => name);
  return Object.fromEntries([...byName].map(([name, all]) => [name, all.map(([, text]) => text)]));
}

const shapeOf = (text: string): string => text.toLowerCase().replace(/\{[^}]*\}/g, '{}');

describe('compiled patterns', () => {
  test('name what trying every pattern names, however path and registry are written', () =>
    fc.assert(
      fc.property(patterns, path, (given, asked) => {
        expect(resourceOf(given, asked)).toBe(resourceByScan(given, asked));
      }),
      { numRuns: 3000 },
    ));

  test('name the same in pieces by the first segment, of which the path says which are needed', () =>
    fc.assert(
      fc.property(patterns, path, (given, asked) => {
        const pieces = Map.groupBy(spelt(given), ([, text]) => firstSegmentOf(text));
        const needed = [undefined, ...firstSegmentsOf(asked)].flatMap((first) => {
          const piece = pieces.get(first);
          return piece ? [indexOf(together(piece))] : [];
        });
        expect(resourceIn(needed, asked)).toBe(resourceByScan(given, asked));
      }),
      { numRuns: 3000 },
    ));

  test('name the same in any pieces and any order where no two share a shape', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.constantFrom(...NAMES), pattern, fc.nat({ max: 2 })), {
          selector: ([, text]) => shapeOf(text),
        }),
        path,
        (entries, asked) => {
          const whole = together(entries.map(([name, text]) => [name, text]));
          const pieces = Map.groupBy(entries, ([, , piece]) => piece).values();
          const indexes = [...pieces].map((piece) =>
            indexOf(together(piece.map(([name, text]) => [name, text]))),
          );
          const named = resourceByScan(whole, asked);
          expect(resourceIn(indexes, asked)).toBe(named);
          expect(resourceIn(indexes.toReversed(), asked)).toBe(named);
        },
      ),
      { numRuns: 2000 },
    ));

  test('name nothing where there are none', () => {
    expect(resourceIn([], '/a')).toBeUndefined();
    expect(resourceIn([indexOf({})], '/constructor')).toBeUndefined();
  });
});

describe('the first segments of a path', () => {
  test.each<[string, string[]]>([
    ['/cdr/files', ['cdr']],
    ['/CDR', ['cdr']],
    ['/cdr/', ['cdr']],
    ['/%63dr/files', ['%63dr', 'cdr']],
    ['/%43DR/files', ['%43dr', 'cdr']],
    ['/a%252fb', ['a%252fb', 'a%2fb', 'a']],
    ['/__proto__/x', ['__proto__']],
    ['/', []],
    ['', []],
    ['cdr', []],
    ['//cdr', []],
    ['/cdr/../x', []],
    ['/cdr/%2e%2e/x', []],
    ['/cdr/%ff', []],
    [`/cdr/%${'25'.repeat(10)}41`, []],
  ])('%s has %j', (given, segments) => expect(firstSegmentsOf(given)).toEqual(segments));

  test.each([
    ['/Cdr/files', 'cdr'],
    ['/cdr', 'cdr'],
    ['/{id}/files', undefined],
  ])('of the pattern %s is %s', (given, segment) => expect(firstSegmentOf(given)).toBe(segment));
});

describe('a path costs at most twice the steps for a hundred times the resources', () => {
  type Family = readonly [string, (at: number) => string, string[]];
  const families: Family[] = [
    ['side by side', (at) => `/r${at}`, ['/r7', '/r7/1', '/R7', '/none']],
    ['below one', (at) => `/api/v1/r${at}/{id}`, ['/api/v1/r7/1/2', '/api/v1/R7/1', '/api/v1']],
    ['below many', (at) => `/s${at % 50}/r${at}/{id}/x`, ['/s7/r7/1/x', '/s7/r7/1/y/z', '/s7/%72']],
    ['below a parameter', (at) => `/{tenant}/r${at}`, ['/t/r7', '/t/r7/1', '/t/none']],
    ['spelt alike', (at) => `/a/{p${at}}`, ['/a/1', '/a/1/b', '/A/1']],
    ['below any two', (at) => `/{a}/{b}/r${at}/{c}`, ['/1/2/r7/3/4', '/1%2f2/2/r7/3', '/1/2']],
  ];
  const stepsOf = (count: number, [, patternOf]: Family, asked: string): number => {
    const entries = Array.from({ length: count }, (_, at) => [`n${at}`, [patternOf(at)]] as const);
    const { value, reads } = countedReads(indexOf(Object.fromEntries(entries)));
    resourceIn([value], asked);
    return reads();
  };

  test.each(families)('%s', (...family) => {
    for (const asked of family[2]) {
      const few = stepsOf(100, family, asked);
      expect(few, asked).toBeGreaterThan(0);
      expect(stepsOf(10_000, family, asked), asked).toBeLessThanOrEqual(2 * few);
    }
  });

  test('and trying every pattern does not', () => {
    const reads = [100, 10_000].map((count) => {
      const entries = Array.from({ length: count }, (_, at) => [`n${at}`, [`/r${at}`]] as const);
      const counted = countedReads(Object.fromEntries(entries));
      resourceByScan(counted.value, '/r7');
      return counted.reads();
    });
    expect(reads[1]).toBeGreaterThan(50 * (reads[0] ?? 0));
  });
});
