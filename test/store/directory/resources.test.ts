/** The registry of resources: what may be registered, and what happens when all do it at once. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import { registerResources } from '../../../lib/manage/resources/registry.ts';
import { readRegistry, saveRegistry } from '../../../lib/store/directory/resources.ts';
import { freshTables } from '../../support/running/tables.ts';

let directory: Table;
beforeEach(async () => {
  ({ directory } = await freshTables());
});
const patterns = async () => (await readRegistry(directory)).patterns;

describe('the registry', () => {
  test('is empty at first, keeps what it has, and gives a resource new patterns', async () => {
    expect(await readRegistry(directory)).toEqual({ version: 0, patterns: {} });
    await registerResources(directory, { cdr: [], 'cdr/files': ['/cdr/{id}/files'] });
    await registerResources(directory, { book: [], cdr: ['/cdr', '/records/{id}'] });
    expect(await patterns()).toEqual({
      cdr: ['/cdr', '/records/{id}'],
      'cdr/files': ['/cdr/{id}/files'],
      book: [],
    });
  });

  test('loses nothing when several add to it at once', async () => {
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((name) => registerResources(directory, { [name]: [] })));
    expect(Object.keys(await patterns()).sort()).toEqual(names);
  });

  test('gives a pattern to one of two who want it at once', async () => {
    const answers = await Promise.allSettled([
      registerResources(directory, { one: ['/shared'] }),
      registerResources(directory, { two: ['/shared'] }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(Object.keys(await patterns())).toHaveLength(1);
  });

  test('is not saved over a younger one', async () => {
    const read = await readRegistry(directory);
    await registerResources(directory, { cdr: [] });
    expect(await saveRegistry(directory, read, { mallory: [] })).toBe(false);
    expect(await saveRegistry(directory, { ...read, version: 2 }, { mallory: [] })).toBe(false);
    expect(await patterns()).toEqual({ cdr: [] });
  });
});

describe('a resource name', () => {
  test.each(['cdr', 'cdr/files', 'api/v1/Sessions', 'a.b-c_d~e', '0', 'toString'])(
    'may be %s',
    async (name) => {
      await registerResources(directory, { [name]: [] });
      expect(Object.keys(await patterns())).toEqual([name]);
    },
  );

  test.each([
    '',
    '/',
    '/cdr',
    'cdr/',
    'cdr//files',
    'cdr/..',
    '../cdr',
    'cdr/.',
    '.cdr',
    '*',
    'cdr/*',
    '{id}',
    'cdr/{id}',
    'cdr:r',
    'a b',
    ' cdr',
    'cdr\n',
    'cdr%2ffiles',
    'é',
    'a\u0000',
    '__proto__',
    'constructor',
    'prototype',
  ])('cannot be %j, and nothing is registered with it', async (name) => {
    const given = Object.fromEntries([
      ['fine', []],
      [name, []],
    ]);
    await expect(registerResources(directory, given)).rejects.toMatchObject({
      said: { code: 'invalid_request' },
      message: `name: ${JSON.stringify(name)} is not a resource name`,
    });
    expect(await patterns()).toEqual({});
  });
});

describe('a pattern', () => {
  test.each([
    '/cdr',
    '/cdr/{id}',
    '/{tenant}/cdr',
    '/a/{b}/c/{d}',
    '/v1.0/a-b_c~d',
    "/a(b)'@!,;=+",
  ])('may be %s', async (pattern) => {
    await registerResources(directory, { cdr: [pattern] });
    expect(await patterns()).toEqual({ cdr: [pattern] });
  });

  test.each([
    ['/{id}', 'a pattern without a fixed part'],
    ['/{a}/{b}', 'a pattern without a fixed part'],
    ['', 'not a path'],
    ['/', 'not a path'],
    ['cdr', 'not a path'],
    ['/cdr/', 'not a path'],
    ['//cdr', 'not a path'],
    ['/cdr//files', 'not a path'],
    ['/cdr/..', 'not a path'],
    ['/cdr/../book', 'not a path'],
    ['/./cdr', 'not a path'],
    ['/cdr/*', 'not a path'],
    ['/cdr/{proxy+}', 'not a path'],
    ['/cdr/{}', 'not a path'],
    ['/cdr/a{id}', 'not a path'],
    ['/cdr/{id', 'not a path'],
    ['/cdr%2ffiles', 'not a path'],
    ['/cdr\\files', 'not a path'],
    ['/cdr?a=1', 'not a path'],
    ['/cdr#a', 'not a path'],
    ['/a b', 'not a path'],
    ['/cdr\n', 'not a path'],
    ['https://a.example/cdr', 'not a path'],
  ])('cannot be %j', async (pattern, problem) => {
    await expect(registerResources(directory, { cdr: ['/cdr', pattern] })).rejects.toMatchObject({
      said: { code: 'invalid_request' },
      message: expect.stringContaining(problem),
    });
    expect(await patterns()).toEqual({});
  });

  test.each([
    ['as it is', { one: ['/x'], two: ['/x'] }],
    ['as its default', { one: [], two: ['/one'] }],
    ['under another parameter name', { one: ['/x/{a}'], two: ['/x/{b}'] }],
    ['in another case', { one: ['/x/Files'], two: ['/X/files'] }],
    ['as its default in another case', { one: [], two: ['/One'] }],
  ])('cannot belong to two resources: %s', async (_case, given) => {
    await expect(registerResources(directory, given)).rejects.toThrow(
      'patterns: "two" shares a pattern with one',
    );
  });

  test('cannot stand beside one that differs in case only, in one resource', async () => {
    const refused = registerResources(directory, { cdr: ['/cdr', '/Cdr'] });
    await expect(refused).rejects.toThrow('"cdr" has two patterns that differ in case only');
    await registerResources(directory, { cdr: ['/cdr/{A}', '/cdr/{a}', '/cdr/{A}'] });
  });

  test('cannot be taken from a resource that is registered already', async () => {
    await registerResources(directory, { cdr: [] });
    await expect(registerResources(directory, { mine: ['/cdr'] })).rejects.toThrow('shares');
    expect(await patterns()).toEqual({ cdr: [] });
  });
});
