/**
 * Servers under the same load in turns, block by block.
 *
 * @module
 */
import { median } from '../statistics.ts';
import type { Child } from './child.ts';
import { formOf, type Grant, HEADERS } from './client.ts';
import { type Load, measureLoad } from './load.ts';

/** Odd, so that a ratio and its inverse have the same median. */
const BLOCKS = 5;
/** Requests of a block, by how many are sent at a time. */
const REQUESTS: Record<number, number> = { 1: 100, 16: 320 };
const WARM_UP = 80;

export type Server = {
  name: string;
  url: string;
  child: Child;
  /** Fresh ones; `undefined` where none is looked at. */
  codes: ((count: number) => Promise<string[]>) | undefined;
  refreshTokens?: Promise<string[]>;
};
/** `processor`: milliseconds that the server's process used for a request. */
type Measured = Load & { processor: number };
/** By server, then by block. */
export type Loads = Measured[][];

export async function loadsInTurns(
  servers: readonly Server[],
  grant: Grant,
  concurrency: number,
): Promise<Loads> {
  const loads: Loads = servers.map(() => []);
  for (const server of servers)
    await measureLoad(server.url, await bodiesFor(server, grant, WARM_UP), concurrency);
  for (let block = 0; block < BLOCKS; block++) {
    for (let turn = 0; turn < servers.length; turn++) {
      const index = (block + turn) % servers.length;
      const server = servers[index] as Server;
      const bodies = await bodiesFor(server, grant, REQUESTS[concurrency] ?? 0);
      const before = await server.child.processor();
      const load = await measureLoad(server.url, bodies, concurrency);
      const processor = ((await server.child.processor()) - before) / bodies.length;
      loads[index]?.push({ ...load, processor });
    }
  }
  return loads;
}

async function bodiesFor(server: Server, grant: Grant, count: number): Promise<string[]> {
  const spent = await spentBy(server, grant, count);
  return Array.from({ length: count }, (_, index) => formOf(grant, spent[index % spent.length]));
}

/** Codes work once; a confidential client keeps its refresh token, so sixteen do for all. */
export async function spentBy(
  server: Server,
  grant: Grant,
  count: number,
): Promise<readonly string[]> {
  const { codes } = server;
  if (grant === 'client_credentials' || !codes) return [];
  if (grant === 'authorization_code') return codes(count);
  server.refreshTokens ??= codes(16).then((made) =>
    Promise.all(made.map((code) => refreshTokenFor(server, code))),
  );
  return server.refreshTokens;
}

async function refreshTokenFor({ url }: Server, code: string): Promise<string> {
  const body = formOf('authorization_code', code);
  const answer = await fetch(url, { method: 'POST', headers: HEADERS, body });
  const { refresh_token } = (await answer.json()) as { refresh_token?: string };
  if (!refresh_token) throw new Error(`${url}: no refresh token, ${answer.status}`);
  return refresh_token;
}

export const middle = (loads: readonly Measured[] | undefined, of: keyof Measured): number =>
  median((loads ?? []).map((load) => load[of]));

/** @param pair - Which server to which. */
export const ratio = (
  loads: Loads,
  [left, right]: readonly [number, number],
  of: keyof Measured,
): number =>
  median((loads[left] ?? []).map((load, block) => load[of] / (loads[right]?.[block]?.[of] ?? 0)));
