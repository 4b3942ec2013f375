/**
 * Where each mode's limits lie: simulated over service times and read units that are recorded first.
 *
 * @module
 */

import { ALONE, MOST_MANIFESTS, type Spread } from '../lib/store/named/manifest.ts';
import { BLOCKS, CALLS_A_BLOCK, record } from './recorded-calls.ts';
import { milliseconds, printTable, type Target } from './report.ts';
import type { Service } from './service.ts';
import { type Load, type Mode, type Outcome, type Recorded, simulate } from './simulate.ts';
import { median } from './statistics.ts';

/** US dollars, list prices of us-east-1: a million read units, a million calls, a GB-second on arm64. */
const PRICE = { units: 0.125, calls: 0.2, gigabyteSeconds: 0.0000133334 };
const GIGABYTES = 1769 / 1024;
/** Strongly consistent units a second that one partition, and so one item, gives. */
const PARTITION = 3000;
const RATES = [100, 10_000, 100_000];
/** Of which a partition is to give no more than so many, an edit included. */
const MOST_UNITS = 2400;
/** Calls a second for which one manifest is enough, so that a second of chance does not go beyond it. */
const OF_ONE = 1600;

const MODES: readonly Mode[] = [
  { name: '`strict`', ttl: 0, byPath: false, verdictCacheMs: 0 },
  { name: '`strict`, VERDICT_CACHE_MS=1000', ttl: 0, byPath: false, verdictCacheMs: 1000 },
  { name: '`bounded` 60, HTTP API', ttl: 60, byPath: true, verdictCacheMs: 0 },
  { name: '`bounded` 60, REST API', ttl: 60, byPath: false, verdictCacheMs: 0 },
  { name: '`flush` 60, REST API', ttl: 60, byPath: false, verdictCacheMs: 0, flushEvery: 10 },
];
const LOADS: Readonly<Record<string, (rate: number) => Load>> = {
  'One key, one path': (rate) => ({
    ...{ rate, keys: 1, copies: manifestsFor(rate), paths: 1, domains: 1 },
    spread: spreadFor(rate),
  }),
  'Many keys of one domain, each with a call every 10 seconds on one of 5 paths': (rate) => ({
    ...{ rate, keys: rate * 10, copies: 1, paths: 5, domains: 1 },
    spread: spreadFor(rate),
  }),
  'As many keys, of 1,000 domains': (rate) => ({
    ...{ rate, keys: rate * 10, copies: 1, paths: 5, domains: 1000 },
    spread: spreadFor(rate, 8),
  }),
};

/** As an administrator would set it: `latchkey memory spread`, and `latchkey key spread` likewise. */
function spreadFor(rate: number, most = 1): Spread {
  if (rate <= OF_ONE) return ALONE;
  const manifests = manifestsFor(rate);
  const buckets = Math.min(most, manifests);
  return { buckets, shards: manifests / buckets };
}

/** Of one key there are as many copies. */
const manifestsFor = (rate: number): number =>
  Math.min(MOST_MANIFESTS, 2 ** Math.max(0, Math.ceil(Math.log2(rate / OF_ONE))));

export async function measureScaling(service: Service): Promise<Target[]> {
  const recorded = await record(service);
  printRecorded(recorded);
  const targets: Target[] = [];
  for (const [name, loadOf] of Object.entries(LOADS)) {
    console.log(`\n${name}:\n`);
    const rows = RATES.flatMap((rate) =>
      MODES.filter(({ ttl }) => ttl === 0 || rate <= 10_000).map((mode) => {
        const load = loadOf(rate);
        const outcome = simulate(mode, load, recorded, secondsOf(mode, rate));
        if (mode === MODES[0]) targets.push(...targetsOf(`${name}, ${rate} a second`, outcome));
        return [figure(rate), mode.name, spreadCell(load), ...cellsOf(outcome)];
      }),
    );
    printTable(HEAD, rows);
  }
  return targets;
}

/** Of `strict`. What is read anew after an edit counts for its partition and its second, and not a call's price. */
function targetsOf(name: string, outcome: Outcome): Target[] {
  const { hottest, edit, units, invocations } = outcome;
  const { dynamodb, lambda } = costsOf(outcome);
  const busiest = Math.max(hottest.own, hottest.shared, edit.busiest);
  return [
    { name: `${name}, units of the busiest partition`, measured: busiest, limit: MOST_UNITS },
    { name: `${name}, units a call`, measured: rounded(units / invocations), limit: 3 },
    { name: `${name}, DynamoDB, $ a million`, measured: rounded(dynamodb), limit: 0.375 },
    { name: `${name}, with Lambda, $ a million`, measured: dynamodb + lambda, limit: 0.8 },
  ];
}

/** Of what is divided by a time and multiplied again. */
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

const spreadCell = ({ spread: { buckets, shards }, copies }: Load): string =>
  `${buckets} × ${shards}${copies > 1 ? `, ${copies}` : ''}`;

/** Long enough for a cache to fill and to be used, and for an edit to be over; the second half counts. */
const secondsOf = ({ ttl }: Mode, rate: number): number =>
  ttl > 0 ? Math.max(3 * ttl, 2000 / rate) : rate > 10_000 ? 16 : 30;

function printRecorded(recorded: Recorded): void {
  const { reading, filling, remembering: kept, own, shared, piece, sharesMemory } = recorded;
  const memory = sharesMemory ? 'shared by all callers' : 'of each caller alone';
  console.log(
    `A call that reads: ${milliseconds(median(reading))} (median of ${CALLS_A_BLOCK}, the calmest of ${BLOCKS} blocks)`,
  );
  console.log(`The first call of an instance after an edit: ${milliseconds(median(filling))}`);
  console.log(`A call answered from memory: ${milliseconds(median(kept))}`);
  console.log(`Read units: ${own} of the caller's own items, ${shared} of a manifest`);
  console.log(`Read units of the largest piece of content: ${piece}`);
  console.log(`The memory of an instance: ${memory}`);
}

const HEAD = [
  'calls a second',
  'mode',
  'buckets × shards, copies of the key',
  'authorizer calls',
  'instances: cold start, then',
  "units of a caller's item",
  'units of a manifest',
  'after an edit: busiest item',
  'p99 before, after',
  'read units',
  'DynamoDB a million',
  'with Lambda',
];

function cellsOf(outcome: Outcome): string[] {
  const { invocations, instances, hottest, units, edit } = outcome;
  const { dynamodb, lambda } = costsOf(outcome);
  return [
    figure(invocations),
    `${instances.start}, ${instances.settled}`,
    limited(hottest.own),
    limited(hottest.shared),
    limited(edit.busiest),
    `${edit.p99BeforeMs.toFixed(1)}, ${edit.p99Ms.toFixed(1)} ms`,
    figure(units),
    `$${dynamodb.toFixed(3)}`,
    `$${(dynamodb + lambda).toFixed(2)}`,
  ];
}

/** US dollars for a million calls of consuming APIs. */
function costsOf({ calls, invocations, units, meanMs }: Outcome) {
  const perCall = PRICE.calls + meanMs * 1000 * GIGABYTES * PRICE.gigabyteSeconds;
  return {
    dynamodb: (units / calls) * PRICE.units,
    lambda: (invocations / calls) * perCall,
  };
}

const figure = (value: number): string =>
  value >= 10 ? Math.round(value).toLocaleString('en') : value.toFixed(2);

/** Bold where DynamoDB would throttle. */
const limited = (value: number): string =>
  value > PARTITION ? `**${figure(value)}**` : figure(value);
