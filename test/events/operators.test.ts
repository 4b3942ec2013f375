/** Nothing behind the trail's back: what is done with AWS credentials is told in their holder's name. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { get, put, type Table } from '../../lib/aws/table.ts';
import type { Tables } from '../../lib/aws/tables.ts';
import { changesOfStanding } from '../../lib/events/kinds/standing.ts';
import { NOBODY_KNOWN, trailOf } from '../../lib/events/trail.ts';
import { bootstrap } from '../../lib/manage/deployment/bootstrap.ts';
import { registerConsole } from '../../lib/manage/deployment/register-console.ts';
import { resumeMail } from '../../lib/manage/deployment/resume-mail.ts';
import { readClient } from '../../lib/store/directory/clients.ts';
import { REGISTRY } from '../../lib/store/directory/resources.ts';
import { markUndeliverable, readUndeliverable } from '../../lib/store/sessions/mail.ts';
import { epochMilliseconds, instant } from '../../lib/time.ts';
import { saveNew } from '../support/actors/people.ts';
import { broken } from '../support/running/proxy.ts';
import { type Service, startService } from '../support/running/service.ts';
import { freshTables } from '../support/running/tables.ts';
import { eventsIn, trailTo } from '../support/running/trail.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

const ARN = 'arn:aws:sts::123456789012:assumed-role/operators/ada';
const first = {
  username: 'first@new.example',
  password: 'a long enough pass phrase',
  domain: 'new.example',
  resources: ['orders'],
};

describe('R4: the first administrator', () => {
  test('is told of with all that was made, by the AWS identity of whoever made it', async () => {
    const { directory, events } = await freshTables();
    const trail = trailOf(trailTo(events), { kind: 'aws', arn: ARN });
    const terms = { now: epochMilliseconds(Date.now()), trail };
    await bootstrap(directory, first, terms);
    const told = await eventsIn(events);
    expect(told.map(({ type, target }) => [type, target])).toEqual([
      ['resources.imported', 'resources'],
      ['role.created', 'root'],
      ['domain.created', 'new.example'],
      ['user.created', expect.stringMatching(/^[0-9a-f]{24}$/)],
      ['user.made-administrator', expect.stringMatching(/^[0-9a-f]{24}$/)],
    ]);
    for (const { actor } of told) expect(actor).toEqual({ kind: 'aws', arn: ARN });
    // What is there already is not told of again.
    await bootstrap(directory, { ...first, username: 'second@new.example' }, terms);
    const more = (await eventsIn(events)).slice(told.length);
    expect(more.map(({ type }) => type)).toEqual(['user.created', 'user.made-administrator']);
  });

  test('marks a directory as in its place, and is not made in a restored one that is not gone over', async () => {
    const { directory, events } = await freshTables();
    const terms = {
      now: epochMilliseconds(Date.now()),
      trail: trailOf(trailTo(events), { kind: 'aws', arn: ARN }),
    };
    await bootstrap(directory, first, terms);
    const registry = await get(directory, REGISTRY);
    const { home, ...unmarked } = registry ?? {};
    expect(home).toBe(directory.name);
    const second = { ...first, username: 'second@new.example' };
    await put(directory, { ...unmarked, home: 'directory-of-before' });
    await expect(bootstrap(directory, second, terms)).rejects.toThrow(/restore finish/);
    await put(directory, unmarked);
    await bootstrap(directory, second, terms);
    expect((await get(directory, REGISTRY))?.['home']).toBe(directory.name);
  });

  test('is not made where that cannot be written', async () => {
    const { directory, events } = await freshTables();
    const gone = { ...events, name: 'no-such-table' };
    const trail = trailOf(trailTo(gone), { kind: 'aws', arn: ARN });
    const terms = { now: epochMilliseconds(Date.now()), trail };
    await expect(bootstrap(directory, first, terms)).rejects.toThrow();
    expect(await eventsIn(events)).toEqual([]);
  });
});

describe('the client of the console', () => {
  const place = { url: 'https://console.example.com', domain: 'mydomain.com' };
  const register = async (tables: { directory: Table; events: Table }, url = place.url) => {
    const trail = trailOf(trailTo(tables.events), { kind: 'aws', arn: ARN });
    const terms = { now: epochMilliseconds(Date.now()), trail };
    return registerConsole(tables.directory, { ...place, url }, terms);
  };

  test('is told of when it is made and when it is changed, and not when it is as it was', async () => {
    const tables = await freshTables();
    await register(tables);
    await register(tables);
    await register(tables, 'https://other.example.com');
    const told = await eventsIn(tables.events);
    expect(told.map(({ type, target }) => [type, target])).toEqual([
      ['client.created', 'latchkey-console'],
      ['client.changed', 'latchkey-console'],
    ]);
    for (const { actor } of told) expect(actor).toEqual({ kind: 'aws', arn: ARN });
    expect(told[1]?.after?.['redirectUris']).toEqual(['https://other.example.com/signed-in']);
  });

  test('is not made where that cannot be written', async () => {
    const { directory, events } = await freshTables();
    await expect(
      register({ directory, events: { ...events, name: 'no-such-table' } }),
    ).rejects.toThrow();
    expect(await readClient(directory, 'latchkey-console')).toBeUndefined();
  });
});

describe('an address to which nothing was sent any more', () => {
  const ADDRESS = 'Lost@Example.com';
  const AT = instant(1_800_000_000);
  const marked = async () => {
    const tables = await freshTables();
    await markUndeliverable(tables.sessions, ADDRESS, { why: 'bounced', at: AT });
    return tables;
  };
  const resume = (tables: Tables & { events: Table }, events = tables.events) =>
    resumeMail(tables, ADDRESS, trailOf(trailTo(events), { kind: 'aws', arn: ARN }));

  test('gets mails again, which is told of its user by its hash alone', async () => {
    const tables = await marked();
    const user = await saveNew(tables.directory, { username: 'joe', email: 'lost@example.com' });
    expect(await resume(tables)).toBe(true);
    expect(await readUndeliverable(tables.sessions, ADDRESS)).toBeUndefined();
    const told = await eventsIn(tables.events);
    expect(told).toMatchObject([
      {
        type: 'mail.resumed',
        domain: 'mydomain.com',
        subject: `user/${user.id}`,
        collection: 'mail',
        detail: { why: 'bounced', since: AT },
        actor: { kind: 'aws', arn: ARN },
      },
    ]);
    expect(JSON.stringify(told).toLowerCase()).not.toContain('lost@');
    expect(await resume(tables)).toBe(false);
    expect(await eventsIn(tables.events)).toHaveLength(1);
  });

  test.each([
    ['nobody’s', undefined],
    ['one that somebody only signs in with', { username: 'lost@example.com' }],
  ])('that is %s is told of as the deployment’s', async (_case, user) => {
    const tables = await marked();
    if (user) await saveNew(tables.directory, user);
    await resume(tables);
    expect(await eventsIn(tables.events)).toMatchObject([{ subject: 'deployment', domain: '' }]);
  });

  test('is told of once by two at once', async () => {
    const tables = await marked();
    const both = await Promise.all([resume(tables), resume(tables)]);
    expect(both.filter(Boolean)).toHaveLength(1);
    expect(await eventsIn(tables.events)).toHaveLength(1);
  });

  test('stays marked where that cannot be written', async () => {
    const tables = await marked();
    const gone = { ...tables.events, name: 'no-such-table' };
    await expect(resume(tables, gone)).rejects.toThrow();
    expect(await readUndeliverable(tables.sessions, ADDRESS)).toMatchObject({ why: 'bounced' });
  });
});

describe('R4: a rotation of the signing keys', () => {
  const rotated = async () =>
    (await eventsIn(service.tables.events)).filter(({ type }) => type === 'signing-keys.rotated');

  test('is told of in the transaction that publishes them, by the function that does', async () => {
    await service.rotateKeys();
    const [event, ...others] = await rotated();
    expect(others).toEqual([]);
    expect(event?.actor.kind).toBe('aws');
    const [before, after] = [event?.before, event?.after].map(
      (it) => it?.['published'] as string[],
    );
    expect(before?.length).toBeGreaterThan(0);
    expect(after).toEqual(expect.arrayContaining(before ?? []));
    expect(after?.length).toBeGreaterThan(before?.length ?? 0);
    expect(JSON.stringify(event)).not.toMatch(/"d":|"x":|"n":/);
  });

  test('publishes nothing where that cannot be told', async () => {
    const before = await rotated();
    service.dynamodb.inject(({ action }) => (action === 'TransactWriteItems' ? broken : undefined));
    await service.rotateKeys().catch(() => {});
    service.dynamodb.heal();
    expect(await rotated()).toEqual(before);
  });
});

test('an API key that rested, and is switched on, is told of as enabled', () => {
  const name = { subject: '0123456789abcdef01234567', key: 'key-1' };
  const before = {
    ...{ kind: 'api-key', client: 'api-key', issuedAt: 1, disabled: false, name: 'k' },
    ...{ createdBy: 'x', version: 1, ownerSwitched: 0 },
  } as never as Parameters<typeof changesOfStanding>[1]['before'];
  const after = { ...before, ownerSwitched: 2 } as typeof before;
  const told = changesOfStanding({ name, domain: 'd' }, { before, after });
  expect(told.map(({ type }) => type)).toEqual(['key.enabled']);
});

test('nobody is named where nobody is known, and a user agent is cut between two characters', () => {
  const { events } = service.tables;
  const from = { ip: '192.0.2.1', userAgent: `${'x'.repeat(255)}\u{1f600}` };
  const [write] = trailOf(
    trailTo(events),
    NOBODY_KNOWN,
    from,
  )([{ type: 'domain.signed-out', domain: 'd', subject: 'domain/d', target: 'd' }]);
  const { actor } = (write as unknown as { put: { actor: { userAgent: string } } }).put;
  expect(actor).toEqual({ kind: 'nobody', ip: '192.0.2.1', userAgent: `${'x'.repeat(255)}\ufffd` });
});
