/**
 * The folder that holds the local stack's data, used by one stack at a time: two engines on one
 * file would not see each other's writes.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @returns What gives the folder free. Throws when a live stack holds it. */
export function lockDataDir(dir: string): () => void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const file = join(dir, 'lock');
  const own = `${process.pid} ${startOf(process.pid)}`;
  const holder = read(file);
  const pid = Number(holder?.split(' ', 1)[0]);
  // A number alone proves nothing: after a kill -9 it may belong to another program by now.
  if (holder && holder !== own && holder === `${pid} ${startOf(pid)}`) {
    throw new Error(`${dir} is in use by process ${pid}; set LATCHKEY_DATA to another folder`);
  }
  writeFileSync(file, own, { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** @returns When the process started, in the system's own words; undefined if there is none. */
function startOf(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const stat = read(`/proc/${pid}/stat`);
  // The name in parentheses may hold blanks; the start is the 20th field after it.
  if (stat) return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  const { status, stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)]);
  return status === 0 ? stdout.toString().trim() : undefined;
}
