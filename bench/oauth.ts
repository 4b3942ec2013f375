/**
 * Tokens over HTTP: Latchkey's function and oidc-provider with what it issues in the same engine, each behind
 * the same bare node:http in a process of its own, and the floor, side by side. Each grant alone and sixteen
 * at a time, in blocks in turns, so that a slow moment of the machine meets all of them.
 *
 * What the local gateway adds is measured apart: its stack reads its streams, which takes of everybody's time.
 *
 * @module
 */
import { newClient } from '../lib/manage/clients/register.ts';
import { saveClient } from '../lib/store/directory/clients.ts';
import { epochMilliseconds } from '../lib/time.ts';
import { type Child, startChild } from './oauth/child.ts';
import { GRANTS, type Grant } from './oauth/client.ts';
import { makeCodes, REGISTRATION } from './oauth/codes.ts';
import { measureGateway } from './oauth/measure-gateway.ts';
import type { Recorded } from './oauth/ours.ts';
import { type Loads, loadsInTurns, middle, ratio, type Server, spentBy } from './oauth/turns.ts';
import { milliseconds, printTable, type Target } from './report.ts';
import type { Service } from './service.ts';
import { inSteps, listed, unitsOf } from './wire.ts';

/** Ours, where there is enough to do at once. */
const TIMES_THE_PEER = { client_credentials: 2, authorization_code: 1.6, refresh_token: 2 };
const FLOOR_LIMIT = 1.15;
const [OWN, PEER, FLOOR] = [0, 1, 3];

export async function measureOauth(service: Service): Promise<Target[]> {
  const children: Child[] = [];
  const child = (file: string): Child => {
    const started = startChild(file);
    children.push(started);
    return started;
  };
  try {
    const targets = await measure(service, child);
    await Promise.all(children.splice(0).map((one) => one.stop()));
    console.log();
    await measureGateway(child);
    return targets;
  } finally {
    await Promise.all(children.map((one) => one.stop()));
  }
}

async function measure(service: Service, child: (file: string) => Child): Promise<Target[]> {
  const { secret, ...registration } = REGISTRATION;
  const after = newClient(registration, secret, epochMilliseconds(Date.now()));
  await saveClient(service.tables.directory, { after });
  const { servers, own, floor } = await startServers(service, child);
  const targets: Target[] = [];
  const costs: string[][] = [];
  const rows: string[][] = [];
  for (const grant of GRANTS) {
    const spent = await spentBy(servers[OWN] as Server, grant, 2);
    const recorded = await own.ask<Recorded>('record', { grant, spent });
    await floor.ask('become', recorded);
    costs.push(costOf(grant, recorded));
    for (const concurrency of [1, 16]) {
      const loads = await loadsInTurns(servers, grant, concurrency);
      rows.push(...rowsOf(grant, concurrency, servers, loads));
      targets.push(...targetsOf(grant, concurrency, loads));
    }
  }
  printTable(HEAD, rows);
  console.log();
  printTable(['grant', 'DynamoDB requests', 'units', 'signatures'], costs);
  return targets;
}

async function startServers(service: Service, child: (file: string) => Child) {
  const [own, peer, memory, floor] = ['ours.ts', 'peer.ts', 'peer.ts', 'floor.ts'].map(child);
  if (!own || !peer || !memory || !floor) throw new Error('no servers');
  const { endpoint, environment, tables } = service;
  const codesOf = (one: Child) => (count: number) => one.ask<string[]>('codes', { count });
  const servers: Server[] = [
    {
      name: 'Latchkey',
      url: await own.ask('start', environment),
      child: own,
      codes: (count) => makeCodes(tables, count),
    },
    {
      name: 'oidc-provider, in the same engine',
      url: await peer.ask('start', { endpoint, memory: false }),
      child: peer,
      codes: codesOf(peer),
    },
    {
      name: 'oidc-provider, in memory, nothing revocable',
      url: await memory.ask('start', { endpoint, memory: true }),
      child: memory,
      codes: codesOf(memory),
    },
    {
      name: 'floor',
      url: await floor.ask('start', { endpoint }),
      child: floor,
      codes: undefined,
    },
  ];
  return { servers, own, floor };
}

/** Requests that are sent side by side have a comma between them. */
const costOf = (grant: Grant, { exchanges, signatures }: Recorded): string[] => [
  grant,
  inSteps(exchanges).map(listed).join('; '),
  String(unitsOf(exchanges)),
  signatures.join(', '),
];

const HEAD = [
  'grant',
  'at a time',
  'server',
  'a second',
  'p50',
  'p99',
  'processor',
  'rate to the peer',
  'p50 to the floor',
];

const rowsOf = (grant: Grant, concurrency: number, servers: readonly Server[], loads: Loads) =>
  servers.map(({ name }, index) => [
    grant,
    String(concurrency),
    name,
    middle(loads[index], 'rate').toFixed(0),
    milliseconds(middle(loads[index], 'p50')),
    milliseconds(middle(loads[index], 'p99')),
    milliseconds(middle(loads[index], 'processor')),
    ratio(loads, [index, PEER], 'rate').toFixed(2),
    ratio(loads, [index, FLOOR], 'p50').toFixed(2),
  ]);

function targetsOf(grant: Grant, concurrency: number, loads: Loads): Target[] {
  const rate = {
    name: `${grant}, ${concurrency} at a time: the peer's rate to ours`,
    measured: ratio(loads, [PEER, OWN], 'rate'),
    limit: 1 / TIMES_THE_PEER[grant],
  };
  const floor = {
    name: `${grant}, ${concurrency} at a time: p50 to the floor`,
    measured: ratio(loads, [OWN, FLOOR], 'p50'),
    limit: FLOOR_LIMIT,
  };
  return concurrency === 1 ? [floor] : [rate, floor];
}
