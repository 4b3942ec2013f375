/** One hot caller in many copies: what is in them, who reads them, and that whatever changes, changes in all. */
import type { BatchGetItemCommandInput } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { type Exchange, startWire, unitsOf } from '../../../bench/wire.ts';
import { batchGet, get, type Item, type Key, put, type Table } from '../../../lib/aws/table.ts';
import {
  nameContent,
  restateContent,
  spreadContent,
  unnameContent,
} from '../../../lib/manage/deployment/name-content.ts';
import { deleteClient, readClient } from '../../../lib/store/directory/clients.ts';
import { deleteDomain, domainSubject, readDomain } from '../../../lib/store/directory/domains.ts';
import { raiseGeneration, raiseGenerationTo } from '../../../lib/store/directory/revocation.ts';
import { readSince, spreadSubject } from '../../../lib/store/directory/subject-spread.ts';
import { readSubject, subjectKey } from '../../../lib/store/directory/subjects.ts';
import { readUser, saveUser } from '../../../lib/store/directory/users.ts';
import { sessionKey } from '../../../lib/store/sessions/sessions.ts';
import {
  changeStanding,
  deleteStanding,
  type Named,
  readStanding,
} from '../../../lib/store/sessions/standing.ts';
import { copyKey } from '../../../lib/store/spread/copies.ts';
import { epochMilliseconds } from '../../../lib/time.ts';
import {
  type Deployment,
  deploy,
  type Instance,
  instanceOf,
  signOuts,
  subjectSwitches,
} from '../../support/promise/deployment.ts';
import { statusOf } from '../../support/promise/everything.ts';
import { logOut, type Opened, open, switchKey } from '../../support/promise/opened.ts';
import { spreadClient, spreadKey } from '../../support/promise/spreading.ts';
import { freshTables, localClient } from '../../support/running/tables.ts';

const COPIES = 4;
/** Enough for each of so few copies to be met. */
const CALLS = 24;

let wire: Awaited<ReturnType<typeof startWire>>;
let direct: Instance;
let warm: Instance;
let deployment: Deployment;
let key: Opened;
beforeAll(async () => {
  wire = await startWire(inject('dynamodb'));
});
afterAll(() => wire.stop());
beforeEach(async () => {
  const { directory, sessions } = await freshTables();
  direct = { directory, sessions };
  await nameContent(directory);
  deployment = await deploy(direct);
  key = await opened('key');
  await spreadKey(direct, key.claim.name, COPIES, deployment.now);
  warm = instance();
  expect(await statuses(key, warm)).toEqual([200]);
});
afterEach(() => warm.directory.client.destroy());

/** With a memory of its own. */
const instance = (): Instance =>
  instanceOf(localClient(wire.endpoint), {
    directory: direct.directory.name,
    sessions: direct.sessions.name,
  });
async function opened(kind: Opened['kind']): Promise<Opened> {
  const one = await open(direct, deployment, { kind, tenant: 'a' });
  if (!one) throw new Error('nobody may open it');
  return one;
}
const call = ({ claim }: Opened, by: Instance = warm, path = '/own-a') =>
  statusOf(by, claim, { method: 'GET', path }, deployment.now);
/** Of so many calls that each copy is read, as often as not. */
async function statuses(one: Opened, by: Instance = warm): Promise<number[]> {
  const seen = new Set<number>();
  for (let calls = 0; calls < CALLS; calls++) seen.add(await call(one, by));
  return [...seen].sort();
}
async function standingOf({ claim: { name } }: Opened): Promise<Named> {
  const standing = await readStanding(direct.sessions, name, 'api-key', deployment.now);
  if (!standing) throw new Error('there is no such key');
  return { name, standing };
}
const owner = () => deployment.userOf('a');
const spreadOf = async (table: Table, at: Key) =>
  ((await get(table, at))?.['spread'] as { copies: number } | undefined)?.copies ?? 0;
async function copiesOf(table: Table, at: Key): Promise<Item[]> {
  const all = Array.from({ length: 70 }, (_, copy) => ({ table, key: copyKey(at, copy) }));
  return (await batchGet(all)).filter((item) => item !== undefined);
}
const places = () => [
  [direct.directory, subjectKey(owner())] as const,
  [direct.sessions, sessionKey(key.claim.name)] as const,
];
const keysIn = (exchanges: readonly Exchange[]): string[] =>
  exchanges.flatMap(({ body }) =>
    Object.values((body as BatchGetItemCommandInput).RequestItems ?? {}).flatMap(({ Keys = [] }) =>
      Keys.map(({ pk, sk }) => `${pk?.S} ${sk?.S}`),
    ),
  );

