/** Patterns of resources as the wildcards of a policy: too narrow rather than too wide. */
import { describe, expect, test } from 'vitest';
import {
  allowedGlobs,
  deniedGlobs,
  guardGlobs,
  isSpellable,
  type Segments,
  TRICKS,
  winsFrom,
} from '../../../lib/faces/authorizer/policy-globs.ts';
import { including, treeOf } from '../../../lib/faces/authorizer/policy-tree.ts';
import { matches } from '../../support/account/iam.ts';

const segments = (path: string): Segments => path.split('/');

describe('of two patterns that fit a path', () => {
  test.each<[string, string, boolean]>([
    // The longer one.
    ['cdr/files/{id}', 'cdr/files', true],
    ['cdr/{id}/files', 'cdr/{id}', true],
    ['cdr/files', 'cdr', true],
    ['cdr', 'cdr/files', false],
    ['cdr/{id}', 'cdr/{id}/files', false],
    // Of equal length: the first literal in the place of a placeholder.
    ['cdr/files', 'cdr/{id}', true],
    ['cdr/{id}', 'cdr/files', false],
    ['{kind}/files', 'cdr/{id}', false],
    ['cdr/{id}', '{kind}/files', true],
    ['cdr/{id}/a', 'cdr/{id}/{b}', true],
    ['cdr/{id}/{b}', 'cdr/{id}/a', false],
    // Neither before the other, where they differ by nothing that wins.
    ['cdr/{id}', 'cdr/{name}', false],
    ['cdr', 'cdr', false],
    // No path is both's.
    ['cdr/files', 'book', false],
    ['cdr/files', 'book/{id}', false],
    ['cdr/{id}/x', 'cdr/{id}/y', false],
    // A backend may ignore case.
    ['CDR/files', 'cdr/{id}', true],
    ['Cdr/files', 'cdr', true],
  ])('%s before %s: %s', (one, other, wins) =>
    expect(winsFrom(segments(one), segments(other))).toBe(wins),
  );
});

describe('a pattern', () => {
  test.each<[string, string, boolean]>([
    ['cdr', 'cdr', true],
    ['cdr', 'cdr/files', true],
    ['cdr/{id}', 'cdr/files', true],
    ['cdr/{id}', 'cdr/files/x', true],
    ['cdr/files', 'cdr/{id}', false],
    ['cdr/files', 'cdr', false],
    ['cdr/{id}', 'cdr', false],
    ['CDR', 'cdr', false],
  ])('%s has all paths of %s: %s', (short, long, all) =>
    expect([...including(treeOf([segments(short)]), segments(long))]).toEqual(all ? [0] : []),
  );

  test.each<[string, boolean]>([
    ['cdr/files', true],
    ["Az09._~@!'(),=+-", true],
    ['cdr/{any thing*}', true],
    ['', false],
    ['cdr/', false],
    ['c*', false],
    ['c?', false],
    ['c$r', false],
    ['c r', false],
    ['cdr/größe', false],
  ])('%j can be spelt in a policy: %s', (pattern, spellable) =>
    expect(isSpellable(segments(pattern))).toBe(spellable),
  );

  test.each<[string, string[]]>([
    ['cdr', ['cdr', 'cdr/*']],
    ['cdr/{id}', ['cdr/?*']],
    ['cdr/{id}/files', ['cdr/?*/files', 'cdr/?*/files/*']],
  ])('%s is allowed as %j', (pattern, globs) =>
    expect(allowedGlobs(segments(pattern))).toEqual(globs),
  );

  test.each<[string, string[]]>([
    ['cdr', []],
    ['cdr/{id}', []],
    ['{a}/{b}', []],
    ['cdr/{id}/files', ['cdr/?*/?*/files', 'cdr/?*/?*/files/*']],
    ['{a}/{b}/c', ['?*/?*/?*/c', '?*/?*/?*/c/*']],
    ['{a}/b/{c}', ['?*/?*/b/?*']],
  ])(
    '%s, where a placeholder would pass for several segments, is guarded by %j',
    (pattern, globs) => expect(guardGlobs(segments(pattern))).toEqual(globs),
  );

  test.each<[string, string, string[]]>([
    ['cdr/files', 'cdr', ['cdr/f????', 'cdr/f????/*', 'cdr/F????', 'cdr/F????/*']],
    ['cdr/files/{id}', 'cdr', ['cdr/f????/?*', 'cdr/F????/?*']],
    ['cdr/{id}', 'cdr', ['cdr/?*']],
    ['cdr/{id}/x', '{kind}/7', ['c??/7/?', 'c??/7/?/*', 'C??/7/?', 'C??/7/?/*']],
    // What the allowed one leaves open, or does not reach, is in any case.
    ['cdr/files', '{kind}', ['c??/?????', 'c??/?????/*', 'C??/?????', 'C??/?????/*']],
    ['cdr/7-a.b', 'cdr', ['cdr/7-?.?', 'cdr/7-?.?/*']],
    // K has a third spelling, the sign for kelvin.
    ['cdr/kin', 'cdr', ['cdr/???', 'cdr/???/*']],
    ['cdr/Kin', 'cdr', ['cdr/???', 'cdr/???/*']],
  ])('%s is taken out of %s in any spelling: %j', (pattern, within, globs) =>
    expect(deniedGlobs(segments(pattern), segments(within))).toEqual(globs),
  );
});

describe('a path that servers read differently', () => {
  test.each([
    ...['GET/a//b', 'GET/a./b', 'GET/a/../b', 'GET/a.', 'GET/a;b', 'GET/a#b', 'GET/a\\b'],
    ...['GET/a%2fb', 'GET/a ', 'GET/a /b', 'GET/a/ b', 'GET/a//'],
  ])('is denied whatever is allowed: %j', (path) =>
    expect(TRICKS.some((trick) => matches(trick, path))).toBe(true),
  );

  test.each(['GET/a', 'GET/a/b', 'GET/a/', 'GET/a.b/c..d', 'GET/a b/c', 'GET/a-b_c~d@e'])(
    'is none of them: %j',
    (path) => expect(TRICKS.filter((trick) => matches(trick, path))).toEqual([]),
  );
});
