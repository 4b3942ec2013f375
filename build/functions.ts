/**
 * Bundles each Lambda function into one small file: `functions/login.ts` -> `.build/functions/login.js`.
 * A cold start is mostly loading code, so what no Lambda needs of the AWS SDK is left out.
 *
 * Run directly (`node build/functions.ts`) it builds once; serverless builds through build/plugin.ts.
 *
 * @module
 * @see docs/adr/0005-bundles.md
 */

import { globSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { type BuildOptions, build, context, type Plugin } from 'esbuild';
import { copyLeakedList, leakedListBeside } from './leaked.ts';
import { buildStrength } from './strength.ts';

const ROOT = resolve(import.meta.dirname, '..');
const OUTDIR = resolve(ROOT, '.build/functions');

/** What of the SDK is replaced, and by what. test/deploy/bundle.test.ts proves that nothing is missed. */
const REPLACED: [path: RegExp, source: string][] = [
  // Lambda puts credentials into the environment; profiles, SSO, STS and metadata never apply.
  [
    /\/credential-provider-node\/dist-es\/index\.js$/,
    `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
  ],
  // There are no ~/.aws files in Lambda to look a setting up in. What a variable says wrongly counts as
  // unsaid, as ever.
  [
    /\/node-config-provider\/configLoader\.js$/,
    `import { memoize } from '../property-provider/memoize';
     const said = (select, options) => {
       try { return select(process.env, options); } catch { return undefined; }
     };
     export const loadConfig =
       ({ environmentVariableSelector, default: fallback }, { signingName, logger } = {}) =>
         memoize(async () => {
           const value = said(environmentVariableSelector, { signingName, logger });
           if (value !== undefined) return value;
           return typeof fallback === 'function' ? fallback() : fallback;
         });`,
  ],
  // Bodies are Node's own streams. To ask for the other kinds, which nothing here uses, loads them.
  [
    /\/util-stream\/stream-type-check\.js$/,
    `export const isReadableStream = () => false;
     export const isBlob = () => false;`,
  ],
  // As the global `crypto` does, which loads all of WebCrypto.
  [
    /\/serde\/uuid\/v4\.js$/,
    `import { randomUUID } from 'node:crypto';
     export const bindV4 = () => () => randomUUID();`,
  ],
  // Off by default, and DynamoDB's endpoint follows from the region or the environment.
  [
    /\/middleware-endpoint-discovery\/dist-es\/index\.js$/,
    `export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
       environmentVariableSelector: () => false, configFileSelector: () => false, default: false };
     export const resolveEndpointDiscoveryConfig = (config) => config;`,
  ],
  // No operation that we call streams events; S3 has one that could.
  [
    /\/submodules\/event-streams\/index\.js$/,
    `export const EventStreamSerde = undefined;
     export const eventStreamSerdeProvider = () => undefined;
     export const resolveEventStreamSerdeConfig = (config) => config;`,
  ],
  // For a Node without SHA-256 of its own.
  [/\/submodules\/checksum\/sha256\/Sha256Js\.js$/, 'export const Sha256Js = undefined;'],
  // AWS_REGION is always there; and no function is an EC2 instance.
  [
    /\/regionConfig\/getInstanceMetadataRegion\.js$/,
    'export const getInstanceMetadataRegion = async () => undefined;',
  ],
];

const trimSdk: Plugin = {
  name: 'trim-sdk',
  setup({ onLoad }) {
    for (const [filter, contents] of REPLACED) {
      onLoad({ filter }, ({ path }) => ({ contents, resolveDir: dirname(path) }));
    }
    // A client tells its version to AWS, out of a manifest of which it needs no more.
    onLoad({ filter: /\/client-[^/]+\/package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8')) as { version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};

/** A module that says the same every time is run once, here, and replaced by what it exports. */
const COMPUTED = /\/lib\/compose\/document\.ts$/;

const compute: Plugin = {
  name: 'compute',
  setup({ onLoad }) {
    onLoad({ filter: COMPUTED }, async ({ path }) => {
      const { outputFiles, metafile } = await build({
        ...bundleOptions,
        entryPoints: [path],
        write: false,
        metafile: true,
        sourcemap: false,
        plugins: [trimSdk],
      });
      const watchFiles = Object.keys(metafile.inputs).map((file) => resolve(ROOT, file));
      return { contents: constantsOf(outputFiles[0]?.text ?? ''), watchFiles };
    });
  },
};

/** The console's files, which Vite builds; its sources are watched like the functions' own. */
const CONSOLE = /\/lib\/compose\/console-files\.ts$/;

const consoleFiles: Plugin = {
  name: 'console-files',
  setup({ onLoad }) {
    onLoad({ filter: CONSOLE }, async () => {
      const { buildConsole, sourcesOfConsole } = await import('../console/build/bundle.ts');
      const contents = `export const CONSOLE_FILES = ${JSON.stringify(await buildConsole())};`;
      return { contents, ...sourcesOfConsole() };
    });
  },
};

/** The script of the pages on which a password is set. */
const STRENGTH = /\/lib\/compose\/strength-file\.ts$/;

const strengthFile: Plugin = {
  name: 'strength-file',
  setup({ onLoad }) {
    onLoad({ filter: STRENGTH }, async () => {
      const { file, watchFiles } = await buildStrength();
      return { contents: `export const STRENGTH_FILE = ${JSON.stringify(file)};`, watchFiles };
    });
  },
};

/** @param code - A CommonJS module whose exports are JSON. */
function constantsOf(code: string): string {
  const module: { exports: Record<string, unknown> } = { exports: {} };
  const run = compileFunction(code, ['module', 'exports', 'require']);
  run(module, module.exports, createRequire(import.meta.url));
  return Object.entries(module.exports)
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
    .join('\n');
}

/**
 * Lambda starts Node with `--expose-gc`, which no function needs. Node takes its own modules out of its own
 * code cache only under the flags that this was made with; so they take half as long without.
 *
 * @see docs/adr/0043-code-cache.md
 */
const OWN_CACHE = `if(globalThis.gc)require('node:v8').setFlagsFromString('--no-expose-gc');`;

/** CommonJS with `require` in place of `import()`: an ESM import of node:http also loads undici. */
export const bundleOptions = {
  absWorkingDir: ROOT,
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  banner: { js: OWN_CACHE },
  mainFields: ['module', 'main'],
  supported: { 'dynamic-import': false },
  // The map stays beside the bundle for local stack traces; it is not in the zip.
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'silent',
  plugins: [trimSdk, compute, consoleFiles, strengthFile, leakedListBeside],
} satisfies BuildOptions;

export type BuildTarget = {
  /** The folder that receives `<name>.js`. */
  outdir?: string;
  entries?: string[];
};

async function optionsFor({ outdir = OUTDIR, entries }: BuildTarget) {
  await mkdir(outdir, { recursive: true });
  // Locally the bundle lies below a package.json that says "module"; in its zip it is alone.
  // Renamed into place, since a running local stack may be reading it.
  const manifest = resolve(outdir, 'package.json');
  await writeFile(`${manifest}.${process.pid}`, '{ "type": "commonjs" }\n');
  await rename(`${manifest}.${process.pid}`, manifest);
  await copyLeakedList(outdir);
  const found = entries ?? globSync('functions/*.ts', { cwd: ROOT });
  const entryPoints = found.map((path) => ({ in: path, out: basename(path, '.ts') }));
  return { ...bundleOptions, outdir, entryPoints };
}

/** @throws esbuild's BuildFailure, whose message names each file and line. */
export async function buildFunctions(target: BuildTarget = {}): Promise<void> {
  await build(await optionsFor(target));
}

/**
 * Resolves once the first build has succeeded, then rebuilds whenever a source file changes.
 *
 * @param onRebuilt - called after each later rebuild; on failure the old bundles stay in place.
 */
export async function watchFunctions(onRebuilt: (error?: Error) => void) {
  const first = Promise.withResolvers<void>();
  let built = false;
  const report: Plugin = {
    name: 'report',
    setup({ onEnd }) {
      onEnd(({ errors }) => {
        const error = errors.length > 0 ? new Error(errors.map(describe).join('\n')) : undefined;
        if (built) onRebuilt(error);
        else if (error) first.reject(error);
        else first.resolve();
        built ||= error === undefined;
      });
    },
  };
  const options = await optionsFor({});
  const watcher = await context({ ...options, plugins: [...options.plugins, report] });
  try {
    await watcher.watch();
    await first.promise;
  } catch (error) {
    await watcher.dispose();
    throw error;
  }
  return { stop: () => watcher.dispose() };
}

const describe = ({
  text,
  location,
}: {
  text: string;
  location: { file: string; line: number } | null;
}) => (location ? `${location.file}:${location.line}: ${text}` : text);

if (import.meta.main) await buildFunctions();
