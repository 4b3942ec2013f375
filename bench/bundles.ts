/**
 * What is measured, built into a folder of its own: the functions as they are deployed, the floors
 * with the same options, and the comparison with esbuild's defaults.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { withCodeCache } from '../build/code-cache/code-cache.ts';
import { buildFunctions } from '../build/functions.ts';

const require = createRequire(import.meta.url);

/** MB, of functions that somebody waits for. */
export const MEMORY = 1769;
const RUNTIME = `nodejs${process.version.slice(1).split('.')[0]}.x`;

export type Bundles = Awaited<ReturnType<typeof buildBundles>>;

export async function buildBundles() {
  const outdir = mkdtempSync(join(tmpdir(), 'latchkey-bench-'));
  const path = (name: string) => join(outdir, `${name}.js`);
  await buildFunctions({ outdir });
  await buildFunctions({
    outdir,
    entries: ['bench/floor.ts', 'bench/issue-floor.ts', 'bench/jwt-authorizer.ts'],
  });
  await build({
    entryPoints: [join(import.meta.dirname, 'default.ts')],
    outfile: path('default'),
    bundle: true,
    minify: true,
    platform: 'node',
    logLevel: 'silent',
  });
  const running = { runtime: RUNTIME, architecture: process.arch === 'x64' ? 'x86_64' : 'arm64' };
  return {
    path,
    /** With V8's code cache, made by the Node that runs the bench. @returns Its files, the entry first. */
    async withCache(name: string): Promise<string[]> {
      const target = { memory: MEMORY, ...running };
      const contents = { files: [path(name)], root: outdir };
      return (await withCodeCache(contents, process.execPath, target)).files;
    },
    /** A new instance with an empty memory, which reads the environment as it is now. */
    load<T>(name: string): T {
      delete require.cache[path(name)];
      return require(path(name)) as T;
    },
    remove: () => rmSync(outdir, { recursive: true }),
  };
}
