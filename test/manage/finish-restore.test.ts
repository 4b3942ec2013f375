/**
 * Tables restored to a moment, under other names: what had been taken away since does not come back. The
 * restore is a copy of all items that were there, as point-in-time recovery makes one.
 */
import { BatchWriteItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Table } from '../../lib/aws/table.ts';
import { trailOf } from '../../lib/events/trail.ts';
import { finishRestore } from '../../lib/manage/deployment/finish-restore.ts';
import { registerResources } from '../../lib/manage/resources/registry.ts';
import { allStanding, changeStanding } from '../../lib/store/sessions/standing.ts';
import { epochMilliseconds } from '../../lib/time.ts';
import { createVerifier } from '../../lib/verify.ts';
import { DOMAIN } from '../support/actors/roles.ts';
import { type Admin, type Caller, startAdmin } from '../support/running/admin.ts';
import { advance, ISSUER } from '../support/running/service.ts';
import { createEventsTable, createTable, localClient } from '../support/running/tables.ts';
import { eventsIn, trailTo } from '../support/running/trail.ts';

const NAME = '200@mydomain.com';
let service: Admin;
let root: Caller;
let token: string;
const keys: Record<string, { id: string; text: string }> = {};
let restored: { directory: Table; sessions: Table };

async function makeKey(name: string): Promise<void> {
  const body = { name, owner: 'domain#mydomain.com', acl: { cdr: ['r'] } };
  const made = await service.admin(root, 'POST /keys', { body });
  expect(made.status).toBe(201);
  keys[name] = { id: String(made.body['id']), text: String(made.body['key']) };
}

async function copied(table: Table, name: string): Promise<Table> {
  const { client } = table;
  await createTable(client, name);
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table.name }))
    for (let start = 0; start < Items.length; start += 25) {
      const batch = Items.slice(start, start + 25).map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteItemCommand({ RequestItems: { [name]: batch } }));
    }
  return { client, name };
}

beforeAll(async () => {
  service = await startAdmin();
  // As any deployment does, which marks the directory.
  await registerResources(service.tables.directory, { 'restored/thing': [] });
  root = await service.by('100@mydomain.com');
  const session = await service.login(NAME);
  token = session.token;
  for (const name of ['kept', 'disabled', 'deleted']) await makeKey(name);
  const { directory, sessions } = service.tables;
  restored = {
    directory: await copied(directory, `${directory.name}-restored`),
    sessions: await copied(sessions, `${sessions.name}-restored`),
  };
  events = { client: directory.client, name: `${directory.name}-told` };
  await createEventsTable(events.client, events.name);
  advance(60);
  await service.logout(session);
  const off = { body: { disabled: true }, headers: { 'if-match': '*' } };
  const disabled = await service.admin(root, `PATCH /keys/${keys['disabled']?.id}`, off);
  const deleted = await service.admin(root, `DELETE /keys/${keys['deleted']?.id}`);
  expect([disabled.status, deleted.status]).toEqual([200, 204]);
});
afterAll(() => service.stop());

const verdictOn = async ({ directory, sessions }: typeof restored, credential: string) => {
  const { verify } = createVerifier({
    ...{ issuer: ISSUER, audience: ISSUER, now: () => Math.floor(Date.now() / 1000) },
    ...{ directoryTable: directory.name, sessionsTable: sessions.name },
  });
  return (await verify(credential, { method: 'GET', path: '/cdr' })).status;
};
const keyOf = (name: string): string => keys[name]?.text ?? '';
const ARN = 'arn:aws:sts::123456789012:assumed-role/operators/ada';
let events: Table;
const finish = (former: Table | undefined, tables = restored, trailTable = events) => {
  const trail = trailOf(trailTo(trailTable), { kind: 'aws', arn: ARN });
  return finishRestore(tables, former, { now: epochMilliseconds(Date.now()), trail });
};
const told = async () =>
  (await eventsIn(events)).map(({ type, domain, target }) => [type, domain, target]);
/** The last part of a key's id. */
const nameOf = (key: string) =>
  JSON.parse(Buffer.from(keys[key]?.id ?? '', 'base64url').toString())[1];

describe('restored tables', () => {
  test('stay refused where it cannot be told that they are gone over', async () => {
    const gone = { ...events, name: 'no-such-table' };
    await expect(finish(service.tables.sessions, restored, gone)).rejects.toThrow();
    await expect(verdictOn(restored, keyOf('kept'))).rejects.toThrow(/restore/);
  });

  test('are refused as long as nobody has gone over them: a fault, never an allowed call', async () => {
    for (const credential of [token, keyOf('kept'), keyOf('disabled')])
      await expect(verdictOn(restored, credential)).rejects.toThrow(/restore/);
    expect(await verdictOn(service.tables, keyOf('kept'))).toBe('allowed');
  });

  test('once they have, bring no session and no changed key back, and say which keys', async () => {
    const { off } = await finish(service.tables.sessions);
    expect(off.map(({ name, why }) => [name, why]).sort()).toEqual([
      ['deleted', 'changed since'],
      ['disabled', 'changed since'],
    ]);
    expect(await verdictOn(restored, token)).toBe('unauthenticated');
    expect(await verdictOn(restored, keyOf('disabled'))).toBe('unauthenticated');
    expect(await verdictOn(restored, keyOf('deleted'))).toBe('unauthenticated');
    expect(await verdictOn(restored, keyOf('kept'))).toBe('allowed');
  });

  test('tell of each domain that is signed out and each key, in the name of the AWS identity', async () => {
    const off = ['disabled', 'deleted'].map((key) => ['key.disabled', DOMAIN, nameOf(key)]);
    const all = await told();
    expect(all).toContainEqual(['domain.signed-out', DOMAIN, DOMAIN]);
    expect(all.filter(([type]) => type === 'key.disabled').sort()).toEqual(off.sort());
    for (const { actor } of await eventsIn(events))
      expect(actor).toEqual({ kind: 'aws', arn: ARN });
  });

  test('may be gone over again: what is done stays done', async () => {
    expect((await finish(service.tables.sessions)).off).toEqual([]);
    expect(await verdictOn(restored, keyOf('kept'))).toBe('allowed');
  });

  test('with nothing to compare with have every key switched off, also one that is just being changed', async () => {
    const { directory, sessions } = restored;
    const client = localClient(service.dynamodb.endpoint);
    const [one] = (await allStanding(sessions, `domain#${DOMAIN}`)).filter(
      ({ standing }) => standing.name === 'kept',
    );
    if (!one) throw new Error('no key');
    let races = 1;
    service.dynamodb.inject(async ({ action, body }) => {
      if (action === 'TransactWriteItems' && JSON.stringify(body).includes(one.name.key))
        if (races-- > 0) await changeStanding(sessions, one, { disabled: false });
      return undefined;
    });
    const { off } = await finish(undefined, { directory, sessions: { ...sessions, client } });
    service.dynamodb.heal();
    client.destroy();
    expect(races).toBe(-1);
    expect(off.map(({ name, why }) => [name, why])).toContainEqual(['kept', 'nothing to compare']);
    expect(await verdictOn(restored, keyOf('kept'))).toBe('unauthenticated');
    expect(await told()).toContainEqual(['key.disabled', DOMAIN, nameOf('kept')]);
  });

  test('and the tables of before are as they were', async () => {
    expect(await verdictOn(service.tables, keyOf('kept'))).toBe('allowed');
  });
});