describe('a call', () => {
  test('is one request of three units, and reads neither the key nor its owner themselves', async () => {
    for (let calls = 0; calls < 10; calls++) {
      const sent = await wire.during(() => call(key));
      expect([sent.length, unitsOf(sent)]).toEqual([1, 3]);
      const [own, others] = [keysIn(sent).filter((one) => one.includes(' copy#')), keysIn(sent)];
      expect([own.length, others.length]).toEqual([2, 3]);
    }
  });

  test('meets all copies in turn', async () => {
    const often = async () => [await statuses(key), await statuses(key), await statuses(key)];
    const met = keysIn(await wire.during(often));
    expect(new Set(met.filter((one) => one.includes(' copy#session#'))).size).toBe(COPIES);
    expect(new Set(met.filter((one) => one.includes(' copy#subject'))).size).toBe(COPIES);
  });

  test('with another secret is refused, and of an unproven one no copy is read, nor more than 8 items', async () => {
    const guess = { ...key, claim: { ...key.claim, secret: 'guess' } };
    const sent = await wire.during(async () => expect(await call(guess)).toBe(401));
    expect(keysIn(sent).length).toBeLessThanOrEqual(8);
    expect(keysIn(sent).filter((one) => one.includes('copy#'))).toEqual([]);
  });

  test('of a user whose key is spread is judged by a copy of the user, and of the own session', async () => {
    const user = await opened('user');
    const sent = await wire.during(async () => expect(await call(user)).toBe(200));
    expect(keysIn(sent).filter((one) => one.includes(' copy#'))).toHaveLength(1);
    await subjectSwitches(deployment).Role(direct, 'a', false);
    expect(await statuses(user)).toEqual([403]);
  });
});

describe('a copy', () => {
  test('has what a verdict reads, and neither a name, nor a password, nor a place in a list', async () => {
    const [ofUser] = await copiesOf(...((places()[0] ?? []) as [Table, Key]));
    const [ofKey] = await copiesOf(...((places()[1] ?? []) as [Table, Key]));
    expect(Object.keys(ofUser ?? {}).sort()).toEqual(
      [...['disabled', 'domain', 'generation', 'id', 'kind', 'pk', 'roles', 'sk', 'spread']].concat(
        'username',
      ),
    );
    expect(Object.keys(ofKey ?? {}).sort()).toEqual(
      [
        ...['client', 'disabled', 'domainSwitched', 'issuedAt', 'kind', 'ownerSwitched', 'pk'],
      ].concat('secrets', 'sk', 'spread'),
    );
  });

  test('is not in the lists of its kind, and not among the sessions of its owner', async () => {
    for (const [table, at] of places())
      for (const copy of await copiesOf(table, at)) {
        expect(copy['list']).toBeUndefined();
        expect(copy['pk']).not.toBe(at.pk);
      }
  });
});

describe('from the next call on, whichever copy it meets,', () => {
  const allAgree = async () => {
    for (const [table, at] of places()) {
      const item = await get(table, at);
      const copies = await copiesOf(table, at);
      expect(copies).toHaveLength(await spreadOf(table, at));
      for (const copy of copies)
        for (const [name, value] of Object.entries(copy))
          if (!['pk', 'sk', 'spread'].includes(name))
            expect([name, value]).toEqual([name, item?.[name]]);
    }
  };

  test('a key that is switched off is refused, and allowed when it is on again', async () => {
    await switchKey(direct, deployment, key.claim.name, false);
    expect(await statuses(key)).toEqual([401]);
    await allAgree();
    await switchKey(direct, deployment, key.claim.name, true);
    expect(await statuses(key)).toEqual([200]);
    await allAgree();
  });

  test('one whose secret was replaced is refused', async () => {
    const named = await standingOf(key);
    await changeStanding(direct.sessions, named, { secrets: [{ hash: '00' }] });
    expect(await statuses(key)).toEqual([401]);
    await allAgree();
  });

  test('one that is deleted is refused, and nothing is left of it', async () => {
    await deleteStanding(direct.sessions, await standingOf(key));
    expect(await statuses(key)).toEqual([401]);
    expect(await copiesOf(direct.sessions, sessionKey(key.claim.name))).toEqual([]);
  });

  test.each([
    ['User', 401],
    ['Role', 403],
  ] as const)('one whose owner loses %s is refused', async (kind, status) => {
    await subjectSwitches(deployment)[kind](direct, 'a', false);
    expect(await statuses(key)).toEqual([status]);
    await allAgree();
  });

  test('one whose owner is deleted is refused, and no copy is left of the owner', async () => {
    const before = await readUser(direct.directory, owner());
    if (!before) throw new Error('no such user');
    expect(await saveUser(direct.directory, { before })).toEqual({ status: 'ok' });
    expect(await statuses(key)).toEqual([401]);
    expect(await copiesOf(direct.directory, subjectKey(owner()))).toEqual([]);
  });

  test('the sign-in of an owner who is signed out is refused, and the key is not', async () => {
    const user = await opened('user');
    expect(await statuses(user)).toEqual([200]);
    await signOuts(deployment).User(direct, 'a');
    expect([await statuses(user), await statuses(key)]).toEqual([[401], [200]]);
    await allAgree();
  });

  test('ten sign-outs at once are ten, in each copy', async () => {
    const before = await readSubject(direct.directory, owner());
    const at = subjectKey(owner());
    await Promise.all([1, 2, 3, 4].map(() => raiseGeneration(direct.directory, at)));
    expect((await readSubject(direct.directory, owner()))?.generation).toBe(
      (before?.generation ?? 0) + 4,
    );
    await allAgree();
    const later = epochMilliseconds((before?.generation ?? 0) + 1000);
    expect(await raiseGenerationTo(direct.directory, at, later)).toBe(true);
    expect(await raiseGenerationTo(direct.directory, at, later)).toBe(false);
    await allAgree();
  });
});

