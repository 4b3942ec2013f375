/**
 * Loopback ports: free ones, and whether a wanted one is.
 *
 * @module
 */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';
import { listen } from './gateway/server.ts';

export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server, 0);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Throws a one-line error when somebody else listens there. */
export async function ensureFree(port: number): Promise<void> {
  const server = createServer();
  try {
    await listen(server, port);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${code})`;
    throw new Error(`Port ${port} ${why}; set PORT to another one`);
  }
  await new Promise((resolve) => server.close(resolve));
}

/** Below what systems take ports of outgoing calls from: such a call must not take one meanwhile. */
const [LOWEST, HIGHEST] = [10_000, 32_000];

/** @returns The first of `count` adjacent ports that are free. */
export async function freePorts(count: number): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt++) {
    const base = randomInt(LOWEST, HIGHEST - count);
    const all = Array.from({ length: count }, (_, index) => base + index);
    const free = await Promise.allSettled(all.map(ensureFree));
    if (free.every(({ status }) => status === 'fulfilled')) return base;
  }
  throw new Error(`no ${count} adjacent free ports`);
}
