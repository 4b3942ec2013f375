/**
 * A clone of the repository in a folder of its own: what stands in the working tree, or a commit. The
 * dependencies are those of this checkout.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');

const git = (...words: string[]): string =>
  execFileSync('git', words, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 28 });

/** @returns The folder. */
export function cloneOfToday(folder: string): string {
  const files = git('ls-files', '-z', '--cached', '--others', '--exclude-standard').split('\0');
  for (const file of files) {
    const source = join(ROOT, file);
    if (file === '' || !existsSync(source)) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(source, join(folder, file), { verbatimSymlinks: true });
  }
  return withDependencies(folder);
}

/** @returns The folder. */
export function cloneOf(commit: string, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const archive = execFileSync('git', ['archive', commit], { cwd: ROOT, maxBuffer: 1 << 28 });
  execFileSync('tar', ['-x', '-C', folder], { input: archive });
  return withDependencies(folder);
}

function withDependencies(folder: string): string {
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** The commit before the one that last changed what is deployed. @throws Error without history. */
export function commitBefore(...paths: string[]): string {
  const [, before] = git('log', '-2', '--format=%H', '--', ...paths)
    .trim()
    .split('\n');
  if (!before) throw new Error('needs the history of the repository: git fetch --unshallow');
  return before;
}
