/**
 * Where each mode's limits lie: simulated over service times and read units that are recorded first.
 *
 * @module
 */
import { authorizerCall } from './events.ts';
import { milliseconds, printTable, type Target } from './report.ts';
import type { Authorizer, Service } from './service.ts';
import { type Load, type Mode, type Outcome, type Recorded, simulate } from './simulate.ts';
import { type Call, median, timeInTurns } from './statistics.ts';
import { unitsOf } from './wire.ts';

/** US dollars, list prices of us-east-1: a million read units, a million calls, a GB-second on arm64. */
const PRICE = { units: 0.125, calls: 0.2, gigabyteSeconds: 0.0000133334 };
const GIGABYTES = 1769 / 1024;
const SECONDS_A_MONTH = 730 * 3600;
/** Strongly consistent units a second that one partition, and so one item, gives. */
const PARTITION = 3000;
const CALL = 'GET /book/1';
const BLOCKS = 40;
const CALLS_A_BLOCK = 100;
/** What docs/performance.md has measured: load and first request. */
const COLD_MS = 118;
const RATES = [1, 100, 10_000];

const MODES: readonly Mode[] = [
  { name: '`strict`', ttl: 0, byPath: false, verdictCacheMs: 0 },
  { name: '`strict`, VERDICT_CACHE_MS=1000', ttl: 0, byPath: false, verdictCacheMs: 1000 },
  { name: '`bounded` 60, HTTP API', ttl: 60, byPath: true, verdictCacheMs: 0 },
  { name: '`bounded` 60, REST API', ttl: 60, byPath: false, verdictCacheMs: 0 },
  { name: '`flush` 60, REST API', ttl: 60, byPath: false, verdictCacheMs: 0, flushEvery: 10 },
];
const LOADS: Readonly<Record<string, (rate: number) => Load>> = {
  'One key, one path': (rate) => ({ rate, keys: 1, paths: 1 }),
  'Many keys, each with a call every 10 seconds on one of 5 paths': (rate) => ({
    rate,
    keys: rate * 10,
    paths: 5,
  }),
};

export async function measureScaling(service: Service): Promise<Target[]> {
  const recorded = await record(service);
  printRecorded(recorded);
  for (const [name, loadOf] of Object.entries(LOADS)) {
    console.log(`\n${name}:\n`);
    const rows = RATES.flatMap((rate) =>
      MODES.map((mode) => {
        const outcome = simulate(mode, loadOf(rate), recorded, secondsOf(mode, rate));
        return [`${rate.toLocaleString('en')}`, mode.name, ...cellsOf(outcome, rate)];
      }),
    );
    printTable(HEAD, rows);
  }
  return [];
}

/** Long enough for a cache to fill and to be used; the second half counts. */
const secondsOf = ({ ttl }: Mode, rate: number): number => Math.max(3 * ttl, 30, 2000 / rate);

async function record(service: Service): Promise<Recorded> {
  const [one, other] = [
    await service.logIn('200@mydomain.com'),
    await service.logIn('200@mydomain.com'),
  ];
  const [first, second] = [authorizerCall(CALL, one), authorizerCall(CALL, other)];
  const strict = service.bundles.load<Authorizer>('authorizer').handler;
  const forgetful = await remembering(service, 60_000, (handler) => handler);
  await Promise.all([strict(first), forgetful(first)]);
  const [reading, kept] = await calmest([() => strict(first), () => forgetful(first)]);

  const { wire } = service;
  const units = await service.overWire(() =>
    remembering(service, 60_000, async (handler) => {
      const all = unitsOf((await wire.during(() => handler(first))).filter(isVerdict));
      const again = unitsOf(await wire.during(() => handler(first)));
      const another = unitsOf(await wire.during(() => handler(second)));
      if (again !== 0) throw new Error('nothing was remembered');
      return { all, another };
    }),
  );
  // Its session and its user are a caller's own; registry, domain and roles are everybody's.
  const own = 2;
  return {
    reading,
    remembering: kept,
    coldMs: COLD_MS,
    own,
    shared: units.all - own,
    // The other session's user is the same, and so need not be read again either.
    sharesMemory: units.another < own,
  };
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

const isVerdict = ({ action }: { action: string }): boolean => action === 'BatchGetItem';

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

function printRecorded({ reading, remembering: kept, own, shared, sharesMemory }: Recorded): void {
  const memory = sharesMemory ? 'shared by all callers' : 'of each caller alone';
  console.log(
    `A call that reads: ${milliseconds(median(reading))} (median of ${CALLS_A_BLOCK}, the calmest of ${BLOCKS} blocks)`,
  );
  console.log(`A call answered from memory: ${milliseconds(median(kept))}`);
  console.log(`Read units: ${own} of the caller's own items, ${shared} of items that all share`);
  console.log(`The memory of an instance: ${memory}`);
}

const HEAD = [
  'calls a second',
  'mode',
  'authorizer calls',
  'instances: cold start, then',
  "reads of a caller's item",
  'reads of a shared item',
  'read units',
  'a month',
  'a million calls',
];

function cellsOf(outcome: Outcome, rate: number): string[] {
  const { invocations, instances, hottest, units, meanMs } = outcome;
  const calls = (invocations * SECONDS_A_MONTH) / 1e6;
  const dollars =
    calls * PRICE.calls +
    ((units * SECONDS_A_MONTH) / 1e6) * PRICE.units +
    calls * 1e6 * (meanMs / 1000) * GIGABYTES * PRICE.gigabyteSeconds;
  return [
    figure(invocations),
    `${instances.start}, ${instances.settled}`,
    limited(hottest.own),
    limited(hottest.shared),
    figure(units),
    `$${dollars < 10 ? dollars.toFixed(2) : Math.round(dollars).toLocaleString('en')}`,
    `$${((dollars / (rate * SECONDS_A_MONTH)) * 1e6).toFixed(2)}`,
  ];
}

const figure = (value: number): string =>
  value >= 10 ? Math.round(value).toLocaleString('en') : value.toFixed(2);

/** Bold where DynamoDB would throttle. */
const limited = (value: number): string =>
  value > PARTITION ? `**${figure(value)}**` : figure(value);
