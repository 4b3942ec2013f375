/**
 * What is measured, built into a folder of its own: the functions as they are deployed, the floors
 * with the same options, and the comparison with esbuild's defaults.
 *
 * @module
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { buildFunctions } from '../build.ts';

const require = createRequire(import.meta.url);

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
  return {
    path,
    size: (name: string) => statSync(path(name)).size,
    /** A new instance with an empty memory, which reads the environment as it is now. */
    load<T>(name: string): T {
      delete require.cache[path(name)];
      return require(path(name)) as T;
    },
    remove: () => rmSync(outdir, { recursive: true }),
  };
}
