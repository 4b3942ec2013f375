/**
 * V8's code cache in the zips, for who wants it: `CODE_CACHE_NODE` names the Node that Lambda runs, or a
 * command that runs it (docs/deploy.md). Each bundle then has an entry before it that decides, when a
 * function starts, whether the cache may be used.
 *
 * Errors: a line for a Node that cannot be the functions' own, or that does not run.
 *
 * @module
 * @see docs/adr/0043-code-cache.md
 */
import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { bundleOptions } from '../functions.ts';
import { filesBeside } from './script.ts';

const run = promisify(execFile);

/** `memory` in MB; `runtime` and `architecture` as Lambda calls them. */
export type Target = { memory: number; runtime: string; architecture: string };

const ARCHITECTURES: Readonly<Record<string, string>> = { arm64: 'arm64', x86_64: 'x64' };

/** What Lambda's bootstrap starts Node with, in shares of the function's memory. */
export const lambdaNodeOptions = (memory: number): string[] => [
  '--expose-gc',
  `--max-semi-space-size=${Math.floor((memory * 5) / 100)}`,
  `--max-old-space-size=${Math.floor((memory * 90) / 100)}`,
  '--no-experimental-require-module',
  '--no-experimental-detect-module',
];

/** Files of a zip, and the folder in which they have the paths that they have there. */
export type Contents = { files: string[]; root: string };

/**
 * @param contents - A bundle, and what it reads beside it.
 * @param node - What runs Lambda's Node, and sees the files of this machine by the same paths.
 * @returns Copies, with the cache; what was given stays as it is.
 */
export async function withCodeCache(
  { files: [bundle = '', ...others], root }: Contents,
  node: string,
  target: Target,
): Promise<Contents> {
  const into = join(root, 'cached');
  const folder = join(into, relative(root, dirname(bundle)));
  const copyOf = (file: string) => join(folder, basename(file));
  const entry = copyOf(bundle).replace(/\.js$/, '');
  const beside = filesBeside(entry);
  await mkdir(folder, { recursive: true });
  await copyFile(bundle, beside.bundle);
  for (const file of others) await copyFile(file, copyOf(file));
  await buildEntry(copyOf(bundle));
  refuseOther(await makeCache(node, target.memory, entry), target);
  const files = [copyOf(bundle), ...Object.values(beside), ...others.map(copyOf)];
  return { files, root: into };
}

/** The same bundle has the same cache, and so the same zip. V8's tag leaves this flag out. */
const REPEATABLE = '--random-seed=1';

const moduleOf = (part: 'entry' | 'make') => join(import.meta.dirname, `${part}.ts`);

async function buildEntry(outfile: string): Promise<void> {
  const { sourcemap: _none, ...options } = bundleOptions;
  await build({ ...options, entryPoints: [moduleOf('entry')], outfile });
}

async function makeCache(node: string, memory: number, entry: string): Promise<Made> {
  const words = [...lambdaNodeOptions(memory), REPEATABLE, moduleOf('make'), entry];
  const { stdout } = await run(node, words).catch((error: Error) => {
    throw new Error(`CODE_CACHE_NODE: ${error.message}`);
  });
  return JSON.parse(stdout) as Made;
}

type Made = { version: string; platform: string; architecture: string };

function refuseOther({ version, platform, architecture }: Made, target: Target): void {
  const major = /^nodejs(\d+)\.x$/.exec(target.runtime)?.[1];
  const isIts =
    version.startsWith(`v${major}.`) &&
    platform === 'linux' &&
    architecture === ARCHITECTURES[target.architecture];
  if (isIts) return;
  const made = `Node ${version} for ${platform} on ${architecture}`;
  throw new Error(`CODE_CACHE_NODE: ${made} is not ${target.runtime} on ${target.architecture}`);
}
