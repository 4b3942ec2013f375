/** Events in their table: written with their change, numbered once, found by time and by the indexes. */
import { setTimeout } from 'node:timers/promises';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { put, type Table } from '../../../lib/aws/table.ts';
import { transact } from '../../../lib/aws/transaction.ts';
import { type Event, eventWrite, type NewEvent } from '../../../lib/store/events/event.ts';
import { eventsOfHour, findEvents } from '../../../lib/store/events/find.ts';
import { hourOf, numberEvents, placeOf } from '../../../lib/store/events/number.ts';
import { epochMilliseconds, instant } from '../../../lib/time.ts';
import { startProxy } from '../../support/running/proxy.ts';
import { freshTables, localClient } from '../../support/running/tables.ts';

let events: Table;
let sessions: Table;
beforeAll(async () => {
  ({ events, sessions } = await freshTables());
});

const NOW = 1_800_000_000;
const now = () => instant(NOW);
const DOMAIN = 'mydomain.com';

const event = (more: Partial<NewEvent> = {}): NewEvent => ({
  type: 'user.changed',
  domain: DOMAIN,
  subject: 'user/ada',
  target: 'ada',
  actor: { kind: 'user', subject: 'root', ip: '192.0.2.1' },
  ...more,
});
async function write(more: Partial<NewEvent> = {}, milliseconds = NOW * 1000): Promise<Event> {
  const one = eventWrite(events, event(more), {
    now: epochMilliseconds(milliseconds),
    retention: 30,
  });
  expect(await transact([one])).toEqual([false]);
  const {
    pk: _,
    sk,
    ...members
  } = (one as unknown as { put: Event & { pk: string; sk: string } }).put;
  return { ...members, id: sk };
}
const all = { from: 0, to: NOW + 100, limit: 100, now: now() };
const search = async (domain: string, more: object = {}) =>
  (await findEvents(events, { domains: [domain], ...all, ...more })).events;

describe('an event', () => {
  test('is there with its change, or neither is', async () => {
    const one = eventWrite(events, event({ domain: 'once.com' }), {
      now: epochMilliseconds(NOW * 1000),
      retention: 30,
    });
    const taken = { table: sessions, put: { pk: 'a', sk: 'b' }, when: undefined };
    await put(sessions, { pk: 'a', sk: 'b' });
    const failing = { ...taken, when: { expression: 'attribute_not_exists(pk)' } };
    expect(await transact([failing, one] as never)).toEqual([true, false]);
    expect(await search('once.com')).toEqual([]);
    expect(await transact([one])).toEqual([false]);
    expect(await search('once.com')).toHaveLength(1);
  });

  test('keeps its place when the clock is set back by a little', async () => {
    const domain = 'clock.com';
    for (const step of [0, -1, -900]) await write({ domain, target: `${step}` }, NOW * 1000 + step);
    expect((await search(domain)).map(({ target }) => target)).toEqual(['-900', '-1', '0']);
  });

  test('that is larger than an item loses what is largest, says so, and is told', async () => {
    const domain = 'large.com';
    await write({
      domain,
      before: { name: 'small', acl: 'x'.repeat(300_000) },
      after: { name: 'small', list: Array.from({ length: 50_000 }, (_, index) => index) },
    });
    const [found] = await search(domain);
    expect(found?.cut).toEqual(['before.acl', 'after.list']);
    expect(found?.before?.['name']).toBe('small');
    expect(JSON.stringify(found).length).toBeLessThan(140_000);
  });

  test('of any Unicode text comes back as it was', async () => {
    const name = 'e\u0301 \u{1f600} \u202e \u0000 \uffff';
    await write({ domain: 'unicode.com', target: name, after: { name } });
    const [found] = await search('unicode.com');
    expect([found?.target, found?.after?.['name']]).toEqual([name, name]);
  });
});

