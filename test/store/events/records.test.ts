/** What the streams of the tables tell: which event is new, what may be a revocation, and who has signed in. */
import { beforeAll, describe, expect, test } from 'vitest';
import { get, type Item, type Table } from '../../../lib/aws/table.ts';
import { transact } from '../../../lib/aws/transaction.ts';
import { Fault } from '../../../lib/errors.ts';
import {
  eventKey,
  eventWrite,
  type NewEvent,
  oldEventWrite,
} from '../../../lib/store/events/event.ts';
import { findEvents } from '../../../lib/store/events/find.ts';
import { hourOf, numberEvents, readSignInTimes } from '../../../lib/store/events/number.ts';
import { eventNameOf } from '../../../lib/store/events/records.ts';
import { COLLECTIONS, EVENT_TYPE_NAMES, typesOf } from '../../../lib/store/events/types.ts';
import { isRevocation } from '../../../lib/store/stream.ts';
import { epochMilliseconds, instant } from '../../../lib/time.ts';
import { freshTables } from '../../support/running/tables.ts';

describe('a record of the events’ stream', () => {
  const record = (keys: object, eventName = 'INSERT') =>
    ({ eventName, dynamodb: { Keys: keys, SequenceNumber: '1' } }) as never;
  const [pk, sk] = [{ S: 'events#a.com#b' }, { S: '1#x' }];
  test('names the event that is new', () => {
    expect(eventNameOf(record({ pk, sk }))).toEqual({ domain: 'a.com#b', id: '1#x' });
    expect(eventNameOf(record({ pk: { S: 'events#' }, sk }))).toEqual({ domain: '', id: '1#x' });
  });

  test.each<[string, unknown]>([
    ['of a changed one', record({ pk, sk }, 'MODIFY')],
    ['of one that was removed', record({ pk, sk }, 'REMOVE')],
    ['of a counter', record({ pk: { S: 'seq#events#' }, sk })],
    ['of nothing that begins so', record({ pk: { S: 'event' }, sk })],
    ['without an id', record({ pk })],
    ['with an id that is no text', record({ pk, sk: {} })],
    ['without a partition', record({ sk })],
  ])('is a fault where it is %s', (_case, one) =>
    expect(() => eventNameOf(one as never)).toThrow(Fault),
  );
});

describe('a change may be a revocation', () => {
  const change = (sk: string | undefined, more: object = {}) =>
    isRevocation({
      ...{ eventName: 'MODIFY', dynamodb: { Keys: { pk: { S: 'x' }, sk: { S: sk } } } },
      ...more,
    });
  test.each(['session#key', 'session#a\nb', 'subject', 'domain', 'role', 'resources', 'manifest'])(
    'of %j, which a verdict reads',
    (sk) => expect([change(sk), change(sk, { eventName: 'REMOVE' })]).toEqual([true, true]),
  );

  test.each(['session', 'a session#key', 'subjects', 'titles', 'roles', 'content', '', undefined])(
    'of %j not',
    (sk) => expect(change(sk)).toBe(false),
  );

  test.each<[string, object]>([
    ['new', { eventName: 'INSERT' }],
    ['of no kind', { eventName: undefined }],
    [
      'made by the TTL',
      { eventName: 'REMOVE', userIdentity: { principalId: 'dynamodb.amazonaws.com' } },
    ],
    ['without keys', { dynamodb: {} }],
    ['without anything', { dynamodb: undefined }],
  ])('not where it is %s', (_case, more) => expect(change('subject', more)).toBe(false));

  test('where somebody else removes it', () =>
    expect(change('subject', { userIdentity: { principalId: 'somebody' } })).toBe(true));
});

