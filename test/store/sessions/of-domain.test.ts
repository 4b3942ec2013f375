/** The lists of a whole domain: what has not expired, in order, page by page, each once. */
import { beforeEach, describe, expect, test } from 'vitest';
import { put, type Table } from '../../../lib/aws/table.ts';
import {
  keysOfDomain,
  listKey,
  placeOfKey,
  placeOfSession,
  sessionsOfDomain,
} from '../../../lib/store/sessions/of-domain.ts';
import { sessionKey } from '../../../lib/store/sessions/sessions.ts';
import { freshTables } from '../../support/running/tables.ts';

const NOW = 1_000_000;
const DOMAIN = 'mydomain.com';
let sessions: Table;
beforeEach(async () => {
  ({ sessions } = await freshTables());
});

/** Keys end in each character in turn, so that each shard has some. */
const nameOf = (index: number) => ({ subject: 'user', key: `key-${index}` });
const kinds = {
  session: { save: placeOfSession, list: sessionsOfDomain },
  key: { save: placeOfKey, list: keysOfDomain },
};
const save = (
  kind: keyof typeof kinds,
  index: number,
  expiresAt: number | undefined,
  more: object = {},
) => {
  const name = nameOf(index);
  const place = kinds[kind].save(name, { domain: DOMAIN, expiresAt });
  return put(sessions, { ...sessionKey(name), ...place, ...more });
};

describe.each(['session', 'key'] as const)('the list: each %s', (kind) => {
  const listed = async () =>
    (await kinds[kind].list(sessions, DOMAIN, { limit: 50, now: NOW })).names.map(({ key }) => key);

  test('that expires later is there, and none that expires now or has', async () => {
    for (const [index, expiresAt] of [NOW - 2, NOW - 1, NOW, NOW + 1, NOW + 2].entries())
      await save(kind, index, expiresAt);
    expect((await listed()).toSorted()).toEqual(['key-3', 'key-4']);
  });

  test('is in the order of their ends, whatever the length of a number', async () => {
    for (const [index, expiresAt] of [NOW + 5, 9_999_999, NOW + 1, 10_000_000].entries())
      await save(kind, index, expiresAt);
    const first = ['key-2', 'key-0', 'key-1', 'key-3'];
    expect(await listed()).toEqual(kind === 'key' ? first : first.toReversed());
  });

  test('without an end is there, and of another domain is not', async () => {
    await save(kind, 1, undefined);
    const place = kinds[kind].save(nameOf(2), { domain: 'far.example', expiresAt: NOW + 9 });
    await put(sessions, { ...sessionKey(nameOf(2)), ...place });
    expect(await listed()).toEqual(['key-1']);
  });
});

describe('pages of sessions', () => {
  const all = async (limit: number, traits: object = {}) => {
    const found: string[] = [];
    const sizes: number[] = [];
    let after: string | undefined;
    do {
      expect(sizes.length).toBeLessThan(100);
      const asked = { limit, now: NOW, ...traits, ...(after !== undefined && { after }) };
      const page = await sessionsOfDomain(sessions, DOMAIN, asked);
      found.push(...page.names.map(({ key }) => key));
      sizes.push(page.names.length);
      after = page.next;
    } while (after !== undefined);
    return { found, sizes };
  };

  test.each([1, 2, 3, 7, 20, 21])(
    'of %i have each once, the last to expire first',
    async (limit) => {
      for (let index = 0; index < 20; index++) await save('session', index, NOW + 1 + (index % 7));
      const { found, sizes } = await all(limit);
      const ends = found.map((key) => Number(key.slice('key-'.length)) % 7);
      expect(found.toSorted()).toEqual(
        Array.from({ length: 20 }, (_, index) => `key-${index}`).toSorted(),
      );
      expect(ends).toEqual(ends.toSorted((one, other) => other - one));
      expect(Math.max(...sizes)).toBe(Math.min(limit, 20));
    },
  );

  test('have those of a trait, and of all traits that are asked for', async () => {
    const traits = [
      { kind: 'browser', client: 'one', ip: '192.0.2.1' },
      { kind: 'browser', client: 'two', ip: '192.0.2.1' },
      { kind: 'webitel', client: 'one', ip: '192.0.2.2' },
    ];
    for (const [index, each] of traits.entries()) await save('session', index, NOW + 9, each);
    const asked = async (of: object) => (await all(50, of)).found.toSorted();
    expect(await asked({ kind: 'browser' })).toEqual(['key-0', 'key-1']);
    expect(await asked({ client: 'one', kind: undefined })).toEqual(['key-0', 'key-2']);
    expect(await asked({ ip: '192.0.2.1', client: 'two' })).toEqual(['key-1']);
    expect(await asked({ ip: '192.0.2.2', client: 'two' })).toEqual([]);
  });

  test('go on after all that was left has expired: there is nothing more', async () => {
    await save('session', 1, NOW + 1);
    const { listSort } = placeOfSession(nameOf(1), { domain: DOMAIN, expiresAt: NOW + 1 });
    const asked = { limit: 5, now: NOW + 100, after: listSort };
    expect(await sessionsOfDomain(sessions, DOMAIN, asked)).toEqual({ names: [], next: undefined });
  });
});

test('pages of keys have each once, the first to expire first', async () => {
  for (let index = 0; index < 7; index++) await save('key', index, NOW + 10 - index);
  const first = await keysOfDomain(sessions, DOMAIN, { limit: 4, now: NOW });
  const rest = await keysOfDomain(sessions, DOMAIN, { limit: 4, now: NOW, after: first.next });
  expect([...first.names, ...rest.names].map(({ key }) => key)).toEqual(
    [6, 5, 4, 3, 2, 1, 0].map((index) => `key-${index}`),
  );
  expect([first.names.length, rest.next]).toEqual([4, undefined]);
});

test('a key of before is put into the list, and one that is gone is not made again', async () => {
  await put(sessions, { ...sessionKey(nameOf(1)), name: 'old' });
  const ending = { domain: DOMAIN, expiresAt: NOW + 9 };
  expect(await listKey(sessions, nameOf(1), ending)).toBe(true);
  expect(await listKey(sessions, nameOf(2), ending)).toBe(false);
  const { names } = await keysOfDomain(sessions, DOMAIN, { limit: 9, now: NOW });
  expect(names).toEqual([nameOf(1)]);
});
