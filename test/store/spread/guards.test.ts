/** What keeps copies right while everybody writes at once; and that it is missed where it is taken away. */
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { get, put } from '../../../lib/aws/table.ts';
import { nameContent, unnameContent } from '../../../lib/manage/deployment/name-content.ts';
import { raiseGeneration } from '../../../lib/store/directory/revocation.ts';
import { subjectKey } from '../../../lib/store/directory/subjects.ts';
import { sessionKey } from '../../../lib/store/sessions/sessions.ts';
import { copyKey } from '../../../lib/store/spread/copies.ts';
import {
  type Deployment,
  deploy,
  type Instance,
  instanceOf,
  subjectSwitches,
} from '../../support/promise/deployment.ts';
import { statusOf } from '../../support/promise/everything.ts';
import { believingCopies, unconditionally, withoutCopies } from '../../support/promise/faulty.ts';
import { insist } from '../../support/promise/insist.ts';
import { type Opened, open, switchKey } from '../../support/promise/opened.ts';
import { spreadClient, spreadKey } from '../../support/promise/spreading.ts';
import { type AwsProxy, startProxy } from '../../support/running/proxy.ts';
import { freshTables, localClient } from '../../support/running/tables.ts';

const COPIES = 3;
const CALLS = 24;

let proxy: AwsProxy;
let direct: Instance;
/** Through the proxy. */
let other: Instance;
let deployment: Deployment;
let key: Opened;
beforeEach(async () => {
  proxy = await startProxy(inject('dynamodb'));
  const { directory, sessions } = await freshTables();
  direct = { directory, sessions };
  other = instanceOf(localClient(proxy.endpoint), namesOf(direct));
  await nameContent(directory);
  deployment = await deploy(direct);
  key = await openedBy('key');
  await spreadKey(direct, key.claim.name, COPIES, deployment.now);
  expect(await statuses(key)).toEqual([200]);
});
afterEach(async () => {
  other.directory.client.destroy();
  await proxy.stop();
});

const namesOf = ({ directory, sessions }: Instance) => ({
  directory: directory.name,
  sessions: sessions.name,
});
async function openedBy(kind: Opened['kind']): Promise<Opened> {
  const one = await open(direct, deployment, { kind, tenant: 'a' });
  if (!one) throw new Error('nobody may open it');
  return one;
}
async function statuses({ claim, kind }: Opened, by = direct): Promise<number[]> {
  const path = kind === 'machine' ? '/own-a' : '/own-a';
  const seen = new Set<number>();
  for (let calls = 0; calls < CALLS; calls++)
    seen.add(await statusOf(by, claim, { method: 'GET', path }, deployment.now));
  return [...seen].sort();
}
const faulty = (made: typeof withoutCopies): Instance =>
  instanceOf(made(localClient(inject('dynamodb'))), namesOf(direct));
/** Between the reads of a change and its write of an item. */
function onceBeforeWrite(act: () => Promise<unknown>): void {
  let isDone = false;
  proxy.inject(async ({ action }) => {
    if (isDone || action !== 'TransactWriteItems') return undefined;
    isDone = true;
    await act();
    return undefined;
  });
}
const name = () => key.claim.name;
const owner = () => subjectKey(deployment.userOf('a'));
async function expectAgreeing(): Promise<void> {
  for (const [table, at] of [
    [direct.directory, owner()],
    [direct.sessions, sessionKey(name())],
  ] as const) {
    const item = await get(table, at);
    const spread = item?.['spread'] as { copies: number } | undefined;
    for (let copy = 0; copy < 66; copy++) {
      const found = await get(table, copyKey(at, copy));
      expect(found !== undefined).toBe(copy < (spread?.copies ?? 0));
      for (const [member, value] of Object.entries(found ?? {}))
        if (!['pk', 'sk', 'spread'].includes(member))
          expect([member, value]).toEqual([member, item?.[member]]);
    }
  }
}

