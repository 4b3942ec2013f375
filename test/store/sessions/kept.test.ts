/**
 * What the table is to forget by itself, and when: `expiresAt` is its TTL attribute. Not sooner than it counts,
 * or a limit is none; and at some time, or it is kept for ever.
 */
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import { transact } from '../../../lib/aws/transaction.ts';
import { countAttempt, countFailed, readAttempts } from '../../../lib/store/sessions/attempts.ts';
import { deviceWrite } from '../../../lib/store/sessions/devices.ts';
import { noteUse } from '../../../lib/store/sessions/last-use.ts';
import {
  countMail,
  finishOrder,
  holdOrder,
  releaseOrder,
} from '../../../lib/store/sessions/mail.ts';
import { useOnce } from '../../../lib/store/sessions/replays.ts';
import { instant } from '../../../lib/time.ts';
import { freshTables } from '../../support/running/tables.ts';

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400];
/** Ten minutes after a full hour, and after the begin of a window of attempts. */
const NOW = instant(500_000 * HOUR + 10 * MINUTE);
const later = (by: number) => instant(NOW + by);
let sessions: Table;
beforeEach(async () => {
  ({ sessions } = await freshTables());
});

/** Of all that is in the table. */
async function ends(): Promise<number[]> {
  const { client, name: TableName } = sessions;
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  return Items.map((item) => unmarshall(item)['expiresAt'] - NOW);
}
const mail = { kind: 'link', purpose: 'unlock', most: { each: 2, all: 3 } };

test.each<[string, () => Promise<unknown>, number]>([
  ['a failed attempt: two windows', () => countFailed(sessions, 'who', NOW), 30 * MINUTE],
  [
    'an attempt that is not over: two windows',
    () => countAttempt(sessions, { what: 'who', below: 5 }, NOW),
    30 * MINUTE,
  ],
  [
    'how many mails an hour has seen: to the end of the next one',
    () => countMail(sessions, 'a@example.com', mail, NOW),
    2 * HOUR - 10 * MINUTE,
  ],
  [
    'who carries out an order for a mail: two days',
    () => holdOrder(sessions, 'order', { now: NOW, until: later(MINUTE) }),
    2 * DAY,
  ],
  [
    'when a key was used: 400 days',
    () => noteUse(sessions, 'key', { now: NOW, calls: 1 }),
    400 * DAY,
  ],
  [
    'an assertion that was used: as long as it is good',
    () => useOnce(sessions, ['jti'], { now: NOW, expiresAt: later(5 * MINUTE) }),
    5 * MINUTE,
  ],
  [
    'the devices of a user: half a year after the last sign-in',
    () =>
      transact([
        deviceWrite(
          sessions,
          'user',
          { devices: [], version: 0 },
          { hash: 'h', generation: 1, at: NOW },
        ),
      ]),
    180 * DAY,
  ],
])('%s', async (_what, write, kept) => {
  await write();
  expect(await ends()).toEqual([kept]);
});

test('attempts are counted together for a quarter of an hour, and then anew', async () => {
  const from = NOW - (NOW % 900);
  const count = async (at: number) =>
    (await readAttempts(sessions, ['who'], instant(at)))[0]?.count;
  for (const at of [from, from + 1, from + 899]) await countFailed(sessions, 'who', instant(at));
  expect([await count(from), await count(from + 899), await count(from + 900)]).toEqual([3, 3, 0]);
});

describe('an assertion', () => {
  test('is used once, as long as it is good', async () => {
    const use = (now: number, of = ['client', 'jti']) =>
      useOnce(sessions, of, { now: instant(now), expiresAt: later(60) });
    expect([await use(NOW), await use(NOW), await use(NOW + 59)]).toEqual([true, false, false]);
    expect(await use(NOW, ['clientjti'])).toBe(true);
    expect(await use(NOW + 60)).toBe(true);
  });
});

describe('mails of an hour', () => {
  const count = (given: Partial<typeof mail> = {}, at = NOW, to = 'a@example.com') =>
    countMail(sessions, to, { ...mail, ...given }, at);

  test('are so many of a purpose, and so many of all of the kind', async () => {
    expect([await count(), await count(), await count()]).toEqual([true, true, false]);
    expect(await count({ purpose: 'invitation' })).toBe(true);
    expect(await count({ purpose: 'sign-up' })).toBe(false);
    expect(await count({ kind: 'notice', purpose: 'sign-up' })).toBe(true);
    expect(await count({}, NOW, 'b@example.com')).toBe(true);
  });

  test('are counted anew in the next hour, and not before', async () => {
    await count({ most: { each: 1, all: 1 } });
    expect(await count({ most: { each: 1, all: 1 } }, later(50 * MINUTE - 1))).toBe(false);
    expect(await count({ most: { each: 1, all: 1 } }, later(50 * MINUTE))).toBe(true);
  });

  test.each(['A@Example.COM', 'a@EXAMPLE.com'])('of %s are those of a@example.com', async (to) => {
    await count({ most: { each: 1, all: 1 } });
    expect(await count({ most: { each: 1, all: 1 } }, NOW, to)).toBe(false);
  });

  test.each<[string, string, boolean]>([
    ['a@example.com', 'a+news@example.com', true],
    ['a+one@example.com', 'a+one+two@example.com', true],
    ['+a@example.com', '+b@example.com', false],
    ['"a+b@c"@example.com', '"a@c"@example.com', false],
    ['"a@b"@example.com', '"a@b"@example.net', false],
    ['a', 'a+b', false],
  ])('of %s are those of %s: %j (RFC 5233 §1)', async (one, other, isSame) => {
    await count({ most: { each: 1, all: 1 } }, NOW, one);
    expect(await count({ most: { each: 1, all: 1 } }, NOW, other)).toBe(!isSame);
  });

  test('of a domain are the same in letters and in ASCII (RFC 5890)', async () => {
    await count({ most: { each: 1, all: 1 } }, NOW, 'a@bücher.example');
    expect(await count({ most: { each: 1, all: 1 } }, NOW, 'a@xn--bcher-kva.example')).toBe(false);
  });
});

describe('an order for a mail', () => {
  const hold = (at: number, until = at + MINUTE) =>
    holdOrder(sessions, 'order', { now: instant(at), until: instant(until) });

  test('is had by one at a time, who is told which try it is', async () => {
    expect([await hold(NOW), await hold(NOW + 59), await hold(NOW + 60)]).toEqual([
      1,
      undefined,
      2,
    ]);
  });

  test('that was given back may be had at once', async () => {
    await hold(NOW);
    await releaseOrder(sessions, 'order');
    expect(await hold(NOW)).toBe(2);
  });

  test('that was carried out is over for good', async () => {
    await hold(NOW);
    await finishOrder(sessions, 'order');
    expect([await hold(NOW), await hold(NOW + DAY)]).toEqual(['over', 'over']);
  });
});
