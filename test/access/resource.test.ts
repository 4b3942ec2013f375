/** Which resource a plain path names, against a naive model. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Patterns, resourceOf } from '../../lib/access/resource.ts';
import { model, path, registry } from '../support/resources.ts';

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

  test('names nothing where nothing is registered, whatever objects already have', () => {
    expect(['/constructor', '/__proto__', '/toString'].map((one) => resourceOf({}, one))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
