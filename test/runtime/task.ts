/**
 * A function's code as Lambda lays it out: its own zip alone, with the zip's own rights, read-only.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { chmodSync, globSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const WRITABLE = 0o222;

export type Task = { root: string; remove(): void };

export async function layOut(zip: string): Promise<Task> {
  const root = mkdtempSync(join(tmpdir(), 'latchkey-task-'));
  await run('unzip', ['-q', zip, '-d', root]);
  const all = [root, ...globSync('**/*', { cwd: root }).map((name) => join(root, name))];
  for (const path of all) {
    const { mode } = statSync(path);
    // Lambda makes the folders, which a zip need not name.
    chmodSync(path, statSync(path).isDirectory() ? 0o555 : mode & ~WRITABLE);
  }
  const remove = () => {
    for (const path of all) if (statSync(path).isDirectory()) chmodSync(path, 0o755);
    rmSync(root, { recursive: true });
  };
  return { root, remove };
}
