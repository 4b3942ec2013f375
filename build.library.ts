/**
 * Builds `latchkey/verify`, the verdict for other processes: a package of one ES module and its types,
 * which name nothing but themselves. What it imports stays an import, so that a process has it once,
 * and is all that the package depends on.
 *
 * Run directly (`node build.library.ts`) it writes `.build/lib`, for `npm pack ./.build/lib`.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';

const ROOT = import.meta.dirname;
const ENTRY = 'lib/verify.ts';

/** @throws esbuild's BuildFailure, or an Error with what the compiler said. */
export async function buildLibrary(outdir: string = resolve(ROOT, '.build/lib')): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const [{ metafile }] = await Promise.all([bundle(outdir), declare(outdir)]);
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  const imported = imports.filter(({ path }) => !path.startsWith('node:')).map(({ path }) => path);
  await writeFile(resolve(outdir, 'package.json'), await manifest(imported));
}

async function manifest(imported: readonly string[]): Promise<string> {
  const own = JSON.parse(await readFile(resolve(ROOT, 'package.json'), 'utf8')) as {
    version: string;
    license: string;
    dependencies: Record<string, string>;
  };
  const { version, license } = own;
  const needed = Object.entries(own.dependencies).filter(([name]) => imported.includes(name));
  const entry = { types: './verify.d.ts', default: './verify.js' };
  return JSON.stringify(
    {
      ...{ name: 'latchkey', version, license, type: 'module' },
      ...{ exports: { './verify': entry }, engines: { node: '>=22' } },
      dependencies: Object.fromEntries(needed),
    },
    undefined,
    2,
  );
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
    metafile: true,
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
