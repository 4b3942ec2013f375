/** What no way of writing a path may reach. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Patterns, resourceOf } from '../../lib/verdict/resource.ts';
import { model, path, registry } from '../support/data/resources.ts';

/** Each changes how a path is written, as attackers do. */
const TRICKS: readonly ((given: string, at: number) => string)[] = [
  (given, at) => insert(given, at, '/.'),
  (given, at) => insert(given, at, '/x/..'),
  (given, at) => insert(given, at, '/..'),
  (given, at) => insert(given, at, '/'),
  (given, at) => insert(given, at, '/..;'),
  (given, at) => insert(given, at, '/;v=1'),
  (given, at) => `${given.slice(0, at)}\\${given.slice(at)}`,
  (given, at) => `${given.slice(0, at)}?${given.slice(at)}`,
  (given, at) => `${given.slice(0, at)}#${given.slice(at)}`,
  (given, at) => `${given.slice(0, at)}\0${given.slice(at)}`,
  (given, at) => `${given.slice(0, at)}\r\n${given.slice(at)}`,
  (given) => given.replaceAll('/', '\\'),
];
/** Puts the text before a slash, or at the end. */
function insert(given: string, at: number, text: string): string {
  const slash = given.indexOf('/', at);
  return slash === -1 ? given + text : given.slice(0, slash) + text + given.slice(slash);
}
const encoded = (character: string): string =>
  [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
/** Encodes the characters that the mask picks, and their encoding again as often as told. */
const encode = (given: string, mask: readonly boolean[], times: number): string =>
  Array.from({ length: times }).reduce<string>(
    (text) =>
      [...text].map((one, index) => (mask[index % mask.length] ? encoded(one) : one)).join(''),
    given,
  );
/** A byte-wise decoder, lenient as many servers are; the paths here are ASCII. */
const decodeOnce = (given: string): string =>
  given.replace(/%([0-9a-f]{2})/gi, (_all, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
const mask = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });

describe('a path written by a trick', () => {
  test('however encoded, and however often, names what it means in full, or nothing', () =>
    fc.assert(
      fc.property(registry, path, mask, fc.integer({ min: 1, max: 6 }), (entries, given, at, n) => {
        const named = resourceOf(Object.fromEntries(entries), `/${encode(given.slice(1), at, n)}`);
        expect([model(entries, given), undefined]).toContain(named);
      }),
      { numRuns: 500 },
    ));

  test('names nothing once it holds dot or empty segments, backslashes, `?`, `#` or controls', () =>
    fc.assert(
      fc.property(
        registry,
        path,
        fc.constantFrom(...TRICKS),
        fc.nat({ max: 20 }),
        mask,
        fc.integer({ min: 0, max: 3 }),
        (entries, given, trick, at, encodedAt, times) => {
          const tricked = trick(given, at % given.length);
          fc.pre(tricked !== `${given}/`);
          const sent = encode(tricked.slice(1), encodedAt, times);
          expect(resourceOf(Object.fromEntries(entries), `${tricked[0]}${sent}`)).toBeUndefined();
        },
      ),
      { numRuns: 500 },
    ));

  test('names the same resource to whoever decodes it once, twice or not at all', () =>
    fc.assert(
      fc.property(registry, path, mask, mask, (entries, given, first, second) => {
        const patterns = Object.fromEntries(entries);
        const twice = `/${encode(encode(given.slice(1), first, 1), second, 1)}`;
        const named = resourceOf(patterns, twice);
        const once = decodeOnce(twice);
        const meanings = [once, decodeOnce(once)].map((reading) => model(entries, reading));
        expect(named === undefined || meanings.every((meaning) => meaning === named)).toBe(true);
      }),
      { numRuns: 1000 },
    ));

  test('names nothing where one decoding less would name another resource', () => {
    const patterns: Patterns = { outer: ['/x/{id}/y'], inner: ['/x/{id}/z'] };
    expect(resourceOf(patterns, '/x/1/y')).toBe('outer');
    expect(resourceOf(patterns, '/x/1%252fy%2fz/y')).toBeUndefined();
  });

  const patterns: Patterns = { cdr: [], 'cdr/files': [], book: [] };
  test.each([
    ['a dot segment', '/book/../cdr'],
    ['an encoded dot segment', '/book/%2e%2e/cdr'],
    ['a half-encoded dot segment', '/book/.%2E/cdr'],
    ['an encoded slash', '/book%2f..%2fcdr'],
    ['a twice encoded slash', '/book/..%252fcdr'],
    ['a dot segment with a parameter', '/book/..;/cdr'],
    ['an encoded parameter', '/book/..%3bx=1/cdr'],
    ['a backslash', '/book/..\\cdr'],
    ['an encoded backslash', '/book/..%5ccdr'],
    ['two slashes', '/book//cdr'],
    ['two slashes at the start', '//cdr'],
    ['two slashes at the end', '/cdr//'],
    ['a query', '/cdr?/files'],
    ['an encoded query', '/cdr/x%3fy'],
    ['a twice encoded query', '/cdr/x%253Fy'],
    ['a fragment', '/cdr/#x'],
    ['an encoded fragment', '/cdr%23/files'],
    ['a literal segment in capitals', '/cdr/FILES'],
    ['a literal segment in encoded capitals', '/cdr/%46ILES'],
    ['a blank at the start of a name', '/cdr/%20x'],
    ['blanks at the start of a name', '/cdr/%20%20x'],
    ['a blank at the end of a name', '/cdr/x%20'],
    ['blanks at the end of a name', '/cdr/x%20%20'],
    ['blanks at the end of a name within', '/book%20%20/1'],
    ['a dot at the end of a name', '/cdr/x.'],
    ['NUL', '/cdr%00'],
    ['NUL before a suffix', '/cdr%00.png'],
    ['a line break', '/cdr%0a'],
    ['an overlong UTF-8 slash', '/book%c0%af..%c0%afcdr'],
    ['a byte that is not UTF-8', '/cdr/%ff'],
    ['a literal segment in disguise', '/cdr/%66iles'],
    ['a literal segment in double disguise', '/cdr/%2566iles'],
    ['a slash that makes a longer pattern match', '/cdr%2ffiles'],
    ['an encoding too deep to follow', `/cdr/%${'25'.repeat(10)}41`],
    ['one that is a step too deep', '/cdr/%25252541'],
  ])('%s names nothing', (_case, given) => expect(resourceOf(patterns, given)).toBeUndefined());

  test.each([
    ['a lone percent sign', '/book/100%', 'book'],
    ['a blank', '/book/a%20b', 'book'],
    ['a letter beyond ASCII', '/book/%C3%A9', 'book'],
    ['dots within a name', '/book/a..b', 'book'],
    ['an encoded letter that changes nothing', '/book/%41', 'book'],
    ['one that was encoded three times', '/book/%252541', 'book'],
  ])('but %s is no trick', (_case, given, resource) =>
    expect(resourceOf(patterns, given)).toBe(resource),
  );
});
