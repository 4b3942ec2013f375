/** How much a browser loads, in KB of gzip, of the files as they are served. */
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { type BuiltFiles, buildConsole } from '../../console/build/bundle.ts';

const FIRST_LOAD = 150;
const ROUTE = 40;
const ALL = 260;

let files: BuiltFiles;
beforeAll(async () => {
  files = await buildConsole();
}, 120_000);

const sizeOf = (path: string): number =>
  Buffer.from(files[path]?.gzip ?? '', 'base64').length / 1024;
const sum = (paths: readonly string[]): number =>
  paths.reduce((total, path) => total + sizeOf(path), 0);

/** What the index names: scripts, what they import, and style sheets. */
function first(): string[] {
  const index = gunzipSync(Buffer.from(files['/index.html']?.gzip ?? '', 'base64')).toString();
  const named = [...index.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(
    ([, path = '']) => path,
  );
  return ['/index.html', ...named];
}

test('names files that there are, and a script among them', () => {
  expect(first().filter((path) => !(path in files))).toEqual([]);
  expect(first().filter((path) => path.endsWith('.js')).length).toBeGreaterThan(0);
});

test(`the first load is at most ${FIRST_LOAD} KB`, () =>
  expect(sum(first())).toBeLessThan(FIRST_LOAD));

test(`no page adds more than ${ROUTE} KB in one piece`, () => {
  const later = Object.keys(files).filter((path) => !first().includes(path));
  expect(later.filter((path) => sizeOf(path) > ROUTE)).toEqual([]);
});

test(`all of it is at most ${ALL} KB`, () => expect(sum(Object.keys(files))).toBeLessThan(ALL));

test('no file has its sources or anything of another host', () => {
  for (const [path, { gzip }] of Object.entries(files)) {
    const text = gunzipSync(Buffer.from(gzip, 'base64')).toString();
    expect(text, path).not.toMatch(/sourceMappingURL|\/work\/|node_modules\//);
    if (path.endsWith('.html')) expect(text).not.toMatch(/https?:\/\//);
  }
});
