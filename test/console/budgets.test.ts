/** What a browser loads, as it is served; how much of it there may be says `npm run sizes`. */
import { gunzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { type BuiltFiles, buildConsole } from '../../console/build/bundle.ts';

let files: BuiltFiles;
beforeAll(async () => {
  files = await buildConsole();
}, 120_000);

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

test('the portal is loaded where somebody opens it, and not before', () => {
  const portal = Object.keys(files).filter((path) => /^\/assets\/swagger-/.test(path));
  expect(portal.length).toBeGreaterThan(0);
  expect(first().filter((path) => portal.includes(path))).toEqual([]);
});

test('no file has its sources or anything of another host', () => {
  for (const [path, { gzip }] of Object.entries(files)) {
    const text = gunzipSync(Buffer.from(gzip, 'base64')).toString();
    expect(text, path).not.toMatch(/sourceMappingURL|\/work\/|node_modules\//);
    if (path.endsWith('.html')) expect(text).not.toMatch(/https?:\/\//);
  }
});
