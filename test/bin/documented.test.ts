/** What README and docs call the commands is what they are called. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COMMANDS, FORMER, STILL_WORKING } from '../../bin/commands/all.ts';

const CALL = /npm run (?:--silent )?latchkey -- ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/g;
const known = [...Object.keys(COMMANDS), ...STILL_WORKING, 'help'];

const called = ['README.md', ...globSync('docs/*.md')].flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(CALL)].map(([, noun = '', verb = '']) => ({
    file,
    noun,
    verb,
  })),
);

describe('L1: a documented command is there', () => {
  test('in several documents', () => expect(called.length).toBeGreaterThan(20));

  test.each(called)('$noun $verb in $file', ({ noun, verb }) =>
    expect(known.some((name) => name === noun || name === `${noun} ${verb}`)).toBe(true),
  );

  test.each(Object.entries(FORMER))('%s is no name of today, %s is', (former, current) => {
    expect(Object.hasOwn(COMMANDS, former)).toBe(false);
    expect(Object.hasOwn(COMMANDS, current)).toBe(true);
  });
});
