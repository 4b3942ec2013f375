/**
 * What may come between two reads, or two writes, of what all share: each is made to, on the wire. DynamoDB shows
 * the items of a transaction one by one, and a batch of reads is no snapshot.
 */
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { batchGet, get } from '../../../lib/aws/table.ts';
import {
  nameContent,
  spreadContent,
  unnameContent,
} from '../../../lib/manage/deployment/name-content.ts';
import { readDomain, saveDomain } from '../../../lib/store/directory/domains.ts';
import { markHome } from '../../../lib/store/directory/home.ts';
import { roleKey } from '../../../lib/store/directory/roles.ts';
import { contentKey, pack } from '../../../lib/store/named/content.ts';
import { manifestKey, readInForce } from '../../../lib/store/named/manifest.ts';
import { holding, memoryOf } from '../../../lib/store/named/memory.ts';
import { namesIn } from '../../../lib/store/named/rename.ts';
import { seconds } from '../../../lib/time.ts';
import {
  type Deployment,
  deploy,
  type Instance,
  instanceOf,
  switches,
} from '../../support/promise/deployment.ts';
import { statusOf } from '../../support/promise/everything.ts';
import { byLastCall, ofOneShard } from '../../support/promise/faulty.ts';
import { open } from '../../support/promise/opened.ts';
import { type AwsProxy, type Request, startProxy } from '../../support/running/proxy.ts';
import { freshTables, localClient } from '../../support/running/tables.ts';

type Item = Record<string, { S?: string }>;
type Batch = Record<string, { Keys: { pk: { S: string } }[] }>;

let proxy: AwsProxy;
/** Past the proxy. */
let direct: Instance;
/** Through it, with a memory of its own. */
let other: Instance;
beforeEach(async () => {
  proxy = await startProxy(inject('dynamodb'));
  const { directory, sessions } = await freshTables();
  direct = { directory, sessions };
  const names = { directory: directory.name, sessions: sessions.name };
  other = instanceOf(localClient(proxy.endpoint), names);
});
afterEach(async () => {
  other.directory.client.destroy();
  await proxy.stop();
});

const keysOf = ({ action, body }: Request): string[] =>
  action === 'BatchGetItem'
    ? Object.values(body['RequestItems'] as Batch).flatMap(({ Keys }) => Keys.map(({ pk }) => pk.S))
    : [];
const asks = (request: Request, start: string): boolean =>
  keysOf(request).some((key) => key.startsWith(start));
/** Once, before the request goes on. */
function onceBefore(isIt: (request: Request) => boolean, act: () => Promise<unknown>): void {
  let isDone = false;
  proxy.inject(async (request) => {
    if (isDone || !isIt(request)) return undefined;
    isDone = true;
    await act();
    return undefined;
  });
}
const callOf = async (deployment: Deployment, by: Instance = other) => {
  const opened = await open(direct, deployment, { kind: 'user', tenant: 'a' });
  if (!opened) throw new Error('nobody is signed in');
  const call = { method: 'GET', path: '/own-a' };
  return () => statusOf(by, opened.claim, call, deployment.now);
};

describe('an edit', () => {
  test('names its content in every manifest, though they are spread between its reads', async () => {
    await nameContent(direct.directory);
    await deploy(direct);
    onceBefore(
      (request) => asks(request, 'manifest#'),
      () => spreadContent(direct.directory, { buckets: 1, shards: 4 }),
    );
    await switches.Own(other.directory, 'a', false);
    const inForce = await readInForce(direct.directory);
    expect(inForce?.manifests).toHaveLength(4);
    expect(
      new Set(inForce?.manifests.map(({ roles }) => Object.values(roles).sort().join())).size,
    ).toBe(1);
  });

  test('whose answer is lost leaves its content in force, and for good', async () => {
    await nameContent(direct.directory);
    await deploy(direct);
    let lost = 0;
    proxy.inject(({ action }) =>
      action === 'TransactWriteItems' && lost++ === 0 ? 'lose' : undefined,
    );
    await switches.Own(other.directory, 'a', false);
    expect(lost).toBeGreaterThan(1);
    const inForce = await readInForce(direct.directory);
    const names = inForce ? namesIn(inForce) : [];
    const wanted = names.map(({ name }) => ({ table: direct.directory, key: contentKey(name, 0) }));
    for (const item of await batchGet(wanted)) {
      expect(item?.['body']).toBeDefined();
      expect(item?.['contentUntil']).toBeUndefined();
    }
  });

  test('that would make a domain what its content says is refused when that is out of date', async () => {
    await nameContent(direct.directory);
    await deploy(direct);
    const limited = async (at: Instance, hours: number) => {
      const domain = await readDomain(at.directory, 'a');
      if (!domain) throw new Error('there is no such domain');
      const sessionAbsolute = seconds(hours * 3600);
      return saveDomain(at.directory, domain, { ...domain, sessionAbsolute });
    };
    await limited(direct, 1);
    const engine = await get(direct.directory, manifestKey(0, 0));
    const edition = { S: String(engine?.['edition']) };
    const domains = { S: String(engine?.['domains']) };
    await limited(direct, 2);
    // The edit before shows in the domain already, and not in the manifest.
    const asBefore = (item: Item | undefined) =>
      item?.['pk']?.S?.startsWith('manifest#') ? { ...item, edition, domains } : item;
    proxy.inject(({ action }) => {
      if (action === 'GetItem')
        return (answer) => ({ ...answer, Item: asBefore(answer['Item'] as Item) });
      if (action !== 'BatchGetItem') return undefined;
      return (answer) => ({
        ...answer,
        Responses: Object.fromEntries(
          Object.entries(answer['Responses'] as Record<string, Item[]>).map(([table, items]) => [
            table,
            items.map(asBefore),
          ]),
        ),
      });
    });
    expect(await limited(other, 1)).toBe(false);
    proxy.heal();
    expect(await limited(other, 1)).toBe(true);
  });

  test('that read a restored table does not take back that it is in its place', async () => {
    await nameContent(direct.directory);
    await deploy(direct);
    onceBefore(
      ({ action }) => action === 'TransactWriteItems',
      () => markHome(direct.directory),
    );
    const editions = async () => (await get(direct.directory, manifestKey(0, 0)))?.['edition'];
    const first = await editions();
    await switches.Own(other.directory, 'a', false);
    const sent = proxy.requests.filter(({ action }) => action === 'TransactWriteItems');
    expect(sent.length).toBeGreaterThan(1);
    expect(await editions()).not.toBe(first);
  });
});

