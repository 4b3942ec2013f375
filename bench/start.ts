/**
 * How long `npm start` takes until it is ready: with an empty data folder, and the second time with the same.
 * What was built and compiled of the same sources before is there each time.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { freePorts } from '../dev/ports.ts';
import { PORTS } from '../dev/services.ts';
import { printTable, type Target } from './report.ts';
import { median } from './statistics.ts';

const ROUNDS = 5;
const SCRIPT = resolve(import.meta.dirname, '../dev/start.mjs');
/** Seconds. */
const LIMITS = { empty: 12, second: 5 };

export async function measureStart(): Promise<Target[]> {
  await inFolder(start); // builds what is not built yet
  const empty: number[] = [];
  const second: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    await inFolder(async (folder) => {
      empty.push(await start(folder));
      second.push(await start(folder));
    });
  const measured = [
    ['with an empty data folder', median(empty), LIMITS.empty],
    ['the second time', median(second), LIMITS.second],
  ] as const;
  const rows = measured.map(([name, time, limit]) => [name, `${time.toFixed(1)} s`, `${limit} s`]);
  printTable(['`npm start`, until it is ready', 'median', 'at most'], rows);
  return measured.map(([name, time, limit]) => ({ name: `start ${name}`, measured: time, limit }));
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-start-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns Seconds. */
async function start(folder: string): Promise<number> {
  const began = performance.now();
  const env = {
    ...process.env,
    PORT: String(await freePorts(PORTS)),
    LATCHKEY_DATA: folder,
  };
  const child = spawn(process.execPath, [SCRIPT], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    for await (const line of createInterface(child.stdout))
      if (line.startsWith('ready ')) return (performance.now() - began) / 1000;
    throw new Error('the local stack did not start');
  } finally {
    child.stdout.resume();
    child.kill('SIGINT');
    await ended;
  }
}
