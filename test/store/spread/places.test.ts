/** Where an item of a caller is read: a copy, as long as the last one that was read counted (ADR 42). */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Table } from '../../../lib/aws/table.ts';
import { requireOneTransaction } from '../../../lib/store/spread/copies.ts';
import { isSettled, somePlaces } from '../../../lib/store/spread/places.ts';

let table: Table;
beforeEach(() => {
  table = { client: {}, name: 'sessions' } as unknown as Table;
});

const wantedOf = (pk: string, of = table) => ({ table: of, key: { pk, sk: 'session#key' } });
const placesOf = (...wanted: ReturnType<typeof wantedOf>[]) =>
  somePlaces(wanted).map(({ key }) => `${key.pk} ${key.sk}`);
const spread = (copies: number, since = 'now') => ({ spread: { copies, since } });
/** As a request does it. */
function read(pk: string, item: object | undefined, since: string | undefined = 'now', of = table) {
  const wanted = [wantedOf(pk, of)];
  return isSettled({ wanted, places: somePlaces(wanted) }, [item as never], since);
}
const ITSELF = 'user session#key';

describe('an item is read', () => {
  test('itself, where nothing is known of it, or it has no copies', () => {
    expect(placesOf(wantedOf('user'))).toEqual([ITSELF]);
    expect(read('user', {})).toBe(true);
    expect(read('user', undefined)).toBe(true);
    expect(placesOf(wantedOf('user'))).toEqual([ITSELF]);
  });

  test('in one of its copies, any of them, once it is known to have some', () => {
    expect(read('user', spread(3))).toBe(true);
    const seen = new Set(Array.from({ length: 90 }, () => placesOf(wantedOf('user'))[0]));
    expect([...seen].toSorted()).toEqual([
      ...['user/0 copy#session#key', 'user/1 copy#session#key', 'user/2 copy#session#key'],
    ]);
    expect(placesOf(wantedOf('other'))).toEqual(['other session#key']);
  });

  test('in one place, where it is asked for twice', () => {
    read('user', spread(64));
    for (let tries = 0; tries < 9; tries++) {
      const [one, other] = placesOf(wantedOf('user'), wantedOf('user'));
      expect(one).toBe(other);
    }
  });

  test.each<[string, object | undefined, string | undefined]>([
    ['is not there', undefined, 'now'],
    ['is of before', spread(3, 'before'), 'now'],
    ['is of a time when nothing is named', spread(3), undefined],
    ['says nothing of when it is of', { spread: { copies: 3 } }, undefined],
  ])('itself by the next request, where a copy %s, and nothing of it counts', (_c, item, since) => {
    read('user', spread(3));
    const wanted = [wantedOf('user')];
    const places = somePlaces(wanted);
    expect(isSettled({ wanted, places }, [item as never], since)).toBe(false);
    expect(placesOf(wantedOf('user'))).toEqual([ITSELF]);
  });

  test('with others: of these all count, or none', () => {
    for (const pk of ['one', 'two']) read(pk, spread(2));
    const wanted = ['one', 'two'].map((pk) => wantedOf(pk));
    const settled = (items: (object | undefined)[]) =>
      isSettled({ wanted, places: somePlaces(wanted) }, items as never, 'now');
    expect(settled([spread(2), spread(2)])).toBe(true);
    expect(settled([spread(2), undefined])).toBe(false);
    expect(placesOf(wantedOf('one'))[0]).toMatch(/^one\/[01] copy#/);
    expect(placesOf(wantedOf('two'))).toEqual(['two session#key']);
  });
});

test('what is known is of one table, as it is reached', () => {
  read('user', spread(1));
  const restored = { ...table, name: 'restored' };
  const elsewhere = { ...table, client: {} } as unknown as Table;
  for (const other of [restored, elsewhere])
    expect(placesOf(wantedOf('user', other))).toEqual([ITSELF]);
  expect(placesOf(wantedOf('user'))).toEqual(['user/0 copy#session#key']);
});

test('so much is known at once, and then it starts anew', () => {
  const known = () => placesOf(wantedOf('0'))[0] !== '0 session#key';
  for (let pk = 0; pk < 5000; pk++) read(String(pk), spread(1));
  expect(known()).toBe(true);
  read('5000', spread(1));
  expect(known()).toBe(false);
  expect(placesOf(wantedOf('5000'))).toEqual(['5000/0 copy#session#key']);
});

test('with its copies an item is written at once, a hundred writes at most', () => {
  const writes = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ table, put: { pk: String(at), sk: 'copy' } }));
  expect(requireOneTransaction(writes(100))).toHaveLength(100);
  expect(() => requireOneTransaction(writes(101))).toThrow(/^That is too much at once: .*\.$/);
});
