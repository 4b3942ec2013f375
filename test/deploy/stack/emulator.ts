/**
 * An AWS on this machine that others wrote: MiniStack, in a Python environment of its own that is made
 * once and kept in node_modules/.cache. test/deploy/emulator says what of it is changed.
 *
 * @module
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../../../dev/ports.ts';

const run = promisify(execFile);
const ROOT = resolve(import.meta.dirname, '../../..');
const EMULATOR = 'ministack==1.5.33';
/** Without it its keys sign nothing. */
const SIGNING = 'cryptography==50.0.2';
const ENVIRONMENT = join(ROOT, 'node_modules/.cache/latchkey', EMULATOR.replace('==', '-'));
const START_SECONDS = 30;

export const PYTHON = join(ENVIRONMENT, 'bin/python');

export type Emulator = {
  /** Of every AWS service. */
  endpoint: string;
  /** A line for each decision of IAM; see iam_log.py. */
  iamLog: string;
  /** Where a test writes the step before which the next rotation ends; see rotation.py. */
  rotationCut: string;
  stop(): Promise<void>;
};

/** @throws Error that says what the machine lacks. */
async function install(): Promise<void> {
  const done = join(ENVIRONMENT, 'installed');
  if (existsSync(done)) return;
  rmSync(ENVIRONMENT, { recursive: true, force: true });
  try {
    await run('python3', ['-m', 'venv', ENVIRONMENT]);
  } catch (error) {
    throw new Error('needs python3 with its module venv (Debian: python3-venv)', { cause: error });
  }
  const quietly = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await run(PYTHON, [...quietly, EMULATOR, SIGNING]);
  writeFileSync(done, '');
}

/** @param folder - For its files; it may be removed when all has stopped. */
export async function startEmulator(folder: string): Promise<Emulator> {
  await install();
  const port = await freePort();
  const [iamLog, rotationCut] = [join(folder, 'iam.jsonl'), join(folder, 'rotation-cut')];
  const log = join(folder, 'emulator.log');
  const output = openSync(log, 'w');
  writeFileSync(iamLog, '');
  // A group of its own, with the functions that it starts.
  const child = spawn(PYTHON, ['-m', 'emulator'], {
    detached: true,
    cwd: folder,
    stdio: ['ignore', output, output],
    // Functions inherit what it has: no more than this.
    env: {
      PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
      HOME: folder,
      TMPDIR: folder,
      PYTHONPATH: resolve(import.meta.dirname, '..'),
      PYTHONDONTWRITEBYTECODE: '1',
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      AUTH: 'true',
      IAM_LOG: iamLog,
      ROTATION_CUT: rotationCut,
    },
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(`${endpoint}/_ministack/health`, child, log);
  return { endpoint, iamLog, rotationCut, stop: () => end(child) };
}

async function answering(url: string, child: ChildProcess, log: string): Promise<void> {
  for (let waited = 0; waited < START_SECONDS && child.exitCode === null; waited += 0.2) {
    if (
      await fetch(url).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await sleep(200);
  }
  throw new Error(`the emulator has not started: see ${log}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (!child.pid || child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  process.kill(-child.pid, 'SIGTERM');
  await Promise.race([gone, sleep(3000)]);
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of the group is left.
  }
}
