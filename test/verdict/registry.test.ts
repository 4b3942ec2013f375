/** The registry in parts is the registry. */
import { expect, test } from 'vitest';
import { patternsOf, type Registry, resourceAt } from '../../lib/verdict/registry.ts';

const FIRST = { cdr: ['/cdr'], book: ['/book', '/books/{id}'] };
const SECOND = { book: ['/library/{id}/book'], 'cdr/files': [] };

test.each<[string, Registry, object]>([
  ['none is none', [], {}],
  ['one is itself', [FIRST], FIRST],
  [
    'several are all that is in them, resource by resource',
    [FIRST, SECOND],
    { cdr: ['/cdr'], book: [...FIRST.book, ...SECOND.book], 'cdr/files': [] },
  ],
])('of its parts %s', (_case, parts, all) => expect(patternsOf(parts)).toEqual(all));

test('one part alone is not made anew', () => expect(patternsOf([FIRST])).toBe(FIRST));

test.each([
  ['/cdr/1', 'cdr'],
  ['/library/1/book/2', 'book'],
  ['/cdr/files/3', 'cdr/files'],
  ['/other', undefined],
])('what %s names may be in any of them', (path, resource) => {
  expect(resourceAt([FIRST, SECOND], path)).toBe(resource);
  // What is compiled once says the same again.
  expect(resourceAt([SECOND, FIRST], path)).toBe(resource);
});
