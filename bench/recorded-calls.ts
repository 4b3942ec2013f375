/**
 * What the simulation of scaling.ts goes by, recorded of the authorizer: how long calls take, and what they read.
 *
 * @module
 */
import type { Table } from '../lib/aws/table.ts';
import { editRole } from '../lib/manage/roles/edit.ts';
import { readAllRoles } from '../lib/store/directory/roles.ts';
import { pack } from '../lib/store/named/content.ts';
import { piecesByName, piecesOfRegistry } from '../lib/store/named/pieces.ts';
import { authorizerCall } from './events.ts';
import type { Authorizer, Service } from './service.ts';
import type { Recorded } from './simulate.ts';
import { type Call, median, timeInTurns } from './statistics.ts';
import { unitsOf } from './wire.ts';

const CALL = 'GET /book/1';
export const BLOCKS = 40;
export const CALLS_A_BLOCK = 100;
/** Edits, each with a call right after it. */
const FILLS = 40;
/** Bytes of a strongly consistent read unit. */
const UNIT = 4096;
/** What docs/performance.md has measured: load and first request. */
const COLD_MS = 118;
/** As large as they may be. */
const LARGE = { resources: 10_000, roles: 2000, acl: 200 };

export async function record(service: Service): Promise<Recorded> {
  const [one, other] = [
    await service.logIn('200@mydomain.com'),
    await service.logIn('200@mydomain.com'),
  ];
  const [first, second] = [authorizerCall(CALL, one), authorizerCall(CALL, other)];
  const strict = service.bundles.load<Authorizer>('authorizer').handler;
  const forgetful = await remembering(service, 60_000, (handler) => handler);
  await Promise.all([strict(first), forgetful(first)]);
  const [reading, kept] = await calmest([() => strict(first), () => forgetful(first)]);
  const filling = await timeFills(service.tables.directory, () => strict(first));

  const { wire } = service;
  const all = await service.overWire(async () => {
    const { handler } = service.bundles.load<Authorizer>('authorizer');
    await handler(first);
    return unitsOf(await wire.during(() => handler(first)));
  });
  const another = await service.overWire(() =>
    remembering(service, 60_000, async (handler) => {
      await handler(first);
      if (unitsOf(await wire.during(() => handler(first))) !== 0)
        throw new Error('nothing was remembered');
      return unitsOf(await wire.during(() => handler(second)));
    }),
  );
  // Its session and its user are a caller's own; the manifest is everybody's.
  const own = 2;
  return {
    ...{ reading, filling, remembering: kept, coldMs: COLD_MS, own, shared: all - own },
    piece: largestPiece(),
    // The other session's user is the same, and so need not be read again either.
    sharesMemory: another < own,
  };
}

/** Of calls of an instance right after an edit of the caller's role. */
async function timeFills(directory: Table, call: Call): Promise<number[]> {
  const { roles } = await readAllRoles(directory);
  const user = roles.find(({ name }) => name === 'user');
  if (!user) throw new Error('there is no such role');
  const times: number[] = [];
  for (let edit = 0; edit < FILLS; edit++) {
    // Another ACL each time, and at the end the one of before.
    const more = edit % 2 === 0 ? { [`${CALL}/more`]: ['r' as const] } : {};
    await editRole(directory, { ...user, acl: { ...user.acl, ...more } });
    const start = performance.now();
    await call();
    times.push(performance.now() - start);
  }
  return times;
}

/** Read units of the largest piece that an edit of a role or of the registry names, with as much as there may be. */
function largestPiece(): number {
  const numbered = (count: number) => Array.from({ length: count }, (_, index) => index);
  const resource = (index: number) => `api-${index}/resource-${index}`;
  const roles = numbered(LARGE.roles).map((role) => {
    const named = numbered(LARGE.acl).map((at) => resource((role * 97 + at) % LARGE.resources));
    const acl = Object.fromEntries(named.map((name) => [name, ['r', 'u']]));
    const name = `role-${role}`;
    return [name, { name, number: 0, parents: [], acl, effective: acl, ancestors: [] }];
  });
  const registry = numbered(LARGE.resources).map((index) => [resource(index), []]);
  const pieces = [
    piecesByName(Object.fromEntries(roles)),
    piecesOfRegistry(Object.fromEntries(registry)),
  ].flatMap(Object.values);
  return Math.max(...pieces.map((piece) => Math.ceil(pack(piece).body.length / UNIT)));
}

/** Of the blocks of calls the quickest: what else this machine does is no part of the figure. */
async function calmest(calls: readonly [Call, Call]): Promise<[number[], number[]]> {
  const blocks: number[][][] = [];
  for (let block = 0; block < BLOCKS; block++) blocks.push(await timeInTurns(calls, CALLS_A_BLOCK));
  const [first, second] = calls.map((_call, index) => {
    const times = blocks.map((block) => block[index] ?? []);
    return times.reduce((best, next) => (median(next) < median(best) ? next : best));
  });
  return [first ?? [], second ?? []];
}

type Handler = Authorizer['handler'];

/** An instance that keeps what it reads, if only while the environment says so. */
async function remembering<T>(
  { bundles }: Service,
  verdictCacheMs: number,
  use: (handler: Handler) => T | Promise<T>,
): Promise<T> {
  process.env['VERDICT_CACHE_MS'] = String(verdictCacheMs);
  try {
    return await use(bundles.load<Authorizer>('authorizer').handler);
  } finally {
    delete process.env['VERDICT_CACHE_MS'];
  }
}
