/**
 * Builds the command line as a package of its own, for administrators without a clone: ES modules in
 * which everything is, so that it depends on nothing. What a command loads late stays a file of its own.
 *
 * Run directly (`node build/cli.ts`) it writes `.build/cli`, for `npm pack ./.build/cli`.
 *
 * @module
 * @see docs/adr/0027-cli-package.md
 */
import { globSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { leakedListInside } from './leaked.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** Of a manifest the version alone is asked for. */
const versionOnly: Plugin = {
  name: 'version-only',
  setup({ onLoad }) {
    onLoad({ filter: /\/package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** @throws esbuild's BuildFailure, whose message names each file and line. */
export async function buildCli(outdir: string = resolve(ROOT, '.build/cli')): Promise<void> {
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const metafile = await bundle(outdir);
  await Promise.all([
    writeFile(join(outdir, 'package.json'), await manifest()),
    writeFile(join(outdir, 'THIRD-PARTY-LICENSES'), await licenses(metafile)),
    copyFile(join(ROOT, 'LICENSE'), join(outdir, 'LICENSE')),
    chmod(join(outdir, 'latchkey.js'), 0o755),
  ]);
}

async function bundle(outdir: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ['bin/latchkey.ts'],
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: 'parts/[name]-[hash]',
    minify: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    mainFields: ['module', 'main'],
    // What is CommonJS asks for Node's own modules by `require`.
    banner: {
      js: "#!/usr/bin/env node\nimport{createRequire as requireOf}from'node:module';const require=requireOf(import.meta.url);",
    },
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    plugins: [versionOnly, leakedListInside],
  });
  return metafile;
}

async function manifest(): Promise<string> {
  const { version, license, description } = JSON.parse(
    await readFile(join(ROOT, 'package.json'), 'utf8'),
  ) as Record<string, string>;
  return JSON.stringify(
    {
      ...{ name: 'latchkey-cli', version, license, type: 'module' },
      description: `${description} The command line.`,
      ...{ bin: { latchkey: 'latchkey.js' }, engines: { node: '>=22' } },
    },
    undefined,
    2,
  );
}

/** What is bundled goes with its licence; those that share one stand above it. */
async function licenses({ inputs }: Metafile): Promise<string> {
  const folders = Object.keys(inputs).flatMap(
    (path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [],
  );
  const byText = new Map<string, string[]>();
  for (const folder of [...new Set(folders)].sort()) {
    const { name, version, license } = JSON.parse(
      await readFile(join(ROOT, folder, 'package.json'), 'utf8'),
    ) as Record<string, string>;
    const [file] = globSync('{LICENSE,LICENCE,license}*', { cwd: join(ROOT, folder) });
    const text = file ? await readFile(join(ROOT, folder, file), 'utf8') : '';
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const parts = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
  return parts.join(`\n${'-'.repeat(72)}\n`);
}

if (import.meta.main) await buildCli();
