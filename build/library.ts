/**
 * Builds the package for other processes: `latchkey/verify`, the verdict; `latchkey/middy`, it as a
 * middleware; `latchkey/testing`, its double for unit tests. Each is an ES module and its types, which name
 * nothing but each other. What they import stays an import, so that a process has it once, and is all that
 * the package depends on.
 *
 * Run directly (`node build/library.ts`) it writes `.build/lib`, for `npm pack ./.build/lib`.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { build } from 'esbuild';

const ROOT = resolve(import.meta.dirname, '..');
const ENTRIES = ['verify', 'middy', 'testing'];

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
  const exported = ENTRIES.map((name) => [
    `./${name}`,
    { types: `./${name}.d.ts`, default: `./${name}.js` },
  ]);
  return JSON.stringify(
    {
      ...{ name: 'latchkey', version, license, type: 'module' },
      ...{ exports: Object.fromEntries(exported), engines: { node: '>=22' } },
      dependencies: Object.fromEntries(needed),
    },
    undefined,
    2,
  );
}

const bundle = (outdir: string) =>
  build({
    absWorkingDir: ROOT,
    entryPoints: ENTRIES.map((name) => `lib/${name}.ts`),
    outdir,
    bundle: true,
    // An error of one is an error of the other.
    splitting: true,
    chunkNames: 'chunk-[hash]',
    platform: 'node',
    target: 'node22',
    format: 'esm',
    packages: 'external',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
  });

/** The compiler declares every file that it meets; only the entries' are needed: they name no others. */
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
  for (const name of ENTRIES) {
    const declared = await readFile(resolve(all, `${name}.d.ts`), 'utf8');
    // There is no such source in the package.
    const text = declared.replaceAll(/(from '\.\/\w+)\.ts'/g, "$1.js'");
    await writeFile(resolve(outdir, `${name}.d.ts`), text);
  }
  await rm(all, { recursive: true });
}

if (import.meta.main) await buildLibrary();
