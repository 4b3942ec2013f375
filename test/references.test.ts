/** What comments refer to is there: whoever follows one finds the file there. */
import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readSources } from './support/sources/architecture.ts';
import { lostReferences } from './support/sources/references.ts';

// But for this file, whose specimens name what is not there.
const { 'test/references.test.ts': _, ...sources } = readSources(
  'bench',
  'bin',
  'build',
  'dev',
  'functions',
  'lib',
  'mutants',
  'test',
);
const known = globSync(
  ['*', '{bench,bin,build,console,dev,docs,examples,functions,infra,lib,mutants,test}/**/*.*'],
  {
    exclude: ['**/node_modules'],
  },
);

test('a comment names no file that is not there', () =>
  expect(lostReferences(sources, known)).toEqual([]));

test.each([
  ['that is there', '// As users.ts has it.', []],
  ['in its folder', '/** Those of ../store/users.ts. */', []],
  ['that was moved', '/** As in old/users.ts. */', ['lib/a.ts names old/users.ts']],
  ['that is gone', '/** As in nowhere.ts. */', ['lib/a.ts names nowhere.ts']],
  ['in a longer comment', '/**\n * Those of nowhere.ts.\n */', ['lib/a.ts names nowhere.ts']],
  ['behind code', 'const a = 1; // (nowhere.ts)', ['lib/a.ts names nowhere.ts']],
  ['outside of comments', "import './nowhere.ts';", []],
])('a file %s', (_case, text, lost) =>
  expect(lostReferences({ 'lib/a.ts': text }, ['lib/store/users.ts'])).toEqual(lost),
);