describe('events of a table', () => {
  const NOW = 1_800_000_000;
  let events: Table;
  beforeAll(async () => {
    ({ events } = await freshTables());
  });
  const base: Omit<NewEvent, 'type' | 'subject'> = {
    ...{ domain: 'a.com', target: 't', actor: { kind: 'user' } },
  };
  const DAYS = 86_400;

  test('tell when each has signed in last, in whichever order they are numbered', async () => {
    const numbered = async (type: NewEvent['type'], subject: string, at: number) => {
      const moment = { now: epochMilliseconds(at * 1000), retention: 30 };
      const one = eventWrite(events, { ...base, type, subject }, moment);
      expect(await transact([one])).toEqual([false]);
      const { sk } = (one as unknown as { put: { sk: string } }).put;
      await numberEvents(events, [{ domain: 'a.com', id: sk }], () => instant(NOW));
    };
    await numbered('session.opened', 'user/ada', NOW + 50);
    await numbered('session.opened', 'user/ada', NOW + 10);
    await numbered('user.changed', 'user/ada', NOW + 90);
    await numbered('session.opened', 'user/bob', NOW + 20);
    await numbered('session.opened', 'user/bob', NOW + 70);
    await numbered('user.changed', 'user/eve', NOW + 30);
    const times = await readSignInTimes(events, [
      'user/eve',
      'user/bob',
      'user/ada',
      'user/nobody',
    ]);
    expect([...times]).toEqual([
      ['user/bob', NOW + 70],
      ['user/ada', NOW + 50],
    ]);
  });

  test.each<[string, Partial<NewEvent>, object]>([
    [
      'of a user from somewhere',
      { target: 't', actor: { kind: 'user', subject: 's', arn: 'no', ip: '192.0.2.1' } },
      {
        ...{ byTarget: 'in.com#t', byActor: 'in.com#s', byType: 'in.com#user.changed' },
        byAddress: 'in.com#192.0.2.1',
      },
    ],
    [
      'of whoever has AWS credentials',
      { target: 't', actor: { kind: 'aws', arn: 'arn' } },
      { byTarget: 'in.com#t', byActor: 'in.com#arn', byType: 'in.com#user.changed' },
    ],
    [
      'of nobody, about what just fits a key',
      { target: 'x'.repeat(2041), actor: { kind: 'nobody' } },
      { byTarget: `in.com#${'x'.repeat(2041)}`, byType: 'in.com#user.changed' },
    ],
    [
      'about what fits none',
      { target: 'é'.repeat(1021), actor: { kind: 'nobody' } },
      { byType: 'in.com#user.changed' },
    ],
    [
      'of a domain whose name could begin like another with a value',
      { domain: 'a#b%', target: 't', actor: { kind: 'nobody' } },
      { byTarget: 'a%23b%25#t', byType: 'a%23b%25#user.changed' },
    ],
  ])(
    'are found by what they are about, who did it and from where: %s',
    async (_c, more, places) => {
      const event: NewEvent = {
        ...base,
        type: 'user.changed',
        subject: 'one',
        domain: 'in.com',
        ...more,
      };
      const { events: own } = await freshTables();
      const moment = { now: epochMilliseconds(NOW * 1000), retention: 30 };
      const { put } = eventWrite(own, event, moment) as unknown as { put: Item & { sk: string } };
      await transact([{ table: own, put }]);
      const name = { domain: event.domain, id: put.sk };
      const number = () => numberEvents(own, [name], () => instant(NOW + 3600));
      expect(await number()).toMatchObject([{ seq: 1 }]);
      const written = { ...put, ...places, seq: 1, listed: hourOf(instant(NOW + 3600)) };
      expect(await get(own, eventKey(name))).toEqual(JSON.parse(JSON.stringify(written)));
      expect(await number()).toMatchObject([{ seq: 1 }]);
    },
  );

  test('are kept for as many days as is said, and one of before until it ends', async () => {
    const event: NewEvent = { ...base, domain: 'kept.com', type: 'user.changed', subject: 's' };
    const moment = { now: epochMilliseconds(NOW * 1000 + 999), retention: 30 };
    const write = eventWrite(events, event, moment) as unknown as { put: object };
    expect(write.put).toMatchObject({ at: NOW, expiresAt: NOW + 30 * DAYS });
    const old = { ...event, id: '00000000000001#old', at: instant(NOW) };
    const ending = oldEventWrite(events, old, instant(NOW + 5));
    expect([await transact([ending]), await transact([ending])]).toEqual([[false], [true]]);
    const found = async (now: number) => {
      const asked = { domains: ['kept.com'], from: 0, to: NOW, limit: 9, now: instant(now) };
      return (await findEvents(events, asked)).events;
    };
    const { at, id, domain, type, subject } = { ...old, type: 'user.changed' };
    expect(await found(NOW + 4)).toMatchObject([{ at, id, domain, type, subject, migrated: true }]);
    expect(await found(NOW + 5)).toEqual([]);
  });

  test.each([
    [1, true],
    [2, false],
  ])('%i a page, there are more than that, or not: %j', async (limit, more) => {
    for (const subject of ['one', 'two']) {
      const event: NewEvent = {
        ...base,
        domain: `more-${limit}.com`,
        type: 'user.changed',
        subject,
      };
      const moment = { now: epochMilliseconds(NOW * 1000), retention: 30 };
      await transact([eventWrite(events, event, moment)]);
    }
    const asked = { domains: [`more-${limit}.com`], from: 0, to: NOW, limit, now: instant(NOW) };
    expect(await findEvents(events, asked)).toMatchObject({ more });
  });
});

test('a type is of one collection, and a collection has its own types alone', () => {
  expect(typesOf('mail')).toEqual(['mail.resumed']);
  expect(typesOf('consents')).toEqual(['consent.given', 'consent.withdrawn']);
  expect(COLLECTIONS.flatMap(typesOf).toSorted()).toEqual(EVENT_TYPE_NAMES.toSorted());
});
