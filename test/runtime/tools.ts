/**
 * What AWS runs a function with, in exact versions: its runtime client for Node (npm) and its Runtime
 * Interface Emulator (a Go module). Kept below the user's cache folder, since the client is built
 * from source: a minute once, and none of it in our own `node_modules`.
 *
 * Needs Linux, cmake, make, a C++ compiler, and Go: 1.26, or one from 1.21 on that may get itself the
 * newer one.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const EMULATOR = 'github.com/aws/aws-lambda-runtime-interface-emulator/cmd/aws-lambda-rie';
const EMULATOR_VERSION = 'v0.0.0-20261030222936-bef5c4ba774d';
const MANIFESTS = ['package.json', 'package-lock.json'].map((name) =>
  join(import.meta.dirname, 'client', name),
);

/** @returns The folder that holds `aws-lambda-rie` and `node_modules/aws-lambda-ric`. */
export async function installTools(): Promise<string> {
  const version = createHash('sha256').update(EMULATOR_VERSION);
  for (const file of MANIFESTS) version.update(readFileSync(file));
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'latchkey', `lambda-${version.digest('hex').slice(0, 12)}`);
  if (existsSync(folder)) return folder;

  const work = `${folder}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    await buildClient(work);
    await buildEmulator(work);
    // In one step, so that what is there is whole.
    renameSync(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}

async function buildClient(folder: string): Promise<void> {
  for (const file of MANIFESTS) copyFileSync(file, join(folder, file.slice(dirname(file).length)));
  const node = dirname(process.execPath);
  await build('the runtime client, which needs cmake, make and a C++ compiler', 'npm', ['ci'], {
    cwd: folder,
    // The headers come with the pinned Node: there is nothing to download.
    env: { npm_config_nodedir: dirname(node), PATH: [node, process.env['PATH']].join(delimiter) },
  });
}

const buildEmulator = (folder: string): Promise<void> =>
  build(
    'the emulator, which needs Go 1.26, or 1.21 and newer to get it with',
    'go',
    ['install', `${EMULATOR}@${EMULATOR_VERSION}`],
    { cwd: folder, env: { GOBIN: folder, GOTOOLCHAIN: 'auto' } },
  );

type Place = { cwd: string; env: Record<string, string> };

async function build(what: string, command: string, args: string[], { cwd, env }: Place) {
  try {
    const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 64 * 1024 * 1024 };
    await run(command, args, options);
  } catch (error) {
    const { message, stderr = '' } = error as Error & { stderr?: string };
    throw new Error(`cannot build ${what}: ${message}\n${stderr.slice(-2000)}`);
  }
}
