/** What README, docs and console call the commands is what they are called. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COMMANDS, FORMER, STILL_WORKING } from '../../bin/commands/all.ts';

const CALL = /npm run (?:--silent )?latchkey -- ([a-z][a-z-]*)(?: ([a-z][a-z-]*))?/g;
const known = [...Object.keys(COMMANDS), ...STILL_WORKING, 'help'];

const files = globSync(['*.md', 'docs/**/*.md', 'examples/**/*.md', 'console/*/*.tsx'], {
  exclude: ['CHANGELOG.md', '**/node_modules'],
});
const called = files.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(CALL)].map(([, noun = '', verb = '']) => ({
    file,
    noun,
    verb,
  })),
);

describe('L1: a documented command is there', () => {
  test.each(['README.md', 'docs/', 'console/'])('some are in %s', (place) =>
    expect(called.filter(({ file }) => file.startsWith(place)).length).toBeGreaterThan(9),
  );

  test.each(called)('$noun $verb in $file', ({ noun, verb }) =>
    expect(known.some((name) => name === noun || name === `${noun} ${verb}`)).toBe(true),
  );

  test.each(Object.entries(FORMER))('%s is no name of today, %s is', (former, current) => {
    expect(Object.hasOwn(COMMANDS, former)).toBe(false);
    expect(Object.hasOwn(COMMANDS, current)).toBe(true);
  });
});
