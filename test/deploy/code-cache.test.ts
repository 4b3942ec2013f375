/**
 * V8's code cache in a zip: used by exactly the Node, flags and bundle that it was made for, by V8's own
 * word, and by no other. A function starts and answers with any of it. Needs Linux, as Lambda is.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lambdaNodeOptions, withCodeCache } from '../../build/code-cache/code-cache.ts';
import { filesBeside } from '../../build/code-cache/script.ts';
import { buildFunctions } from '../../build/functions.ts';
import { installOtherNode } from './other-node.ts';
import { TARGET, traced } from './traced.ts';

const FLAGS = lambdaNodeOptions(TARGET.memory);

const work = mkdtempSync(join(tmpdir(), 'latchkey-code-cache-'));
const root = join(work, 'build');
const bundle = join(root, 'functions/authorizer.js');
let otherNode: string;
/** An entry whose cache nobody may use. */
let unstated: string;
beforeAll(async () => {
  const entries = ['functions/authorizer.ts'];
  await buildFunctions({ outdir: join(root, 'functions'), entries });
  otherNode = await installOtherNode();
  cpSync((await make()).root, join(work, 'unstated'), { recursive: true });
  unstated = join(work, 'unstated/functions/authorizer.js');
  truncateSync(unstated.replace(/\.js$/, '.cache.json'), 0);
}, 180_000);
afterAll(() => rmSync(work, { recursive: true }));

const make = (node = process.execPath) => withCodeCache({ files: [bundle], root }, node, TARGET);

type Start = { node?: string; flags?: readonly string[] };
const trace = (entry: string, how: Start) =>
  traced(entry, { node: process.execPath, flags: FLAGS, ...how });

/** Beside the same entry, where nothing is stated. */
async function start(entry: string, how: Start = {}) {
  const [{ answer, taken }, without] = [await trace(entry, how), await trace(unstated, how)];
  return { answer, isCached: taken === without.taken + 1 };
}
const REFUSED = { failed: 'Error: Unauthorized' };

describe('a cache is used by the Node that it was made by', () => {
  test('under the flags that Lambda starts it with, whatever the memory', async () => {
    const { files } = await make();
    for (const memory of [128, 1769, 10_240])
      expect(await start(files[0] ?? '', { flags: lambdaNodeOptions(memory) })).toEqual({
        answer: REFUSED,
        isCached: true,
      });
  });

  test('and where Lambda ceases to expose the garbage collector', async () => {
    const { files } = await make();
    const started = await start(files[0] ?? '', { flags: [] });
    expect(started).toEqual({ answer: REFUSED, isCached: true });
  });

  test('of another release, and then by that one alone', async () => {
    const { files } = await make(otherNode);
    const [entry = ''] = files;
    expect(await start(entry, { node: otherNode })).toEqual({ answer: REFUSED, isCached: true });
    expect(await start(entry)).toEqual({ answer: REFUSED, isCached: false });
  });

  test('and no other release', async () => {
    const { files } = await make();
    const started = await start(files[0] ?? '', { node: otherNode });
    expect(started).toEqual({ answer: REFUSED, isCached: false });
  });

  test('wherever the zip is laid out', async () => {
    const { files, root: from } = await make();
    const elsewhere = join(work, 'elsewhere');
    cpSync(from, elsewhere, { recursive: true });
    const entry = (files[0] ?? '').replace(from, elsewhere);
    expect(await start(entry)).toEqual({ answer: REFUSED, isCached: true });
  });
});

type Files = ReturnType<typeof filesBeside>;
const rewrite = (file: string, change: (text: string) => string) => {
  const text = readFileSync(file, 'latin1');
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(file, changed, 'latin1');
};
const stated = (name: string, value: unknown) => (files: Files) =>
  rewrite(files.statement, (text) => JSON.stringify({ ...JSON.parse(text), [name]: value }));

describe('a function starts without the cache, and answers, where', () => {
  let made: string;
  beforeAll(async () => {
    made = (await make()).root;
  });

  /** A copy, changed. @returns The entry. */
  function changed(change: (files: Files) => void): string {
    const copy = mkdtempSync(join(work, 'changed-'));
    cpSync(made, copy, { recursive: true });
    const entry = join(copy, 'functions/authorizer');
    change(filesBeside(entry));
    return `${entry}.js`;
  }

  test.each<[string, (files: Files) => void]>([
    ['another release is stated', stated('version', 'v24.0.0')],
    ['another platform is stated', stated('platform', 'darwin')],
    ['another architecture is stated', stated('architecture', 'riscv64')],
    ["another of V8's tags is stated", stated('tag', 1)],
    [
      'the tag is stated as a text',
      ({ statement }) => rewrite(statement, (text) => text.replace(/"tag":(\d+)/, '"tag":"$1"')),
    ],
    ['another bundle is stated', stated('bundle', '0'.repeat(64))],
    ['another cache is stated', stated('cache', '0'.repeat(64))],
    ['more is stated than we know of', stated('more', true)],
    ['nothing is stated', ({ statement }) => truncateSync(statement, 0)],
    ['the statement is cut', ({ statement }) => truncateSync(statement, 40)],
    ['there is no statement', ({ statement }) => rmSync(statement)],
    ['the bundle is longer', ({ bundle }) => rewrite(bundle, (text) => `${text}\n//`)],
    // All that V8 itself compares of a source is its length.
    [
      'the bundle is as long, and another',
      ({ bundle }) => rewrite(bundle, (text) => text.replace('"use strict"', '"use_strict"')),
    ],
    ['the cache is cut', ({ cache }) => truncateSync(cache, 100_000)],
    ['the cache is empty', ({ cache }) => truncateSync(cache, 0)],
    [
      'a bit of the cache is another',
      ({ cache }) => {
        const bytes = readFileSync(cache);
        bytes[200_000] = (bytes[200_000] ?? 0) ^ 1;
        writeFileSync(cache, bytes);
      },
    ],
    ['there is no cache', ({ cache }) => rmSync(cache)],
    [
      'the cache is a folder',
      ({ cache }) => {
        rmSync(cache);
        mkdirSync(cache);
      },
    ],
  ])('%s', async (_case, change) => {
    expect(await start(changed(change))).toEqual({ answer: REFUSED, isCached: false });
  });

  test.each([[[...FLAGS, '--no-opt']], [[...FLAGS, '--stack-size=900']]])(
    'V8 has other flags: %s',
    async (flags) => {
      const entry = changed(() => {});
      expect(await start(entry, { flags })).toEqual({ answer: REFUSED, isCached: false });
    },
  );
});

test("most of Node's own modules come out of its own cache, under Lambda's options too", async () => {
  const [ours, none] = [await trace(bundle, {}), await trace(bundle, { flags: [] })];
  expect(none.taken).toBeGreaterThan(50);
  expect(ours.taken).toBeGreaterThan(none.taken / 2);
});
