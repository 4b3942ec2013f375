/** The list of leaked passwords that is shipped, and the filter that it is kept in. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeFilter } from '../../../dev/leaked-passwords.ts';
import { sha256 } from '../../../lib/crypto.ts';
import { isLeakedPassword } from '../../../lib/manage/users/leaked-passwords.ts';
import { isIn } from '../../../lib/manage/users/xor-filter.ts';

const ROOT = join(import.meta.dirname, '../../..');
const FILE = join(ROOT, 'lib/manage/users/leaked-passwords.bin');
const MIB = 2 ** 20;
/** The same ones in every run, and none of them anybody's password. */
const strangers = (count: number) =>
  Array.from({ length: count }, (_, index) => sha256(`stranger ${index}`).toString('base64'));

describe('has leaked (NIST SP 800-63B-4 §3.1.1.2)', () => {
  test.each([
    'trackmanianations',
    'minhaconta123456',
    'tomorrowneverdies',
    'rdflhfnubgjntyeps',
    'militarybrother',
    'abc123draconhard1',
    'ghjabkfrnjhbq33',
    '09080706050403020100',
  ])('%s', (password) => expect(isLeakedPassword(password)).toBe(true));

  test.each(['TrackManiaNations', 'ＴＲＡＣＫＭＡＮＩＡＮＡＴＩＯＮＳ'])(
    'in any case and width: %s',
    (password) => expect(isLeakedPassword(password)).toBe(true),
  );
});

test.each([
  'nine dry otters in a canoe',
  'žluťoučký kůň úpěl ďábelské ódy',
  '雨の日は本を読んで過ごす静かな午後',
  'trackmanianations and a canoe',
  '',
])('has not leaked: %s', (password) => expect(isLeakedPassword(password)).toBe(false));

test('at most one in 10,000 that has not leaked is refused', () => {
  const all = strangers(500_000);
  expect(all.filter(isLeakedPassword).length).toBeLessThanOrEqual(all.length / 10_000);
});

test('is at most 2 MB, and the file that the decision names', () => {
  const digest = sha256(readFileSync(FILE)).toString('hex');
  const decision = readFileSync(join(ROOT, 'docs/adr/0036-passwords.md'), 'utf8');
  expect(statSync(FILE).size).toBeLessThan(2 * MIB);
  expect(decision).toContain(digest);
});

describe('the filter', () => {
  test('has all that it was made of, whatever that is', () => {
    const texts = fc.uniqueArray(fc.string({ unit: 'binary' }), { maxLength: 300 });
    fc.assert(
      fc.property(texts, (all) => {
        const filter = makeFilter(all);
        expect(all.filter((text) => !isIn(filter, text))).toEqual([]);
      }),
    );
  });

  test('is the same each time it is made of the same', () => {
    const all = strangers(20_000);
    const filter = makeFilter(all);
    expect(makeFilter(all).equals(filter)).toBe(true);
    expect(all.every((text) => isIn(filter, text))).toBe(true);
  });

  test('tells of 65,536 others about one that is not true', () => {
    const filter = makeFilter(strangers(10_000));
    const others = strangers(500_000).slice(10_000);
    const wrong = others.filter((text) => isIn(filter, text)).length;
    expect(wrong).toBeGreaterThan(0);
    expect(wrong).toBeLessThan(30);
  });
});
