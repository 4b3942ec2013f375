/**
 * A release of Node that is not ours, in an exact version, kept below the user's cache folder.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const HERE = join(import.meta.dirname, 'other-node');

/** @returns The path of its `node`. */
export async function installOtherNode(): Promise<string> {
  const name = `node-linux-${process.arch}`;
  const { optionalDependencies } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8')) as {
    optionalDependencies: Record<string, string>;
  };
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const folder = join(cache, 'latchkey', `${name}-${optionalDependencies[name]}`);
  if (!existsSync(folder)) await install(folder);
  return join(folder, 'node_modules', name, 'bin/node');
}

async function install(folder: string): Promise<void> {
  const work = `${folder}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    for (const file of ['package.json', 'package-lock.json'])
      copyFileSync(join(HERE, file), join(work, file));
    await run('npm', ['ci', '--ignore-scripts'], { cwd: work });
    // In one step, so that what is there is whole.
    renameSync(work, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