describe('a call', () => {
  test('does not believe an item from while all was named, once nothing is', async () => {
    const deployment = await deploy(direct);
    await nameContent(direct.directory);
    await switches.Own(direct.directory, 'a', false);
    const call = await callOf(deployment);
    let isDone = false;
    proxy.inject(async (request) => {
      if (isDone || !asks(request, 'role#')) return undefined;
      isDone = true;
      const Key = { pk: { S: roleKey('a').pk }, sk: { S: 'role' } };
      const stale = await raw(direct.directory.name, Key);
      expect(JSON.stringify(stale)).toContain('own-a');
      await unnameContent(direct.directory);
      return (answer) => withItem(answer, direct.directory.name, stale);
    });
    expect(await call()).toBe(403);
    expect(isDone).toBe(true);
  });

  test('knows all that it has read until it ends, though there is no room for it', () => {
    const memory = memoryOf(other.directory);
    const known = holding(memory);
    const contents = ['x', 'y', 'z'].map((letter) => pack({ [letter]: letter.repeat(12_000_000) }));
    for (const { name, body } of contents) known.keep(name, { body });
    expect(contents.filter(({ name }) => known.recall(name) === undefined)).toEqual([]);
    expect(contents.filter(({ name }) => memory.recall(name) === undefined)).not.toEqual([]);
  });
});

/** As it is on the wire. */
async function raw(TableName: string, Key: object): Promise<Item> {
  const command = new GetItemCommand({ TableName, Key: Key as never, ConsistentRead: true });
  const { Item } = await direct.directory.client.send(command);
  return Item as unknown as Item;
}

function withItem(answer: Record<string, unknown>, table: string, item: Item): object {
  const { [table]: items = [], ...others } = answer['Responses'] as Record<string, Item[]>;
  const rest = items.filter(({ pk }) => pk?.S !== item['pk']?.S);
  return { ...answer, Responses: { ...others, [table]: [...rest, item] } };
}

describe('a guard that is taken away is missed', () => {
  /** The same, but for what is done between the client and the tables. */
  const faulty = (made: typeof byLastCall): Instance => {
    const { directory, sessions } = direct;
    const names = { directory: directory.name, sessions: sessions.name };
    return instanceOf(made(directory.client), names);
  };

  test('a call that believes the manifest of the one before is allowed after a revocation', async () => {
    await nameContent(direct.directory);
    const deployment = await deploy(direct);
    const [call, wrong] = [await callOf(deployment), await callOf(deployment, faulty(byLastCall))];
    expect([await call(), await wrong()]).toEqual([200, 200]);
    await switches.Own(direct.directory, 'a', false);
    expect([await call(), await wrong()]).toEqual([403, 200]);
  });

  test('an edit that names its content in one manifest alone leaves the others as they were', async () => {
    await nameContent(direct.directory, { buckets: 1, shards: 4 });
    const deployment = await deploy(direct);
    const call = await callOf(deployment);
    await switches.Own(faulty(ofOneShard).directory, 'a', false);
    const statuses = new Set<number>();
    for (let calls = 0; calls < 60; calls += 1) statuses.add(await call());
    expect([...statuses].sort()).toEqual([200, 403]);
    await switches.Own(direct.directory, 'a', true);
    await switches.Own(direct.directory, 'a', false);
    expect(await call()).toBe(403);
  });
});