describe('raised and lowered', () => {
  test.each([64, 2, 1])(
    'to %i there are so many, and no call is refused for it',
    async (copies) => {
      await spreadKey(direct, key.claim.name, copies, deployment.now);
      for (const [table, at] of places())
        expect(await copiesOf(table, at)).toHaveLength(copies === 1 ? 0 : copies);
      expect(await statuses(key)).toEqual([200]);
      await switchKey(direct, deployment, key.claim.name, false);
      expect(await statuses(key)).toEqual([401]);
    },
  );

  test('the owner has as many as whichever key wants most', async () => {
    const other = await opened('key');
    const of = () => spreadOf(direct.directory, subjectKey(owner()));
    await spreadKey(direct, other.claim.name, 9, deployment.now);
    expect(await of()).toBe(9);
    await spreadKey(direct, other.claim.name, 2, deployment.now);
    expect(await of()).toBe(COPIES);
    await spreadKey(direct, key.claim.name, 1, deployment.now);
    expect(await of()).toBe(2);
    await spreadKey(direct, other.claim.name, 1, deployment.now);
    expect(await of()).toBe(0);
    expect((await get(direct.directory, subjectKey(owner())))?.['spread']).toBeUndefined();
  });

  test('a user with 50 roles and 64 copies is disabled and deleted like any other', async () => {
    await spreadKey(direct, key.claim.name, 64, deployment.now);
    const roles = Array.from({ length: 50 }, (_, index) => `role-${index}`);
    const save = async (change: object) => {
      const before = await readUser(direct.directory, owner());
      if (!before) throw new Error('no such user');
      return saveUser(direct.directory, { before, after: { ...before, ...change } });
    };
    await expect(save({ roles })).rejects.toMatchObject({
      status: 409,
      said: { code: 'conflict', rule: 'too-much-at-once' },
      message: expect.stringContaining('change fewer roles, or lower the spread'),
    });
    expect(await statuses(key)).toEqual([200]);
    expect(await save({ roles: roles.slice(0, 25) })).toEqual({ status: 'ok' });
    expect(await save({ roles })).toEqual({ status: 'ok' });
    expect(await save({ disabled: true })).toEqual({ status: 'ok' });
    const before = await readUser(direct.directory, owner());
    if (!before) throw new Error('no such user');
    expect(await saveUser(direct.directory, { before })).toEqual({ status: 'ok' });
    expect(await copiesOf(direct.directory, subjectKey(owner()))).toEqual([]);
  });
});

test('a domain with a key in 64 copies is deleted where there are 64 manifests', async () => {
  const { directory } = direct;
  await spreadContent(directory, { buckets: 1, shards: 64 });
  const id = domainSubject('d');
  const since = await readSince(directory);
  expect(await spreadSubject(directory, id, { by: 'key-1', copies: 64 }, since)).toBe(true);
  expect(await copiesOf(directory, subjectKey(id))).toHaveLength(64);
  const domain = await readDomain(directory, 'd');
  if (!domain) throw new Error('no such domain');
  expect(await deleteDomain(directory, domain)).toBe(true);
  expect(await copiesOf(directory, subjectKey(id))).toEqual([]);
  expect(await readSubject(directory, id)).toBeUndefined();
});