describe('of two changes at once', () => {
  test.each([
    ['set twice', () => spreadKey(direct, name(), 7, deployment.now)],
    ['switched off', () => switchKey(direct, deployment, name(), false)],
    ['of an owner who is disabled', () => subjectSwitches(deployment).User(direct, 'a', false)],
    ['of an owner who loses a role', () => subjectSwitches(deployment).Role(direct, 'a', false)],
    ['of an owner who is signed out', () => raiseGeneration(direct.directory, owner())],
  ])(
    'a spread that is raised or lowered, %s meanwhile, ends as if one came after the other',
    async (_what, change) => {
      for (const copies of [6, 2, 1]) {
        await Promise.all([
          insist(() => spreadKey(direct, name(), copies, deployment.now)),
          insist(async () => void (await change())),
        ]);
        await expectAgreeing();
      }
    },
  );

  test('a key that is switched off between read and write of its spread is refused', async () => {
    // The first write is the owner's.
    await spreadKey(direct, name(), COPIES, deployment.now);
    let writes = 0;
    proxy.inject(async ({ action }) => {
      if (action === 'TransactWriteItems') writes += 1;
      if (action === 'TransactWriteItems' && writes === 2)
        await switchKey(direct, deployment, name(), false);
      return undefined;
    });
    await spreadKey(other, name(), 5, deployment.now);
    expect(writes).toBeGreaterThan(2);
    expect(await statuses(key)).toEqual([401]);
  });

  test('a user disabled between read and write of a spread is refused, and in all copies', async () => {
    onceBeforeWrite(() => subjectSwitches(deployment).User(direct, 'a', false));
    await spreadKey(other, name(), 5, deployment.now);
    expect(await statuses(key)).toEqual([401]);
    await expectAgreeing();
  });

  test('a sign-out finds the copies that were made since it looked', async () => {
    await spreadKey(direct, name(), 1, deployment.now);
    onceBeforeWrite(() => spreadKey(direct, name(), 5, deployment.now));
    expect(await raiseGeneration(other.directory, owner())).toBe(true);
    await expectAgreeing();
  });
});

describe('a guard that is taken away is missed:', () => {
  test('a change that leaves the copies as they were is not seen by calls', async () => {
    await switchKey(faulty(withoutCopies), deployment, name(), false);
    expect(await statuses(key)).toEqual([200]);
    await switchKey(direct, deployment, name(), false);
    expect(await statuses(key)).toEqual([401]);
  });

  test('a spread that is written whatever came between takes a revocation back', async () => {
    const wrong = faulty((client) => unconditionally(client));
    const read = wrong.sessions.client;
    let isDone = false;
    const between = new Proxy(read, {
      get: (target, member) =>
        member !== 'send'
          ? Reflect.get(target, member)
          : async (command: { constructor: { name: string }; input: object }) => {
              const isWrite = JSON.stringify(command.input).includes('copy#session#');
              if (!isDone && isWrite && command.constructor.name === 'TransactWriteItemsCommand') {
                isDone = true;
                await switchKey(direct, deployment, name(), false);
              }
              return target.send(command as never);
            },
    });
    await spreadKey(instanceOf(between, namesOf(direct)), name(), 5, deployment.now);
    expect(isDone).toBe(true);
    expect(await statuses(key)).toEqual([200]);
  });

  test('a reader that believes a copy of before allows what an older release has switched off', async () => {
    const wrong = faulty(believingCopies);
    expect(await statuses(key, wrong)).toEqual([200]);
    await unnameContent(direct.directory);
    const at = sessionKey(name());
    await put(direct.sessions, { ...(await get(direct.sessions, at)), ...at, disabled: true });
    await nameContent(direct.directory);
    expect(await statuses(key)).toEqual([401]);
    expect(await statuses(key, wrong)).toContain(200);
  });

  test('the token of a client that ends without its copies goes on', async () => {
    await spreadClient(direct, deployment.clientOf('a'), COPIES);
    const machine = await openedBy('machine');
    expect(await statuses(machine)).toEqual([200]);
    await subjectSwitches(deployment).Client(faulty(withoutCopies), 'a', false);
    expect(await statuses(machine)).toEqual([200]);
    await subjectSwitches(deployment).Client(direct, 'a', true);
    await subjectSwitches(deployment).Client(direct, 'a', false);
    expect(await statuses(machine)).toEqual([401]);
  });
});
