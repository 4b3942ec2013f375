/** What packaging makes where it is told of the Node that Lambda runs, and which it refuses. Needs Linux. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withCodeCache } from '../../build/code-cache/code-cache.ts';
import { buildFunctions } from '../../build/functions.ts';
import { LEAKED_FILE } from '../../build/leaked.ts';
import { TARGET } from './traced.ts';

const work = mkdtempSync(join(tmpdir(), 'latchkey-code-cache-'));
const root = join(work, 'build');
const bundle = join(root, 'functions/authorizer.js');
beforeAll(async () => {
  const entries = ['functions/authorizer.ts'];
  await buildFunctions({ outdir: join(root, 'functions'), entries });
}, 180_000);
afterAll(() => rmSync(work, { recursive: true }));

const make = (node = process.execPath, target = TARGET) =>
  withCodeCache({ files: [bundle], root }, node, target);

describe('is refused, for a Node that cannot be the functions own:', () => {
  test.each<[string, Partial<typeof TARGET>]>([
    ['another architecture', { architecture: process.arch === 'arm64' ? 'x86_64' : 'arm64' }],
    ['another major release', { runtime: 'nodejs22.x' }],
    ['a runtime that is none of Node', { runtime: 'provided.al2023' }],
  ])('%s', async (_case, change) => {
    await expect(make(process.execPath, { ...TARGET, ...change })).rejects.toThrow(
      /^CODE_CACHE_NODE: Node v.* is not .* on /,
    );
  });

  test('one that is not there, or does not run', async () => {
    await expect(make(join(work, 'none'))).rejects.toThrow(/^CODE_CACHE_NODE: .*ENOENT/);
    await expect(make('/bin/false')).rejects.toThrow(/^CODE_CACHE_NODE: /);
  });
});

test('what is read beside a bundle is in its zip as before, and the bundle stays as it was', async () => {
  const before = readFileSync(bundle);
  const list = join(root, 'functions', LEAKED_FILE);
  const made = await withCodeCache({ files: [bundle, list], root }, process.execPath, TARGET);
  const names = made.files.map((file) => file.replace(`${made.root}/`, ''));
  expect(names).toEqual([
    'functions/authorizer.js',
    'functions/authorizer.bundle.js',
    'functions/authorizer.cache',
    'functions/authorizer.cache.json',
    `functions/${LEAKED_FILE}`,
  ]);
  for (const file of made.files) expect(existsSync(file)).toBe(true);
  expect(readFileSync(bundle)).toEqual(before);
  expect(readFileSync(made.files[1] ?? '')).toEqual(before);
});

test('the same bundle has the same cache, so that a deployment of nothing new changes nothing', async () => {
  const contents = async () => {
    const { files } = await make();
    return files.map((file) => readFileSync(file, 'base64'));
  };
  expect(await contents()).toEqual(await contents());
});
