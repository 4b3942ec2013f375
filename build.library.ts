/**
 * Builds `latchkey/verify`, the verdict for other processes: one ES module and its types, which name
 * nothing but themselves. The AWS SDK and valibot stay imports, so that a process has them once.
 *
 * Run directly (`node build.library.ts`) it writes `.build/lib/verify.js` and `verify.d.ts`.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';

const ROOT = import.meta.dirname;
const ENTRY = 'lib/verify.ts';

/** @throws esbuild's BuildFailure, or an Error with what the compiler said. */
export async function buildLibrary(outdir: string = resolve(ROOT, '.build/lib')): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  await Promise.all([bundle(outdir), declare(outdir)]);
}

const bundle = (outdir: string) =>
  build({
    absWorkingDir: ROOT,
    entryPoints: [ENTRY],
    outfile: resolve(outdir, 'verify.js'),
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    packages: 'external',
    legalComments: 'none',
    logLevel: 'silent',
  });

/** The compiler declares every file that it meets; only the entry's is needed, for it names no other. */
async function declare(outdir: string): Promise<void> {
  const all = resolve(outdir, 'all');
  const compiler = resolve(ROOT, 'node_modules/typescript/bin/tsc');
  const words = ['--project', 'tsconfig.library.json', '--outDir', all];
  const child = spawn(process.execPath, [compiler, ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = text(child.stdout);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the types could not be made:\n${await said}`);
  await rename(resolve(all, 'verify.d.ts'), resolve(outdir, 'verify.d.ts'));
  await rm(all, { recursive: true });
}

if (import.meta.main) await buildLibrary();
