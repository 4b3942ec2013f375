/** R10: short ids: what is shown names one thing, and what is typed is accepted only if it does. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AdminApi } from '../../bin/api/admin-api.ts';
import { idByPrefix, isPrefix, shortIds } from '../../bin/api/short-id.ts';
import { idOf } from '../../lib/faces/admin/opaque-id.ts';

const subject = 'bea3bea3bea3bea3bea3bea3';
const keyId = (key: string): string => idOf({ subject, key });

/** A list of that many, as the admin API would give it. */
const holding = (ids: readonly string[], more = false) =>
  ({ list: async () => ({ items: ids.map((id) => ({ id })), more }) }) as unknown as AdminApi;
const among = { path: 'keys', noun: 'key', query: {} };

describe('R10: a short id', () => {
  test('is its own part of an id: 8 characters, more where others begin alike', () => {
    const ids = ['key-00000000-1', 'key-00000000-2', 'key-12345678-9', '4b0c1d2e-7'].map(keyId);
    expect([...shortIds(ids).values()]).toEqual([
      'key-00000000-1',
      'key-00000000-2',
      'key-12345678',
      '4b0c1d2e',
    ]);
  });

  test('names one thing alone, however many there are', async () => {
    const keys = fc.uniqueArray(fc.uuid(), { minLength: 1, maxLength: 50 });
    await fc.assert(
      fc.asyncProperty(keys, async (uuids) => {
        const ids = uuids.map(keyId);
        for (const [id, short] of shortIds(ids)) {
          expect(short.length).toBeGreaterThanOrEqual(8);
          expect(isPrefix(short)).toBe(true);
          expect(await idByPrefix(holding(ids), short, among)).toBe(id);
        }
      }),
    );
  });

  test('that is the whole of one and the beginning of another is the one', async () => {
    const ids = ['00000000-aa', '00000000-aa~00000000-bb'].map(keyId);
    expect(await idByPrefix(holding(ids), '00000000-aa', among)).toBe(ids[0]);
  });
});

describe('R10: what begins several, or might, is refused', () => {
  test('with the candidates, as short as they may be', async () => {
    const ids = ['11111111-a', '11111111-b', '22222222-c'].map(keyId);
    await expect(idByPrefix(holding(ids), '1111', among)).rejects.toThrow(
      /^1111 begins the ids of 2 keys: 11111111-a, 11111111-b$/,
    );
  });

  test('with ten of them where there are more', async () => {
    const ids = Array.from({ length: 12 }, (_, index) => keyId(`aaaa${index.toString(16)}-0000`));
    await expect(idByPrefix(holding(ids), 'aaaa', among)).rejects.toThrow(/of 12 keys: .*, …$/);
  });

  test('where not all have been seen', async () => {
    const ids = [keyId('11111111-a')];
    await expect(idByPrefix(holding(ids, true), '1111', among)).rejects.toThrow('more than 1000');
  });

  test('as not found where it begins none', async () => {
    await expect(idByPrefix(holding([]), 'abcd', among)).rejects.toMatchObject({ status: 404 });
  });

  test.each(['abc', 'leaky', 'bob', 'lk_a2V5', 'WyJiZWEz', 'key-', 'KEY-1234', '%', ''])(
    'and %j is no beginning of an id',
    (text) => expect(isPrefix(text)).toBe(false),
  );
});
