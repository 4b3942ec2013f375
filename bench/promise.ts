/**
 * Holds the promise against as many operations as asked for: calls and edits of everything at once, by several
 * instances, where reads and transactions are torn (test/support/running/torn.ts), writes fail and what all
 * share is spread anew meanwhile. Exits with 1 when a call was allowed after its revocation was acknowledged,
 * or a permitted one was refused. Keys, their owners, clients and their tokens lie in several copies, raised and
 * lowered meanwhile, too.
 *
 *   npm run promise -- --operations 100000 --seed 7     the seed repeats what is chosen, not the machine's part
 *
 * @module
 */
import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LOCAL_CREDENTIALS } from '../dev/credentials.ts';
import { startDynamoDb } from '../dev/dynamodb.ts';
import { REGION } from '../dev/names.ts';
import { nameContent, spreadContent } from '../lib/manage/deployment/name-content.ts';
import { deploy, type Instance, instanceOf } from '../test/support/promise/deployment.ts';
import { runEverything, unsettled } from '../test/support/promise/everything.ts';
import { check, type Report } from '../test/support/promise/history.ts';
import { pick, spreadSome } from '../test/support/promise/spreading.ts';
import { seeded } from '../test/support/promise/workload.ts';
import { startTorn } from '../test/support/running/torn.ts';
import { createTables } from './tables.ts';

const { operations: asked, seed: given } = parseArgs({
  options: {
    operations: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 32)) },
  },
}).values;
const [operations, seed] = [asked, given].map(Number) as [number, number];
if (!(operations >= 1 && operations <= 10_000_000) || !Number.isInteger(seed))
  throw new Error('--operations is 1 to 10000000, --seed a whole number');

const SPREADS = [
  { buckets: 1, shards: 1 },
  { buckets: 1, shards: 4 },
  { buckets: 3, shards: 2 },
] as const;
const COPIES = [1, 1, 2, 5] as const;
/** Each history is checked by itself, and forgotten. */
const CALLS = 500;

// Of what fails here on purpose.
console.info = () => {};
const random = seeded(seed);
const engine = await startDynamoDb();
const torn = await startTorn(engine.endpoint, { random, pause: 3, failing: 20 });
const connected = (endpoint: string) =>
  new DynamoDBClient({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS });
const { directory, sessions } = await createTables(connected(engine.endpoint));
const total = { calls: 0, writes: 0, allowed: 0, refused: 0 };
const problems: string[] = [];
try {
  await nameContent(directory);
  const hot = { copies: () => pick(COPIES, random), keys: [] };
  const deployment = { ...(await deploy({ directory, sessions })), hot };
  const instances = Array.from({ length: 4 }, () =>
    instanceOf(connected(torn.endpoint), { directory: directory.name, sessions: sessions.name }),
  );
  const meanwhile = async (instance: Instance): Promise<void> => {
    const chance = random();
    if (chance < 0.05) await spreadContent(instance.directory, pick(SPREADS, random));
    else if (chance < 0.3) await spreadSome(instance, deployment, random);
  };
  const began = performance.now();
  console.log(`seed ${seed}, Node ${process.version}, ${engine.engine}`);
  while (total.calls + total.writes < operations && problems.length === 0) {
    const calls = Math.min(CALLS, Math.ceil(operations - total.calls - total.writes));
    const load = { calls, callers: 12, random, instances, meanwhile };
    const history = await runEverything(deployment, load);
    count(history.calls.length, history.writes.length, check(history));
    const minutes = (performance.now() - began) / 60_000;
    console.log(`${total.calls + total.writes} operations in ${minutes.toFixed(1)} minutes`);
  }
} finally {
  await torn.stop();
  await engine.stop();
}
console.log(`${total.calls} calls beside ${total.writes} edits and ends of sessions;`);
console.log(`${total.allowed} could only be allowed, ${total.refused} only refused`);
console.log(
  `${unsettled.calls} were made again, since edits followed each other too fast for them`,
);
console.log(problems.length === 0 ? 'the promise was kept' : problems.slice(0, 20).join('\n'));
process.exitCode = problems.length === 0 ? 0 : 1;

function count(calls: number, writes: number, { violations, certain }: Report): void {
  total.calls += calls;
  total.writes += writes;
  total.allowed += certain.allowed;
  total.refused += certain.refused;
  problems.push(...violations.map(({ problem, call }) => `${problem} ${JSON.stringify(call)}`));
}
