/**
 * Tokens over HTTP: Latchkey through its local gateway, oidc-provider with what it issues in the same
 * engine, and the floor, side by side. Each grant alone and sixteen at a time, in blocks in turns, so
 * that a slow moment of the machine meets all of them.
 *
 * @module
 */
import { type Child, startChild } from './oauth/child.ts';
import { formOf, GRANTS, type Grant, HEADERS } from './oauth/client.ts';
import { type Load, measureLoad } from './oauth/load.ts';
import { milliseconds, printTable, type Target } from './report.ts';
import { median } from './statistics.ts';
import { type Exchange, listed, unitsOf } from './wire.ts';

const SLOWER_THAN_PEER = 0.5;
const FLOOR_LIMIT = 1.3;
const BLOCKS = 4;
/** Requests of a block. */
const REQUESTS: Record<number, number> = { 1: 100, 16: 320 };
const WARM_UP = 80;

type Server = {
  name: string;
  url: string;
  codes: (count: number) => Promise<string[]>;
  refreshTokens?: Promise<string[]>;
};

export async function measureOauth(): Promise<Target[]> {
  const children: Child[] = [];
  const child = (file: string): Child => {
    const started = startChild(file);
    children.push(started);
    return started;
  };
  try {
    return await measure(child);
  } finally {
    await Promise.all(children.map((one) => one.stop()));
  }
}

async function measure(child: (file: string) => Child): Promise<Target[]> {
  const [own, peer, memory, floor] = ['ours.ts', 'peer.ts', 'peer.ts', 'floor.ts'].map(child);
  if (!own || !peer || !memory || !floor) throw new Error('no servers');
  const { url, endpoint } = await own.ask<{ url: string; endpoint: string }>('start');
  const codesOf = (one: Child) => (count: number) => one.ask<string[]>('codes', { count });
  const servers: Server[] = [
    { name: 'Latchkey', url, codes: codesOf(own) },
    {
      name: 'oidc-provider, in the same engine',
      url: await peer.ask('start', { endpoint, memory: false }),
      codes: codesOf(peer),
    },
    {
      name: 'oidc-provider, in memory, nothing revocable',
      url: await memory.ask('start', { endpoint, memory: true }),
      codes: codesOf(memory),
    },
    { name: 'floor', url: await floor.ask('start', { endpoint }), codes: async () => [] },
  ];

  const targets: Target[] = [];
  const costs: string[][] = [];
  const rows: string[][] = [];
  for (const grant of GRANTS) {
    const spent = await spentBy(servers[0] as Server, grant, 2);
    const exchanges = await own.ask<Exchange[]>('record', { grant, spent });
    await floor.ask('become', { grant, exchanges });
    costs.push([grant, listed(exchanges), String(unitsOf(exchanges))]);
    for (const concurrency of [1, 16]) {
      const loads = await inTurns(servers, grant, concurrency);
      rows.push(...rowsOf(grant, concurrency, servers, loads));
      targets.push(...targetsOf(grant, concurrency, loads));
    }
  }
  printTable(
    [
      'grant',
      'at a time',
      'server',
      'a second',
      'p50',
      'p99',
      'rate to the peer',
      'p50 to the floor',
    ],
    rows,
  );
  console.log();
  printTable(['grant', 'DynamoDB requests', 'units'], costs);
  return targets;
}

/** @returns The loads of each server, block by block. */
async function inTurns(
  servers: readonly Server[],
  grant: Grant,
  concurrency: number,
): Promise<Load[][]> {
  const loads: Load[][] = servers.map(() => []);
  for (const server of servers)
    await measureLoad(server.url, await bodiesFor(server, grant, WARM_UP), concurrency);
  for (let block = 0; block < BLOCKS; block++) {
    for (let turn = 0; turn < servers.length; turn++) {
      const index = (block + turn) % servers.length;
      const server = servers[index] as Server;
      const bodies = await bodiesFor(server, grant, REQUESTS[concurrency] ?? 0);
      loads[index]?.push(await measureLoad(server.url, bodies, concurrency));
    }
  }
  return loads;
}

async function bodiesFor(server: Server, grant: Grant, count: number): Promise<string[]> {
  const spent = await spentBy(server, grant, count);
  return Array.from({ length: count }, (_, index) => formOf(grant, spent[index % spent.length]));
}

/** Codes work once; a confidential client keeps its refresh token, so sixteen do for all. */
async function spentBy(server: Server, grant: Grant, count: number): Promise<readonly string[]> {
  if (grant === 'client_credentials' || server.name === 'floor') return [];
  if (grant === 'authorization_code') return server.codes(count);
  server.refreshTokens ??= server
    .codes(16)
    .then((codes) => Promise.all(codes.map((code) => refreshTokenFor(server, code))));
  return server.refreshTokens;
}

async function refreshTokenFor({ url }: Server, code: string): Promise<string> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: HEADERS,
    body: formOf('authorization_code', code),
  });
  const { refresh_token } = (await answer.json()) as { refresh_token?: string };
  if (!refresh_token) throw new Error(`${url}: no refresh token, ${answer.status}`);
  return refresh_token;
}

const middle = (loads: readonly Load[] | undefined, of: keyof Load): number =>
  median((loads ?? []).map((load) => load[of]));

function ratio(loads: Load[][], left: number, right: number, of: keyof Load): number {
  return median(
    (loads[left] ?? []).map((load, block) => load[of] / (loads[right]?.[block]?.[of] ?? 0)),
  );
}

const [OWN, PEER, FLOOR] = [0, 1, 3];

const rowsOf = (grant: Grant, concurrency: number, servers: readonly Server[], loads: Load[][]) =>
  servers.map(({ name }, index) => [
    grant,
    String(concurrency),
    name,
    middle(loads[index], 'rate').toFixed(0),
    milliseconds(middle(loads[index], 'p50')),
    milliseconds(middle(loads[index], 'p99')),
    ratio(loads, index, PEER, 'rate').toFixed(2),
    ratio(loads, index, FLOOR, 'p50').toFixed(2),
  ]);

const targetsOf = (grant: Grant, concurrency: number, loads: Load[][]): Target[] => [
  {
    name: `${grant}, ${concurrency} at a time: the peer's rate to ours`,
    measured: ratio(loads, PEER, OWN, 'rate'),
    limit: SLOWER_THAN_PEER,
  },
  {
    name: `${grant}, ${concurrency} at a time: p50 to the floor`,
    measured: ratio(loads, OWN, FLOOR, 'p50'),
    limit: FLOOR_LIMIT,
  },
];
