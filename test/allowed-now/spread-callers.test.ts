/**
 * The promise for callers in several copies: keys and machine tokens among all others, their spread raised and
 * lowered while calls run, on a DynamoDB that shows the items of a transaction one by one.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { describe, expect, inject, test } from 'vitest';
import {
  nameContent,
  spreadContent,
  unnameContent,
} from '../../lib/manage/deployment/name-content.ts';
import {
  type Deployment,
  deploy,
  type Instance,
  instanceOf,
  TENANTS,
} from '../support/promise/deployment.ts';
import { runEverything } from '../support/promise/everything.ts';
import { withoutCopies } from '../support/promise/faulty.ts';
import type { History } from '../support/promise/history.ts';
import { expectKept, problems } from '../support/promise/kept.ts';
import { pick, spreadClient, spreadSome } from '../support/promise/spreading.ts';
import { seeded } from '../support/promise/workload.ts';
import { freshTables, localClient } from '../support/running/tables.ts';
import { startTorn, type Tearing } from '../support/running/torn.ts';

const seed = Math.floor(Math.random() * 2 ** 32);
const LOAD = { calls: 400, callers: 8 };
const TIMEOUT = 120_000;
const COUNTS = [1, 2, 5] as const;
const SPREADS = [
  { buckets: 1, shards: 2 },
  { buckets: 3, shards: 1 },
] as const;

type Scenario = {
  tearing?: Partial<Tearing>;
  /** What is between instances and tables. */
  through?: (client: DynamoDBClient) => DynamoDBClient;
  meanwhile?: (at: {
    deployment: Deployment;
    random: () => number;
  }) => (instance: Instance) => Promise<unknown>;
};

async function historyOf({ tearing, through, meanwhile }: Scenario): Promise<History> {
  const random = seeded(seed);
  const torn = await startTorn(inject('dynamodb'), { random, ...tearing });
  const { directory, sessions } = await freshTables();
  const names = { directory: directory.name, sessions: sessions.name };
  await nameContent(directory, { buckets: 2, shards: 2 });
  const hot = { copies: () => pick(COUNTS, random), keys: [] };
  const deployment: Deployment = { ...(await deploy({ directory, sessions })), hot };
  for (const tenant of TENANTS)
    await spreadClient({ directory, sessions }, deployment.clientOf(tenant), hot.copies());
  const clients = [0, 1, 2].map(() => localClient(torn.endpoint));
  const instances = clients.map((client) => instanceOf(through?.(client) ?? client, names));
  try {
    const load = { ...LOAD, random, instances };
    const changing = meanwhile && { meanwhile: meanwhile({ deployment, random }) };
    return await runEverything(deployment, { ...load, ...changing });
  } finally {
    for (const client of clients) client.destroy();
    await torn.stop();
  }
}

const spreading: NonNullable<Scenario['meanwhile']> =
  ({ deployment, random }) =>
  (instance) =>
    spreadSome(instance, deployment, random);

/** And the memory, which takes from all copies that they count. */
const switching: NonNullable<Scenario['meanwhile']> = (at) => {
  let isNamed = true;
  const spread = spreading(at);
  return async (instance) => {
    await spread(instance);
    const { directory } = instance;
    if (at.random() < 0.6) return;
    if (isNamed) await unnameContent(directory);
    else await nameContent(directory, { buckets: 1, shards: 2 });
    isNamed = !isNamed;
  };
};

const spreadingManifests: NonNullable<Scenario['meanwhile']> = (at) => {
  const spread = spreading(at);
  return async (instance) => {
    await spread(instance);
    await spreadContent(instance.directory, pick(SPREADS, at.random));
  };
};

describe(`no call is allowed after its revocation, nor a permitted one refused (seed ${seed})`, {
  timeout: TIMEOUT,
}, () => {
  test('with several copies of keys, their owners, clients and their tokens', async () =>
    expectKept(await historyOf({})));

  test('while these become more and fewer', async () =>
    expectKept(await historyOf({ meanwhile: spreading })));

  test('where writes fail, and their answers are lost', async () =>
    expectKept(await historyOf({ meanwhile: spreading, tearing: { failing: 100 } })));

  test('while the manifests are spread, too', async () =>
    expectKept(await historyOf({ meanwhile: spreadingManifests })));

  test('while all is named and is not any more', async () =>
    expectKept(await historyOf({ meanwhile: switching })));

  // Which calls meet which edits is chance.
  test(
    'would be found out, if some changes left the copies as they were',
    {
      retry: 3,
    },
    async () =>
      expect(
        problems(await historyOf({ through: (client) => withoutCopies(client, 0.5) })),
      ).toEqual(expect.arrayContaining([expect.stringContaining('allowed though')])),
  );
});
