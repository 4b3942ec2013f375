/** The mutants themselves: a text with all of them inside does what it did, and with one on what that one says. */
import { stripTypeScriptTypes } from 'node:module';
import { afterEach, describe, expect, test } from 'vitest';
import { GUARD, guardCalls, withoutGuards } from '../../mutants/calls.ts';
import { instrumentTexts, type Mutant } from '../../mutants/instrument.ts';

const global = globalThis as { __stryker__?: { activeMutant: string }; [GUARD]?: unknown };
afterEach(() => {
  delete global.__stryker__;
  delete global[GUARD];
});

const FILE = 'lib/example.ts';
const mutantsOf = async (text: string) => (await instrumentTexts(new Map([[FILE, text]]))).mutants;

/** What `run` of the text returns with the mutant on. */
async function behaviour(text: string): Promise<(mutant: string) => Promise<unknown>> {
  const { code } = await instrumentTexts(new Map([[FILE, text]]));
  const source = stripTypeScriptTypes(code.get(FILE) ?? '', { mode: 'transform' });
  return async (mutant) => {
    global.__stryker__ = { activeMutant: mutant };
    global[GUARD] = (id: string) => id !== mutant;
    const url = `data:text/javascript,${encodeURIComponent(`${source}\n// ${mutant}`)}`;
    const { run } = (await import(/* @vite-ignore */ url)) as { run: () => unknown };
    return await run();
  };
}
const like = (mutants: readonly Mutant[], original: string, replacement: string) =>
  mutants.find((one) => one.original === original && one.replacement === replacement)?.id ?? '-';

describe('a call made for its effect', () => {
  const text = `
    export async function run(): Promise<string[]> {
      const done: string[] = [];
      const note = async (word: string) => void done.push(word);
      done.push('bare');
      await note('awaited');
      if (done.length > 5) done.push('then');
      else done.push('else');
      [1].forEach(() => {
        done.push('within');
      });
      return done;
    }`;

  test('is left out, awaited or not, in a branch or a callback, and nothing else is', async () => {
    const all = ['bare', 'awaited', 'else', 'within'];
    const [run, mutants] = [await behaviour(text), await mutantsOf(text)];
    expect(await run('')).toEqual(all);
    for (const [call, word] of [
      ["done.push('bare');", 'bare'],
      ["await note('awaited');", 'awaited'],
      ["done.push('else');", 'else'],
      ["done.push('within');", 'within'],
      ["[1].forEach(() => { done.push('within'); });", 'within'],
    ])
      expect(await run(like(mutants, call ?? '', ';'))).toEqual(all.filter((one) => one !== word));
    expect(await run(like(mutants, "done.push('then');", ';'))).toEqual(all);
  });

  test('keeps its line, and is told as it was written', () => {
    const { text: guarded, calls } = guardCalls(text, 7);
    expect(guarded.split('\n')).toHaveLength(text.split('\n').length);
    expect(withoutGuards(guarded)).toBe(text);
    expect(calls[0]).toEqual({ id: 'c7', line: 5, original: "done.push('bare');" });
  });

  test('is no mutant where it only writes to the log', async () => {
    const logs = "export const f = () => { logFault('a b'); console.error('a b'); };";
    expect((await mutantsOf(logs)).map(({ mutator }) => mutator)).toEqual(['BlockStatement']);
  });
});

describe('a mutant', () => {
  const text = `
    export const run = (): unknown => limit(3, 3);
    const limit = (now: number, end: number) => (now >= end ? 'over' : 'live');`;

  test('acts alone, and only while it is on', async () => {
    const [run, mutants] = [await behaviour(text), await mutantsOf(text)];
    expect(await run('')).toBe('over');
    expect(await run(like(mutants, 'now >= end', 'now > end'))).toBe('live');
    expect(await run(like(mutants, "'over'", '""'))).toBe('');
  });

  test('has its file, its line, and a key that lasts as long as its texts', async () => {
    const [before, moved, changed] = await Promise.all([
      mutantsOf(text),
      mutantsOf(`// One line more.\n${text}`),
      mutantsOf(text.replace('now >= end', 'now > end')),
    ]);
    const keys = before.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(moved.map(({ key }) => key)).toEqual(keys);
    expect(moved.map(({ line }) => line)).toEqual(before.map(({ line }) => line + 1));
    const kept = changed.filter(({ key }) => keys.includes(key)).map(({ original }) => original);
    expect(kept).toContain("'over'");
    expect(kept).not.toContain('now > end');
    expect(before[0]).toMatchObject({ file: FILE, line: 2 });
  });

  test.each([
    ["throw new Fault('no such thing')"],
    ["invalid('no such thing')"],
    ["({ reason: 'no such thing' })"],
  ])('is not made of what only the log says: %s', async (said) => {
    const made = await mutantsOf(`export function f() { ${said}; }`);
    expect(made.map(({ mutator }) => mutator)).not.toContain('StringLiteral');
    const shown = await mutantsOf(`export function f() { ${said.replace(/\w+\(/, 'show(')}; }`);
    expect(shown.length).toBeGreaterThanOrEqual(made.length);
  });
});