describe('copies count by the manifest alone:', () => {
  /** As a release does it that knows of no copies: the item, and nothing beside it. */
  async function switchOffAround(): Promise<void> {
    const at = sessionKey(key.claim.name);
    const item = await get(direct.sessions, at);
    await put(direct.sessions, { ...item, ...at, disabled: true });
  }

  test('not where nothing is named', async () => {
    await unnameContent(direct.directory);
    await switchOffAround();
    expect(await statuses(key)).toEqual([401]);
  });

  test('not where all is named again, until they are made again', async () => {
    await unnameContent(direct.directory);
    await switchOffAround();
    await nameContent(direct.directory);
    expect(await statuses(key)).toEqual([401]);
    await switchKey(direct, deployment, key.claim.name, true);
    const sent = await wire.during(async () => expect(await statuses(key)).toEqual([200]));
    expect(keysIn(sent).filter((one) => one.includes(' copy#'))).toEqual([]);
    await spreadKey(direct, key.claim.name, COPIES, deployment.now);
    await call(key);
    expect(
      keysIn(await wire.during(() => call(key))).filter((one) => one.includes(' copy#')),
    ).toHaveLength(2);
  });

  test('not where a restored table was named anew, which may have half of an edit', async () => {
    const at = sessionKey(key.claim.name);
    await switchOffAround();
    await restateContent(direct.directory);
    expect(await spreadOf(direct.sessions, at)).toBe(COPIES);
    expect(await statuses(key)).toEqual([401]);
  });

  test('but as before where the manifests are spread, and edited', async () => {
    await spreadContent(direct.directory, { buckets: 2, shards: 4 });
    await subjectSwitches(deployment).Client(direct, 'a', false);
    await statuses(key);
    const sent = await wire.during(() => statuses(key));
    expect(keysIn(sent).filter((one) => one.includes(' copy#'))).toHaveLength(2 * CALLS);
    expect([sent.length, unitsOf(sent)]).toEqual([CALLS, 3 * CALLS]);
  });

  test('what is written around them while they count would be missed: no other module writes them', async () => {
    await switchOffAround();
    expect(await statuses(key)).toEqual([200]);
  });
});

describe('a client', () => {
  const id = () => deployment.clientOf('a');
  beforeEach(() => spreadClient(direct, id(), COPIES));
  const copiesOfToken = ({ claim: { name } }: Opened) =>
    copiesOf(direct.sessions, sessionKey(name));
  const callAs = async (machine: Opened) => {
    const seen = new Set<number>();
    for (let calls = 0; calls < CALLS; calls++) seen.add(await call(machine));
    return [...seen];
  };

  test('has each of its tokens in as many copies, and a call reads two of them', async () => {
    const machine = await opened('machine');
    expect(await copiesOfToken(machine)).toHaveLength(COPIES);
    await callAs(machine);
    const sent = await wire.during(() => call(machine));
    expect([sent.length, unitsOf(sent)]).toEqual([1, 3]);
    expect(keysIn(sent).filter((one) => one.includes(' copy#'))).toHaveLength(2);
  });

  test('whose token is ended has nothing left of it', async () => {
    const machine = await opened('machine');
    await callAs(machine);
    expect(await logOut(direct, deployment, machine)).toBe(true);
    expect(await callAs(machine)).toEqual([401]);
    expect(await copiesOfToken(machine)).toEqual([]);
    expect(await logOut(direct, deployment, machine)).toBe(false);
  });

  test.each([
    ['is signed out', () => signOuts(deployment).Client(direct, 'a')],
    ['is disabled', () => subjectSwitches(deployment).Client(direct, 'a', false)],
    [
      'has no copies any more, and is signed out',
      async () => {
        await spreadClient(direct, id(), 1);
        await signOuts(deployment).Client(direct, 'a');
      },
    ],
    [
      'is deleted',
      async () => {
        const client = await readClient(direct.directory, id());
        expect(client && (await deleteClient(direct.directory, client))).toBe(true);
        expect(await copiesOf(direct.directory, subjectKey(id()))).toEqual([]);
      },
    ],
  ] as const)('that %s is refused, and so is what its users gave it', async (_what, revoke) => {
    const [machine, grant] = [await opened('machine'), await opened('grant')];
    expect([await callAs(machine), await callAs(grant)]).toEqual([[200], [200]]);
    await revoke();
    expect([await callAs(machine), await callAs(grant)]).toEqual([[401], [401]]);
  });
});
