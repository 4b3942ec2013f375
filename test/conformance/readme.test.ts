/** README.md holds: every row is there once, and every test that it names exists. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const TESTS = join(import.meta.dirname, '..');
const text = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
const rows = text.split('\n').filter((line) => /^\| (`oidcc|Form Post|\d)/.test(line));

/** Rows a section; sections 2 and 5 are the modules of the certification's suite. */
const COUNTS: Record<number, number> = { 1: 13, 3: 3, 4: 5, 6: 4, 9: 60, 10: 7, 11: 30 };
const MODULES = { basic: 34, logout: 11 };
/** Not built, not advertised. */
const LATER = [
  '9.21',
  '9.22',
  '9.23',
  '9.45',
  '9.47',
  '9.48',
  '9.49',
  '9.50',
  '9.51',
  '9.52',
  '9.53',
  '9.54',
  '9.55',
  '9.58',
  '11.19',
  '11.20',
];

const cellsOf = (row: string) =>
  row
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim());
const nameOf = (row: string) => cellsOf(row)[0] ?? '';
const proofOf = (row: string) => cellsOf(row).at(-1) ?? '';
const referencesIn = (proof: string) =>
  [...proof.matchAll(/`([\w/-]+) › ([^`]+)`/g)].map(([, file = '', words = '']) => ({
    file,
    words,
  }));

/** Lines that hold a title, or the name of a case. */
const titlesIn = (source: string) =>
  source.split('\n').filter((line) => /^\s*(test|describe|\]|\)|\[?\s*['"`])/.test(line));

describe('the checklist', () => {
  test.each(Object.entries(COUNTS))('section %s has every row once, in order', (section, count) => {
    const found = rows.map(nameOf).filter((name) => name.startsWith(`${section}.`));
    expect(found).toEqual(Array.from({ length: count }, (_, index) => `${section}.${index + 1}`));
  });

  test('sections 2 and 5 have every module', () => {
    const modules = rows.map(nameOf).filter((name) => /oidcc|Form Post/.test(name));
    const logout = modules.filter((name) => name.includes('rp-initiated-logout'));
    expect([modules.length - logout.length, logout.length]).toEqual([
      MODULES.basic,
      MODULES.logout,
    ]);
    expect(new Set(modules).size).toBe(modules.length);
  });

  test('what is left for later is just what is not built', () => {
    const later = rows.filter((row) => proofOf(row) === 'later').map(nameOf);
    expect(later).toEqual(LATER);
  });
});

describe('each row names a test that exists:', () => {
  const built = rows.filter((row) => proofOf(row) !== 'later');
  test.each(built.map((row) => [nameOf(row), proofOf(row)] as const))('%s', (_name, proof) => {
    const references = referencesIn(proof);
    expect(references.length, proof).toBeGreaterThan(0);
    for (const { file, words } of references) {
      const path = [`${file}.test.ts`, `${file}.ts`]
        .map((name) => join(TESTS, name))
        .find(existsSync);
      expect(path, `test/${file}`).toBeDefined();
      const titled = titlesIn(readFileSync(path ?? '', 'utf8')).some((it) => it.includes(words));
      expect(titled, `"${words}" in test/${file}`).toBe(true);
    }
  });
});
