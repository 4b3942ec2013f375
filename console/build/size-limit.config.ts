/**
 * What a browser may have to load, in gzip, held by `npm run sizes` against the files as they are built:
 * https://github.com/ai/size-limit.
 *
 * @module
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type BuiltFiles, buildConsole } from './bundle.ts';

type Check = { name: string; path: string[]; limit: string; gzip: true };

const FOLDER = resolve(import.meta.dirname, '../../.build/console');
/** Loaded where somebody opens the portal, or a page with charts. */
const PORTAL = /^\/assets\/swagger-/;
const CHARTS = /^\/assets\/charts?-/;

async function checksOf(files: BuiltFiles): Promise<Check[]> {
  await unpack(files);
  const all = Object.keys(files);
  const first = firstLoad(files);
  const [portal, charts] = [PORTAL, CHARTS].map((of) => all.filter((path) => of.test(path)));
  const console = all.filter((path) => !portal?.includes(path));
  const pages = console.filter((path) => !first.includes(path) && !charts?.includes(path));
  return [
    check('first load', first, 150),
    ...pages.map((path) => check(`a page: ${basename(path)}`, [path], 40)),
    check('the console without the portal', console, 260),
    check('the portal', portal ?? [], 500),
    ...(charts?.length ? [check('charts', charts, 25)] : []),
  ];
}

/** @param limit - In KB of 1024. */
const check = (name: string, paths: readonly string[], limit: number): Check => ({
  name,
  path: paths.map((path) => relative(import.meta.dirname, join(FOLDER, path))),
  limit: `${limit} KiB`,
  gzip: true,
});

/** The index, and what it names: scripts, what they import, and style sheets. */
function firstLoad(files: BuiltFiles): string[] {
  const named = [...textOf(files, '/index.html').matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)];
  return ['/index.html', ...named.map(([, path = '']) => path)];
}

const textOf = (files: BuiltFiles, path: string): string =>
  gunzipSync(Buffer.from(files[path]?.gzip ?? '', 'base64')).toString();

async function unpack(files: BuiltFiles): Promise<void> {
  await rm(FOLDER, { recursive: true, force: true });
  for (const path of Object.keys(files)) {
    await mkdir(join(FOLDER, dirname(path)), { recursive: true });
    await writeFile(join(FOLDER, path), textOf(files, path));
  }
}

export default await checksOf(await buildConsole());
