/** Which resource a plain path names, against a naive model. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Patterns, resourceOf } from '../../lib/verdict/resource.ts';
import { model, path, registry } from '../support/data/resources.ts';

describe('a plain path', () => {
  test('names the resource with the longest and most literal pattern that covers it', () =>
    fc.assert(
      fc.property(registry, path, (entries, given) => {
        expect(resourceOf(Object.fromEntries(entries), given)).toBe(model(entries, given));
      }),
      { numRuns: 500 },
    ));

  test('names it whatever the order of registration', () =>
    fc.assert(
      fc.property(registry, path, (entries, given) => {
        const backwards = Object.fromEntries(entries.toReversed());
        expect(resourceOf(backwards, given)).toBe(resourceOf(Object.fromEntries(entries), given));
      }),
    ));

  const patterns: Patterns = { cdr: [], 'cdr/files': [], 'cdr/one': ['/cdr/{id}', '/record'] };
  test.each([
    ['/cdr', 'cdr'],
    ['/cdr/', 'cdr'],
    ['/cdr/files', 'cdr/files'],
    ['/cdr/files/7/sound.wav', 'cdr/files'],
    ['/cdr/7', 'cdr/one'],
    ['/record/7', 'cdr/one'],
    ['/cdr%2d', undefined],
    ['/cdrs', undefined],
    ['/CDR', undefined],
    ['/', undefined],
    ['', undefined],
    ['cdr', undefined],
    ['*', undefined],
    ['https://api.example.com/cdr', undefined],
  ])('%s names %s', (given, resource) => expect(resourceOf(patterns, given)).toBe(resource));

  const ranked: [string, string[]][] = [
    ['literal', ['/a/b']],
    ['end', ['/a/{x}']],
    ['start', ['/{x}/b']],
    ['any', ['/{x}/{y}']],
    ['long', ['/{x}/{y}/c']],
  ];
  test.each([
    ['/a/b', 'literal'],
    ['/a/z', 'end'],
    ['/z/b', 'start'],
    ['/z/z', 'any'],
    ['/a/b/c', 'long'],
    ['/a/b/z', 'literal'],
  ])('%s names %s: the longest, then the one that is literal first', (given, resource) => {
    expect(resourceOf(Object.fromEntries(ranked), given)).toBe(resource);
    expect(resourceOf(Object.fromEntries(ranked.toReversed()), given)).toBe(resource);
    const pair = ranked.filter(([name]) => name === 'end' || name === 'start');
    for (const order of [pair, pair.toReversed()])
      expect(resourceOf(Object.fromEntries(order), '/a/b')).toBe('end');
  });

  const mixed: Patterns = { ...patterns, 'api/v1/Sessions': [], Twice: ['/Both', '/both/{id}'] };
  test.each([
    ['/api/v1/Sessions/1', 'api/v1/Sessions'],
    ['/api/v1/sessions/1', undefined],
    ['/API/v1/Sessions', undefined],
    ['/cdr/FILES', undefined],
    ['/cdr/Files/7', undefined],
    ['/cdr/7/FILES', 'cdr/one'],
    ['/RECORD', undefined],
    ['/cdr/%46iles', undefined],
    ['/Both/1', 'Twice'],
    ['/both/1', 'Twice'],
  ])('%s names %s, lest a backend that ignores case find another', (given, resource) =>
    expect(resourceOf(mixed, given)).toBe(resource),
  );

  test.each([
    ['a long s', '/cdr/file\u017f'],
    ['a long s, encoded', '/cdr/file%C5%BF/7'],
    ['a long s that begins', '/\u017fecret/x'],
    ['an i without a dot', '/cdr/f\u0131les'],
    ['a ligature', '/cdr/\ufb01les'],
    ['wide letters', '/cdr/\uff46\uff49\uff4c\uff45\uff53'],
    ['two dots in one character', '/cdr/\u2025/7'],
    ['wide dots', '/cdr/\uff0e\uff0e/7'],
    ['a wide dot', '/cdr/\uff0e/7'],
    ['a wide slash', '/cdr/7\uff0f8'],
    ['a wide backslash', '/cdr/7%EF%BC%BC8'],
  ])('with %s names nothing, lest a backend read it as other characters', (_what, given) =>
    expect(
      resourceOf({ ...mixed, secret: ['/secret/x'], any: ['/{tenant}/x'] }, given),
    ).toBeUndefined(),
  );

  test.each([
    ['/cdr/\u017elu\u0165', 'cdr/one'],
    ['/cdr/\u4f55\uff1f', 'cdr/one'],
    ['/cdr/wait\u2026', 'cdr/one'],
    ['/cdr/\u2026and', 'cdr/one'],
    ['/cdr/.\u00e9', 'cdr/one'],
    ['/cdr/\u00bd', 'cdr/one'],
  ])('%s names %s: an id may have any letters', (given, resource) =>
    expect(resourceOf(mixed, given)).toBe(resource),
  );

  test('names nothing, or the same resource in lower case, where patterns are', () =>
    fc.assert(
      fc.property(registry, path, (entries, given) => {
        const lower = Object.fromEntries(
          entries.map(([name, all]) => [name, all.map((one) => one.toLowerCase())]),
        );
        const named = resourceOf(Object.fromEntries(entries), given);
        expect([undefined, resourceOf(lower, given.toLowerCase())]).toContain(named);
      }),
      { numRuns: 500 },
    ));

  test('names nothing where nothing is registered, whatever objects already have', () => {
    expect(['/constructor', '/__proto__', '/toString'].map((one) => resourceOf({}, one))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
