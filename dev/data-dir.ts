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
  const start = startOf(pid);
  if (start && holder !== own && holder === `${pid} ${start}`) {
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

/**
 * @returns When the process started, in the system's own words; undefined if there is none, or only what
 *   is left of one that has ended and whose parent has not asked how (a zombie): it holds nothing.
 */
function startOf(pid: number): string | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  const stat = read(`/proc/${pid}/stat`);
  // The name in parentheses may hold blanks; the state is the first field after it, the start the 20th.
  if (stat) return unlessEnded(stat.slice(stat.lastIndexOf(')') + 2).split(' '), 19);
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
  const [state = '', ...start] = status === 0 ? stdout.toString().trim().split(/\s+/) : [];
  return unlessEnded([state, start.join(' ')], 1);
}

const unlessEnded = (fields: readonly string[], start: number): string | undefined =>
  /^[ZXx]|^$/.test(fields[0] ?? '') ? undefined : fields[start];
