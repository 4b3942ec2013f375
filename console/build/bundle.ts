/**
 * The console as files to be served: built by Vite, then compressed once, so that no request waits for it.
 *
 * What was built from the same sources before is used again, from the cache beside the packages.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';
import { DARK, LIGHT, variables } from '../../lib/faces/pages/shell/palette.ts';

/** A file in both encodings, each as the base64 in which a function hands it out. */
export type BuiltFile = { type: string; br: string; gzip: string };
/** By path: `/index.html`, `/assets/main-a1b2c3d4.js`. */
export type BuiltFiles = Readonly<Record<string, BuiltFile>>;

const CONSOLE = resolve(import.meta.dirname, '..');
const ROOT = resolve(CONSOLE, '..');
const CACHE = join(ROOT, 'node_modules/.cache/latchkey-console');
/** What pages have of elsewhere. */
const SHARED = [
  'lib/faces/pages/shell/palette.ts',
  'lib/manage/brands/colour.ts',
  'lib/manage/brands/readable.ts',
  'lib/openapi/described-resources.ts',
];
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** All that decides what is built; the lock file stands for the packages. */
export function sourcesOfConsole(): { watchFiles: string[]; watchDirs: string[] } {
  const exclude = ['node_modules'];
  const own = globSync('**/*.{ts,tsx,css,html,json}', { cwd: CONSOLE, exclude });
  const files = [
    ...own.map((path) => join(CONSOLE, path)),
    ...[...SHARED, 'package-lock.json'].map((path) => join(ROOT, path)),
  ].sort();
  const folders = own.map((path) => dirname(join(CONSOLE, path)));
  return { watchFiles: files, watchDirs: [...new Set(folders)] };
}

export async function buildConsole(): Promise<BuiltFiles> {
  const kept = join(CACHE, `${await digestOf(sourcesOfConsole().watchFiles)}.json`);
  try {
    return JSON.parse(await readFile(kept, 'utf8')) as BuiltFiles;
  } catch {
    const env = { ...process.env, NODE_ENV: 'production' };
    await promisify(execFile)(process.execPath, [import.meta.filename, kept], { env });
    return JSON.parse(await readFile(kept, 'utf8')) as BuiltFiles;
  }
}

async function digestOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) hash.update(path.slice(ROOT.length)).update(await readFile(path));
  return hash.digest('hex').slice(0, 24);
}

/** In a process of its own: Vite and React look at the environment, and that of tests is another. */
async function bundleInto(file: string): Promise<void> {
  const files = await bundle();
  await mkdir(CACHE, { recursive: true });
  await writeFile(`${file}.${process.pid}`, JSON.stringify(files));
  // In one step, so that nobody sees half of it.
  await rename(`${file}.${process.pid}`, file);
}

async function bundle(): Promise<BuiltFiles> {
  const { build } = await import('vite');
  const built = await build({
    configFile: false,
    root: CONSOLE,
    // Its warnings are of directives in packages, which mean nothing in a browser.
    logLevel: 'error',
    plugins: [palette],
    build: {
      write: false,
      target: 'es2023',
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { output: { assetFileNames: 'assets/[name]-[hash][extname]' } },
    },
  });
  if (!('output' in built)) throw new Error('one build was asked for');
  const files = built.output.map(async (file) => {
    const text = file.type === 'chunk' ? file.code : file.source;
    return [`/${file.fileName}`, await compressed(file.fileName, Buffer.from(text))] as const;
  });
  return Object.fromEntries(await Promise.all(files));
}

async function compressed(name: string, content: Buffer): Promise<BuiltFile> {
  const type = TYPES[extname(name)];
  if (!type) throw new Error(`${name}: of which type is it?`);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(content, { params }),
    promisify(gzip)(content, { level: 9 }),
  ]);
  return { type, br: br.toString('base64'), gzip: zipped.toString('base64') };
}

const PALETTE_SHEET = join(ROOT, 'palette.css');

/** The colours of the sign-in pages, as a style sheet: `import 'virtual:palette.css'`. */
const palette: Plugin = {
  name: 'palette',
  resolveId: (id) => (id === 'virtual:palette.css' ? PALETTE_SHEET : undefined),
  load: (id) =>
    id === PALETTE_SHEET
      ? `:root{${variables(LIGHT)}}@media (prefers-color-scheme:dark){:root{${variables(DARK)}}}@media (prefers-contrast:more){:root{--soft:var(--text);--line:var(--field);--field:var(--text)}}`
      : undefined,
};

if (import.meta.main) await bundleInto(process.argv[2] ?? '');