describe('a number', () => {
  test('is given once, one by one for a subject, in the order given', async () => {
    const written = [];
    for (let index = 0; index < 5; index++)
      written.push(await write({ subject: index === 2 ? 'user/eve' : 'user/bob' }));
    const first = await numberEvents(events, written.slice(0, 3), now);
    expect(first.map(({ seq }) => seq)).toEqual([1, 2, 1]);
    const again = await numberEvents(events, written, now);
    expect(again.map(({ seq }) => seq)).toEqual([1, 2, 1, 3, 4]);
  });

  test('is given once when two number the same events at once', async () => {
    const written = await Promise.all(
      Array.from({ length: 10 }, () => write({ subject: 'user/race' })),
    );
    const [one, other] = await Promise.all([
      numberEvents(events, written, now),
      numberEvents(events, written, now),
    ]);
    expect(one.map(({ seq }) => seq)).toEqual(other?.map(({ seq }) => seq));
    expect(new Set(one.map(({ seq }) => seq)).size).toBe(10);
    expect(Math.max(...one.map(({ seq = 0 }) => seq))).toBe(10);
  });

  test('of an event that has gone leaves none out', async () => {
    const [kept] = await numberEvents(
      events,
      [{ domain: DOMAIN, id: 'nothing' }, await write({ subject: 'user/gone' })],
      now,
    );
    expect(kept?.seq).toBe(1);
  });
});

describe('the indexes', () => {
  test('find by target, actor, type and address what has its number, in one domain alone', async () => {
    const domain = 'found.com';
    const one = await write({ domain, target: 'one', actor: { kind: 'aws', arn: 'arn:aws:x' } });
    const other = await write({ domain: 'other.com', target: 'one' });
    const by = { index: 'byTarget', values: ['one'] };
    expect(await search(domain, { by })).toEqual([]);
    await numberEvents(events, [one, other], now);
    expect((await search(domain, { by })).map(({ id }) => id)).toEqual([one.id]);
    const arn = { index: 'byActor', values: ['arn:aws:x'] };
    expect((await search(domain, { by: arn })).map(({ id }) => id)).toEqual([one.id]);
    const type = { index: 'byType', values: ['user.changed', 'user.deleted'] };
    expect(await search(domain, { by: type })).toHaveLength(1);
    expect(await search(domain, { by: { index: 'byAddress', values: ['192.0.2.1'] } })).toEqual([]);
  });

  test('tell a domain whose name has a # from one that begins like it', () => {
    expect(placeOf('a#b', 'c')).not.toBe(placeOf('a', 'b#c'));
  });

  test('page by key without a gap or a repeat', async () => {
    const domain = 'paged.com';
    const written = [];
    for (let index = 0; index < 7; index++) written.push(await write({ domain, target: 'same' }));
    await numberEvents(events, written, now);
    const seen: string[] = [];
    let after: string | undefined;
    for (let page = 0; page < 4; page++) {
      const by = { index: 'byTarget', values: ['same'] } as const;
      const found = await findEvents(events, { domains: [domain], ...all, by, limit: 2, after });
      seen.push(...found.events.map(({ id }) => id));
      expect(found.more).toBe(page < 3);
      after = found.events.at(-1)?.id;
    }
    expect(seen).toEqual(written.map(({ id }) => id).reverse());
  });

  test('of very many domains ask for ten at a time, and miss none', async () => {
    const domains = Array.from({ length: 35 }, (_, index) => `many-${index}.com`);
    for (const domain of domains) await write({ domain });
    const proxy = await startProxy(inject('dynamodb'));
    const client = localClient(proxy.endpoint);
    let [atOnce, most] = [0, 0];
    proxy.inject(async () => {
      most = Math.max(most, ++atOnce);
      await setTimeout(50);
      atOnce--;
      return undefined;
    });
    const found = await findEvents({ ...events, client }, { domains, ...all });
    client.destroy();
    await proxy.stop();
    expect(new Set(found.events.map(({ domain }) => domain))).toEqual(new Set(domains));
    expect(proxy.requests).toHaveLength(domains.length);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(10);
  });

  test('list an hour by when it was numbered', async () => {
    const late = await write({ domain: 'hour.com', subject: 'user/late' }, (NOW - 7200) * 1000);
    const hour = instant(NOW + 86_400);
    await numberEvents(events, [late], () => hour);
    const found = await eventsOfHour(events, hourOf(hour), { limit: 10 });
    expect(found.events.map(({ id }) => id)).toEqual([late.id]);
    expect(found.events[0]).toMatchObject({ seq: 1, type: 'user.changed', v: 1 });
  });

  test('show nothing that has expired', async () => {
    const domain = 'old.com';
    await write({ domain });
    expect(await search(domain, { now: instant(NOW + 31 * 86_400) })).toEqual([]);
  });
});
