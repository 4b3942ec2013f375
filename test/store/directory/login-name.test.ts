/** The one form of a login name (RFC 8265 §3.3, RFC 8264 §9, RFC 5890 §2.3). */
import { domainToASCII } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { normaliseLoginName } from '../../../lib/store/directory/login-name.ts';

/** Any UTF-16 at all, surrogates alone among it. */
const anything = fc.string({
  unit: fc.nat({ max: 0xffff }).map((code) => String.fromCharCode(code)),
  maxLength: 300,
});
/** Letters with marks, ligatures, wide and narrow forms, digits of several kinds. */
const letters = fc.string({
  unit: fc.constantFrom(...'abzABZ09.@_- éÉüÜñǅﬁＡａ①²Åµ½Ⅷжя한글漢かガﾊﾞ'),
  minLength: 1,
  maxLength: 40,
});
/** Of an address with a domain of any letters at all, some of which are none of a domain's. */
const inAscii = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .map((label) => `a@${domainToASCII(`${label}.example`)}`);

describe('a login name', () => {
  test('that is normal already stays as it is, so no name has two forms', () =>
    fc.assert(
      fc.property(fc.oneof(anything, letters, inAscii), (name) => {
        const normal = normaliseLoginName(name);
        if (normal !== undefined) expect(normaliseLoginName(normal)).toBe(normal);
      }),
      { numRuns: 500 },
    ));

  test.each<[string, (name: string) => string]>([
    ['composed (NFC)', (name) => name.normalize('NFC')],
    ['decomposed (NFD)', (name) => name.normalize('NFD')],
    ['in compatibility form (NFKC)', (name) => name.normalize('NFKC')],
    ['in compatibility form, decomposed (NFKD)', (name) => name.normalize('NFKD')],
    ['in lower case', (name) => name.toLowerCase()],
    ['in upper case', (name) => name.toUpperCase()],
    ['between blanks', (name) => ` \u3000${name}  `],
  ])('is the same %s', (_case, vary) =>
    fc.assert(
      fc.property(letters, (name) => {
        expect(normaliseLoginName(vary(name))).toBe(normaliseLoginName(name));
      }),
    ),
  );

  test.each([
    ['jan@háčky.cz', 'jan@xn--hky-ela4t.cz'],
    ['JAN@HÁČKY.CZ', 'jan@XN--HKY-ELA4T.cz'],
    ['a@b@straße.example', 'a@b@xn--strae-oqa.example'],
  ])('is the same in letters and in ASCII (RFC 5890 §2.3): %s, %s', (letters, ascii) => {
    expect(normaliseLoginName(ascii)).toBe(normaliseLoginName(letters));
    expect(normaliseLoginName(letters)).toBe(letters.toLowerCase());
  });

  test.each(['ext@10', 'ext@0x7f.1', 'a@xn--a', 'xn--hky-ela4t.cz', 'ü@', 'a@ü/b', 'a@ü%41'])(
    'is as it was typed, where it has no such domain: %s',
    (name) => expect(normaliseLoginName(name)).toBe(name),
  );

  test('in ASCII holds nothing that it must not hold in letters', () =>
    expect(normaliseLoginName('a@xn--11b2ezcw70k.example')).toBeUndefined());

  test('of one person is not that of another', () => {
    const names = [
      '100@mydomain.com',
      '200@mydomain.com',
      '100@mydomain.con',
      '100',
      'mydomain.com',
    ];
    expect(new Set(names.map(normaliseLoginName)).size).toBe(names.length);
  });

  test.each([
    ['NUL', '\0'],
    ['a line break', '\n'],
    ['a tab', '\t'],
    ['a C1 control', '\u0085'],
    ['DEL', '\u007f'],
    ['a line separator', '\u2028'],
    ['a paragraph separator', '\u2029'],
    ['a zero-width space', '\u200b'],
    ['a zero-width joiner', '\u200d'],
    ['a byte order mark', '\ufeff'],
    ['a soft hyphen', '\u00ad'],
    ['a left-to-right mark', '\u200e'],
    ['a right-to-left override', '\u202e'],
    ['a bidirectional isolate', '\u2066'],
    ['a high surrogate alone', '\ud800'],
    ['a low surrogate alone', '\udc00'],
    ['a private character', '\ue000'],
    ['an unassigned character', '\u0378'],
    ['a tag character', '\u{e0041}'],
  ])('cannot hold %s, wherever it stands', (_case, character) =>
    fc.assert(
      fc.property(letters, letters, (before, after) => {
        // A surrogate between others could make a pair, which is a character.
        for (const name of [character, `${character} ${after}`, `${before} ${character}`])
          expect(normaliseLoginName(name)).toBeUndefined();
      }),
      { numRuns: 10 },
    ),
  );

  test.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['other blanks', '\u00a0\u3000'],
    ['257 characters', 'a'.repeat(257)],
    ['few characters that unfold to too many', 'ﷺ'.repeat(100)],
  ])('cannot be %s', (_case, name) => expect(normaliseLoginName(name)).toBeUndefined());

  test('may have 256 characters', () =>
    expect(normaliseLoginName('A'.repeat(256))).toBe('a'.repeat(256)));
});
