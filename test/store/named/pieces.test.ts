/** What falls into pieces is whole again: names, order of patterns, and which of them are the default ones. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Content } from '../../../lib/store/named/content.ts';
import {
  ANY_SEGMENT,
  type Patterns,
  patternsOf,
  pieceOf,
  piecesByName,
  piecesOfRegistry,
  registryOf,
} from '../../../lib/store/named/pieces.ts';
import { firstSegmentsOf, indexOf, resourceIn, resourceOf } from '../../../lib/verdict/resource.ts';

const word = fc.constantFrom('a', 'A', 'b', 'files', 'Files', 'é', 'constructor', '10', '9');
const parameter = fc.constantFrom('{id}', '{other}');
const pattern = fc
  .array(fc.oneof({ weight: 3, arbitrary: word }, { weight: 1, arbitrary: parameter }), {
    minLength: 1,
    maxLength: 3,
  })
  .map((segments) => `/${segments.join('/')}`);
const name = fc
  .array(word, { minLength: 1, maxLength: 2 })
  .map((segments) => segments.join('/'))
  .filter((text) => text !== 'constructor');
const registry: fc.Arbitrary<Patterns> = fc.dictionary(name, fc.uniqueArray(pattern), {
  maxKeys: 12,
});
/** No pattern is two resources', not even in another case: as it is of a registry that was checked. */
const checked = registry.filter((patterns) => {
  const shapes = Object.entries(patterns).flatMap(([resource, given]) =>
    (given.length > 0 ? given : [`/${resource}`]).map((one) =>
      one.replaceAll(/\{[^}]*\}/g, '{}').toLowerCase(),
    ),
  );
  return new Set(shapes).size === shapes.length;
});

test('a registry in pieces is the registry, each resource with its patterns in their order', () =>
  fc.assert(
    fc.property(registry, (patterns) => {
      const pieces = piecesOfRegistry(patterns);
      expect(registryOf(Object.values(pieces))).toEqual({ ...patterns });
    }),
  ));

test('its pieces do not depend on the order in which resources were registered', () =>
  fc.assert(
    fc.property(registry, (patterns) => {
      const turned = Object.fromEntries(Object.entries(patterns).reverse());
      expect(piecesOfRegistry(turned)).toEqual(piecesOfRegistry(patterns));
    }),
  ));

test('the pieces of a path’s first segments, and that of parameters, say of it what the whole says', () =>
  fc.assert(
    fc.property(checked, pattern, (patterns, given) => {
      const path = given.replaceAll(/[{}]/g, '');
      const pieces = piecesOfRegistry(patterns);
      const needed = new Set([ANY_SEGMENT, ...firstSegmentsOf(path).map(pieceOf)]);
      const read = [...needed].flatMap((piece): Content[] =>
        pieces[piece] ? [pieces[piece]] : [],
      );
      expect(
        resourceIn(
          read.map((piece) => indexOf(patternsOf(piece))),
          path,
        ),
      ).toBe(resourceOf(patterns, path));
    }),
  ));

test('there are 32 pieces of names at most, and each name is in one that depends on nothing else', () => {
  const names = Array.from({ length: 5000 }, (_, index) => `role-${index}`);
  const pieces = piecesByName(Object.fromEntries(names.map((one) => [one, one])));
  expect(Object.keys(pieces)).toHaveLength(32);
  for (const one of names) expect(pieces[pieceOf(one)]).toHaveProperty([one], one);
});
