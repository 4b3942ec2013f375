/** Who holds a role, and who is disabled: found in lists that follow every change, written with it. */
import { beforeEach, describe, expect, test } from 'vitest';
import { put, type Table } from '../../../lib/aws/table.ts';
import type { Tables } from '../../../lib/aws/tables.ts';
import { disabledId, disabledList, disabledWrites } from '../../../lib/store/directory/disabled.ts';
import {
  type Holder,
  holderId,
  holdersOf,
  holderWrites,
  isHeld,
} from '../../../lib/store/directory/holders.ts';
import { instant } from '../../../lib/time.ts';
import { freshTables } from '../../support/running/tables.ts';

const NOW = instant(1_800_000_000);
const table = { name: 'directory' } as Table;
const listed = (name: string) => ({ kind: 'user' as const, domain: 'a.com', name });

describe('the places of a holder', () => {
  const ada = (roles: string[], name = 'ada'): Holder => ({
    id: 'user-1',
    roles,
    listed: listed(name),
  });
  const added = (role: string, name = 'ada') => ({
    table,
    put: {
      ...{ pk: `holders#${role}`, sk: 'user-1', expiresAt: undefined },
      ...{ list: `holder#user#${role}#a.com`, listSort: name },
    },
  });
  const removed = (role: string) => ({ table, remove: { pk: `holders#${role}`, sk: 'user-1' } });

  test.each<[string, Holder | undefined, Holder | undefined, object[]]>([
    ['who is made', undefined, ada(['r', 's']), [added('r'), added('s')]],
    ['who is made without a role', undefined, ada([]), []],
    ['who stays as they are', ada(['r']), ada(['r']), []],
    ['who has one more and one less', ada(['r', 's']), ada(['s', 't']), [added('t'), removed('r')]],
    [
      'who has another name',
      ada(['r']),
      ada(['r', 's'], 'eve'),
      [added('r', 'eve'), added('s', 'eve')],
    ],
    ['who is deleted', ada(['r', 's']), undefined, [removed('r'), removed('s')]],
    ['of nobody', undefined, undefined, []],
  ])('%s', (_case, before, after, writes) =>
    expect(holderWrites(table, before, after)).toEqual(writes),
  );

  test('of a key end with it, and are in no list', () => {
    const key: Holder = { id: 'domain#a.com key', roles: ['r'], expiresAt: NOW };
    const at = { pk: 'holders#r', sk: 'domain#a.com key' };
    expect(holderWrites(table, undefined, key)).toEqual([
      { table, put: { ...at, expiresAt: NOW } },
    ]);
    expect(holderWrites(table, key, undefined)).toEqual([{ table, remove: at }]);
    expect(holderWrites(table, key, key)).toEqual([]);
    expect(holderId(at)).toBe('domain#a.com key');
  });
});

describe('the place of who is disabled', () => {
  const one = (disabled: boolean, name = 'ada') => ({
    id: 'user-1',
    disabled,
    listed: listed(name),
  });
  const added = (name = 'ada') => ({
    table,
    put: {
      ...{ pk: 'disabled#user-1', sk: 'disabled', id: 'user-1' },
      ...{ list: 'disabled#user#a.com', listSort: name },
    },
  });
  const removed = { table, remove: { pk: 'disabled#user-1', sk: 'disabled' } };
  type One = ReturnType<typeof one> | undefined;

  test.each<[string, One, One, object[]]>([
    ['is made with them', undefined, one(true), [added()]],
    ['is none of who is enabled', undefined, one(false), []],
    ['is made once they are', one(false), one(true), [added()]],
    ['goes once they are enabled', one(true), one(false), [removed]],
    ['goes with them', one(true), undefined, [removed]],
    ['stays', one(true), one(true), []],
    ['follows their name', one(true), one(true, 'eve'), [added('eve')]],
    ['is none of who was enabled and goes', one(false), undefined, []],
    ['is none of nobody', undefined, undefined, []],
  ])('%s', (_case, before, after, writes) =>
    expect(disabledWrites(table, before, after)).toEqual(writes),
  );

  test('says who it is', () => {
    expect(disabledId({ pk: 'disabled#user-1', id: 'user-1' })).toBe('user-1');
    expect(disabledList({ kind: 'client', domain: 'a.com' })).toBe('disabled#client#a.com');
  });
});

describe('a role is held', () => {
  let tables: Tables;
  beforeEach(async () => {
    tables = await freshTables();
  });
  const held = (role = 'r') => isHeld(tables, role, NOW);
  const key = (sk: string, expiresAt?: number) =>
    put(tables.sessions, { pk: holdersOf('r'), sk, ...(expiresAt && { expiresAt }) });

  test('by nobody at first, and by nobody who holds another', async () => {
    await put(tables.directory, { pk: holdersOf('s'), sk: 'user-1' });
    expect([await held(), await held('s')]).toEqual([false, true]);
  });

  test.each<[string, number | undefined, boolean]>([
    ['without an end', undefined, true],
    ['that ends later', NOW + 1, true],
    ['that ends now', NOW, false],
    ['that has ended', NOW - 1, false],
  ])('by a key %s, or not', async (_case, expiresAt, isOne) => {
    await key('key', expiresAt);
    expect(await held()).toBe(isOne);
  });

  test('by a key behind a hundred that have ended', async () => {
    await Promise.all(
      Array.from({ length: 101 }, (_, at) => key(`key-${String(at).padStart(3, '0')}`, NOW - 1)),
    );
    expect(await held()).toBe(false);
    await key('key-zzz', NOW + 1);
    expect(await held()).toBe(true);
  });
});
