/** About how often a key was used: counted in memory, told with its last use. Real store, own clock. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useRecorder } from '../../lib/guard/note-use.ts';
import { noteUse, readUses } from '../../lib/store/sessions/last-use.ts';
import { type Instant, instant } from '../../lib/time.ts';
import { type Service, startService } from '../support/running/service.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

let time = instant(1_800_000_000);
const now = (): Instant => time;
const later = (seconds: number) => {
  time = instant(time + seconds);
};
const caller = (key: string) =>
  ({ key, session: { kind: 'api-key', name: 'ci', createdBy: 'x', disabled: false } }) as never;
/** A write is waited for at most a moment, and comes after it. */
const callsOf = async (key: string) =>
  (await readUses(service.tables.sessions, [key])).get(key)?.calls;

test('the calls of a minute are told with the first of the next', async () => {
  const record = useRecorder(service.tables.sessions, now);
  for (let times = 0; times < 5; times++) await record(caller('k-1'));
  await expect.poll(() => callsOf('k-1')).toBe(1);
  later(60);
  await record(caller('k-1'));
  await expect.poll(() => callsOf('k-1')).toBe(6);
});

test('within a minute nothing is written again, however often it is used', async () => {
  let asked = 0;
  const { name } = service.tables.sessions;
  const table = Object.defineProperty({ ...service.tables.sessions }, 'name', {
    get: () => {
      asked += 1;
      return name;
    },
  });
  const record = useRecorder(table, now);
  const asksAfter = async (seconds: number) => {
    later(seconds);
    const before = asked;
    await record(caller('k-6'));
    return asked > before;
  };
  expect([await asksAfter(0), await asksAfter(0), await asksAfter(59)]).toEqual([
    ...[true, false, false],
  ]);
  expect([await asksAfter(1), await asksAfter(0)]).toEqual([true, false]);
});

test('several instances add up, and who comes second within a minute tells later', async () => {
  const [one, other] = [0, 1].map(() => useRecorder(service.tables.sessions, now));
  await one?.(caller('k-2'));
  await other?.(caller('k-2'));
  await expect.poll(() => callsOf('k-2')).toBe(1);
  later(60);
  await other?.(caller('k-2'));
  await expect.poll(() => callsOf('k-2')).toBe(3);
});

test('an item of before, without a count, begins at none', async () => {
  await noteUse(service.tables.sessions, 'k-3', { now: now(), calls: 0 });
  later(60);
  await useRecorder(service.tables.sessions, now)(caller('k-3'));
  await expect.poll(() => callsOf('k-3')).toBe(1);
});

test('what could not be told is told the next time, and no call fails for it', async () => {
  const table = { ...service.tables.sessions, name: 'no-such-table' };
  const record = useRecorder(table, now);
  await expect(record(caller('k-4'))).resolves.toBeUndefined();
  table.name = service.tables.sessions.name;
  later(60);
  await record(caller('k-4'));
  await expect.poll(() => callsOf('k-4')).toBe(2);
});

test.each([
  ['a sign-in', { kind: 'x' }],
  ['a token of a domain', { kind: 'domain-token', disabled: false }],
])('of what is no API key nothing is noted: %s', async (_case, session) => {
  await useRecorder(service.tables.sessions, now)({ key: 'k-5', session } as never);
  expect(await callsOf('k-5')).toBeUndefined();
});
