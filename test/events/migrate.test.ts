/** The audit of before moves into the table of events: once, safely twice, and none is lost on the way. */
import { beforeEach, describe, expect, inject, test } from 'vitest';
import { queryAll } from '../../lib/aws/query.ts';
import { get, type Item, put, type Table } from '../../lib/aws/table.ts';
import { moveAudit } from '../../lib/manage/deployment/move-audit.ts';
import { REGISTRY } from '../../lib/store/directory/resources.ts';
import { broken, startProxy } from '../support/running/proxy.ts';
import { freshTables, localClient } from '../support/running/tables.ts';
import { eventsIn } from '../support/running/trail.ts';

let tables: { directory: Table; sessions: Table; events: Table };
beforeEach(async () => {
  tables = await freshTables();
});

const AT = 1_790_000_000;
const USER = '0123456789abcdef01234567';
const ROOT = 'abcdef0123456789abcdef01';
const actor = {
  subject: ROOT,
  username: 'root@mydomain.com',
  key: 'a-session',
  client: 'webitel',
  ip: '192.0.2.1',
};
let count = 0;
/** As it was written before there was a table of events. */
const old = (more: Item): Item => {
  count += 1;
  const domain = String(more['domain'] ?? 'mydomain.com');
  return {
    pk: `audit#${domain}`,
    sk: `0${AT}000#${String(count).padStart(6, '0')}-id`,
    at: AT,
    expiresAt: AT + 400 * 86_400,
    domain,
    actor,
    ...more,
  };
};
const OLD = () => [
  old({
    ...{ action: 'create', collection: 'users', target: USER },
    after: { id: USER, username: 'ada', roles: ['user'], whoKnows: 'hidden by no list' },
  }),
  old({
    ...{ action: 'change', collection: 'keys', target: 'key-1', renewed: ['secret'] },
    ...{ before: { owner: USER, name: 'k' }, after: { owner: USER, name: 'k' } },
  }),
  old({
    ...{ action: 'delete', collection: 'sessions', target: 'a-key' },
    before: { subject: USER, client: 'webitel', issuedAt: AT },
  }),
  old({
    ...{ action: 'change', collection: 'resources', target: '2 resources', domain: '' },
    ...{ before: {}, after: { a: ['/a'], b: ['/b'] } },
  }),
  old({ ...{ action: 'sign_out', collection: 'domains', target: 'mydomain.com' } }),
  old({
    ...{ action: 'change', collection: 'settings', target: 'settings', domain: '' },
    ...{ before: {}, after: { faveoApiKeyMandatory: true }, actor: { ...actor, subject: '' } },
  }),
];
const leftOf = async () => {
  const parts = ['audit#mydomain.com', 'audit#'].map((partition) =>
    queryAll(tables.sessions, { partition }),
  );
  return (await Promise.all(parts)).flat().length;
};

test('each keeps its id, its time, its end and who did it, and is said as it would be today', async () => {
  const items = OLD();
  for (const item of items) await put(tables.sessions, item);
  expect(await moveAudit(tables)).toBe(items.length);
  const events = await eventsIn(tables.events);
  expect(events.map(({ id }) => id)).toEqual(items.map(({ sk }) => sk));
  expect(events.map(({ type, subject }) => [type, subject])).toEqual([
    ['user.created', `user/${USER}`],
    ['key.changed', `user/${USER}`],
    ['session.ended', `user/${USER}`],
    ['resources.imported', 'deployment'],
    ['domain.signed-out', 'domain/mydomain.com'],
    ['settings.changed', 'deployment'],
  ]);
  expect(events[0]).toMatchObject({
    at: AT,
    v: 1,
    migrated: true,
    actor: { kind: 'user', ...actor },
  });
  // What is shown of a thing is a list.
  expect(events[0]?.after).toEqual({ id: USER, username: 'ada', roles: ['user'] });
  expect(events[2]?.detail).toEqual({ why: 'administrator', sid: 'a-key', client: 'webitel' });
  expect(events[5]?.actor).toEqual({ kind: 'nobody', ip: '192.0.2.1' });
  expect(await leftOf()).toBe(0);
});

describe('is safe', () => {
  test('twice', async () => {
    for (const item of OLD()) await put(tables.sessions, item);
    await moveAudit(tables);
    const before = await eventsIn(tables.events);
    expect(await moveAudit(tables)).toBe(0);
    expect(await eventsIn(tables.events)).toEqual(before);
  });

  test('where a restored table has again what was moved', async () => {
    const [item = {}] = OLD();
    await put(tables.sessions, item);
    await moveAudit(tables);
    await put(tables.sessions, item);
    await moveAudit(tables);
    expect(await eventsIn(tables.events)).toHaveLength(1);
    expect(await leftOf()).toBe(0);
  });

  test('when it is cut: nothing is lost, nothing is there twice, and the next run goes on', async () => {
    const items = OLD();
    for (const item of items) await put(tables.sessions, item);
    const proxy = await startProxy(inject('dynamodb'));
    const client = localClient(proxy.endpoint, 1);
    const through = {
      directory: tables.directory,
      sessions: { ...tables.sessions, client },
      events: { ...tables.events, client },
    };
    let writes = 0;
    proxy.inject(({ action }) => {
      if (action !== 'TransactWriteItems') return undefined;
      writes += 1;
      return writes > 3 ? broken : undefined;
    });
    await expect(moveAudit(through)).rejects.toThrow();
    expect((await eventsIn(tables.events)).length + (await leftOf())).toBe(items.length);
    expect(await leftOf()).toBe(3);
    proxy.heal();
    expect(await moveAudit(through)).toBe(3);
    expect(await eventsIn(tables.events)).toHaveLength(items.length);
    await proxy.stop();
  });
});

describe('the directory', () => {
  const registry = { ...REGISTRY, version: 1, patterns: {} };
  const homeNow = async () => (await get(tables.directory, REGISTRY))?.['home'];

  test('of before there was a mark is marked as in its place, so that a copy of it is refused', async () => {
    await put(tables.directory, registry);
    await moveAudit(tables);
    expect(await homeNow()).toBe(tables.directory.name);
  });

  test('that was restored, and is not gone over, is neither marked nor is anything moved', async () => {
    await put(tables.directory, { ...registry, home: 'directory-of-before' });
    await put(tables.sessions, OLD()[0] ?? {});
    await expect(moveAudit(tables)).rejects.toThrow(/restore finish/);
    expect(await homeNow()).toBe('directory-of-before');
    expect(await leftOf()).toBe(1);
  });
});
