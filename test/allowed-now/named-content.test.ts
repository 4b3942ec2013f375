import { describe, inject, test } from 'vitest';
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
} from '../support/promise/deployment.ts';
import { runEverything } from '../support/promise/everything.ts';
import type { History } from '../support/promise/history.ts';
import { expectKept } from '../support/promise/kept.ts';
import { seeded } from '../support/promise/workload.ts';
import { freshTables, localClient } from '../support/running/tables.ts';
import { startTorn, type Tearing } from '../support/running/torn.ts';

const seed = Math.floor(Math.random() * 2 ** 32);
const LOAD = { calls: 400, callers: 8 };
const TIMEOUT = 120_000;

type Scenario = {
  spread?: { buckets: number; shards: number } | 'unnamed';
  tearing?: Partial<Tearing>;
  meanwhile?: (random: () => number) => (instance: Instance) => Promise<unknown>;
};

async function historyOf({ spread, tearing, meanwhile }: Scenario): Promise<History> {
  const random = seeded(seed);
  const torn = await startTorn(inject('dynamodb'), { random, ...tearing });
  const { directory, sessions } = await freshTables();
  const names = { directory: directory.name, sessions: sessions.name };
  if (spread !== 'unnamed') await nameContent(directory, spread);
  const deployment: Deployment = await deploy({ directory, sessions });
  const clients = [0, 1, 2].map(() => localClient(torn.endpoint));
  const instances = clients.map((client) => instanceOf(client, names));
  try {
    const load = { ...LOAD, random, instances };
    const changing = meanwhile && { meanwhile: meanwhile(random) };
    return await runEverything(deployment, { ...load, ...changing });
  } finally {
    for (const client of clients) client.destroy();
    await torn.stop();
  }
}

const SPREADS = [
  { buckets: 1, shards: 1 },
  { buckets: 1, shards: 4 },
  { buckets: 3, shards: 2 },
  { buckets: 4, shards: 1 },
] as const;

const respreading: Scenario['meanwhile'] =
  (random) =>
  ({ directory }) =>
    spreadContent(directory, SPREADS[Math.floor(random() * SPREADS.length)] ?? SPREADS[0]);

const switching: Scenario['meanwhile'] = () => {
  let isNamed = true;
  return async ({ directory }) => {
    if (isNamed) await unnameContent(directory);
    else await nameContent(directory, { buckets: 2, shards: 2 });
    isNamed = !isNamed;
  };
};

describe(`no call is allowed after its revocation, nor a permitted one refused (seed ${seed})`, {
  timeout: TIMEOUT,
}, () => {
  test('with one manifest', async () => expectKept(await historyOf({})));

  test('with manifests of several buckets and shards', async () =>
    expectKept(await historyOf({ spread: { buckets: 3, shards: 3 } })));

  test('while they are spread over more and fewer', async () =>
    expectKept(await historyOf({ meanwhile: respreading })));

  test('where writes fail, and their answers are lost', async () =>
    expectKept(await historyOf({ spread: { buckets: 2, shards: 2 }, tearing: { failing: 100 } })));

  test('where nothing is named', async () => expectKept(await historyOf({ spread: 'unnamed' })));

  test('while all is named and is not any more', async () =>
    expectKept(await historyOf({ spread: { buckets: 2, shards: 2 }, meanwhile: switching })));
});
