/** Lists that administrators page through: each item once, in order, whatever the pages; and many names at once. */
import fc from 'fast-check';
import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { queryPage } from '../../../lib/aws/query.ts';
import { put, type Table } from '../../../lib/aws/table.ts';
import { changedPolicy, POLICY, policyOf } from '../../../lib/store/directory/domain-policy.ts';
import { type ListPage, pageOfLists } from '../../../lib/store/directory/lists.ts';
import { findOwners, loginKey } from '../../../lib/store/directory/login-owners.ts';
import { listUsers, listUsersFrom, pageOfUserIds } from '../../../lib/store/directory/user-list.ts';
import { saveUser } from '../../../lib/store/directory/users.ts';
import { seconds } from '../../../lib/time.ts';
import { userItem } from '../../support/actors/people.ts';
import { freshTables } from '../../support/running/tables.ts';

const LISTS = ['list-a', 'list-b', 'list-c', 'list-d'];
/** Of each list; one of them has none. */
const SIZES = [3, 0, 5, 1];
const ALL = LISTS.flatMap((list, at) =>
  Array.from({ length: SIZES[at] ?? 0 }, (_, index) => `${list}-${index % 2 ? 'x' : 'y'}${index}`),
);
const ofList = (list: string): string[] => ALL.filter((sk) => sk.startsWith(list)).toSorted();

let directory: Table;
beforeAll(async () => {
  ({ directory } = await freshTables());
  for (const sk of ALL) await put(directory, { pk: sk, sk, list: sk.slice(0, 6), listSort: sk });
  for (const name of ['e', 'b', 'd', 'a', 'c'])
    await saveUser(directory, { after: userItem({ id: `id-${name}`, names: [name] }) });
});

const found = ({ items }: ListPage): string[] => items.map(({ sk }) => String(sk));
async function pagesOf(lists: readonly string[], limit: number): Promise<string[][]> {
  const pages: string[][] = [];
  let position: ListPage['next'];
  do {
    const page = await pageOfLists(directory, lists, { limit, position });
    pages.push(found(page));
    position = page.next;
  } while (position && pages.length < 50);
  return pages;
}

describe('pages of lists', () => {
  test('have each item once, list after list, and are full but for the last', () =>
    fc.assert(
      fc.asyncProperty(
        fc.subarray(LISTS, { minLength: 1 }),
        fc.integer({ min: 1, max: 10 }),
        async (lists, limit) => {
          const pages = await pagesOf(lists, limit);
          expect(pages.flat()).toEqual(lists.flatMap(ofList));
          for (const page of pages.slice(0, -1)) expect(page).toHaveLength(limit);
        },
      ),
      { numRuns: 15 },
    ));

  test('have those alone that begin as is asked', async () => {
    const asked = { limit: 10, prefix: 'list-c-y' };
    const page = await pageOfLists(directory, LISTS, asked);
    expect(found(page)).toEqual(['list-c-y0', 'list-c-y2', 'list-c-y4']);
    expect(page.next).toBeUndefined();
  });

  test('go on behind a list that has gone since, and end where all have', async () => {
    const { next } = await pageOfLists(directory, LISTS, { limit: 2 });
    expect(next?.list).toBe('list-a');
    const rest = { limit: 10, position: next };
    const left = await pageOfLists(directory, ['list-c', 'list-d'], rest);
    expect(found(left)).toEqual([...ofList('list-c'), ...ofList('list-d')]);
    expect(await pageOfLists(directory, ['list'], rest)).toEqual({ items: [], next: undefined });
  });

  test('look into fifty lists and no more, and say where to go on', async () => {
    const empty = (count: number) =>
      Array.from({ length: count }, (_, at) => `empty-${String(at).padStart(2, '0')}`);
    const lists = [...empty(50), 'list-d'];
    const first = await pageOfLists(directory, lists, { limit: 10 });
    expect(first).toEqual({ items: [], next: { list: 'list-d' } });
    expect(await pagesOf(lists, 10)).toEqual([[], ofList('list-d')]);
    expect(await pageOfLists(directory, empty(50), { limit: 10 })).toEqual({
      ...{ items: [], next: undefined },
    });
    const within = [...empty(49), 'list-d'];
    expect(await pagesOf(within, 10)).toEqual([ofList('list-d')]);
  });
});

describe('the users of a domain', () => {
  test.each([
    [0, 2, ['a', 'b']],
    [1, 2, ['b', 'c']],
    [3, 5, ['d', 'e']],
    [4, 1, ['e']],
    [5, 1, []],
    [9, 3, []],
  ])('from %i on, %i at most, are %j', async (offset, limit, names) => {
    const users = await listUsersFrom(directory, 'mydomain.com', { offset, limit });
    expect(users.map((one) => one.names[0])).toEqual(names);
  });

  test('are so many as is asked for, also where a page of DynamoDB holds fewer', async () => {
    const { directory: own } = await freshTables();
    const plan = 'x'.repeat(380_000);
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f'])
      await saveUser(own, { after: { ...userItem({ id: `id-${name}`, names: [name] }), plan } });
    const { items } = await queryPage(own, {
      ...{ index: 'byList', partition: 'user#mydomain.com', limit: 6 },
    });
    expect(items.length).toBeLessThan(5);
    const users = await listUsersFrom(own, 'mydomain.com', { offset: 0, limit: 5 });
    expect(users.map((one) => one.names[0])).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(await listUsers(own, ['mydomain.com', 'far.example'])).toHaveLength(6);
  });

  test('are found by id, page after page', async () => {
    const first = await pageOfUserIds(directory, 'mydomain.com', { limit: 3 });
    const rest = await pageOfUserIds(directory, 'mydomain.com', { limit: 3, after: first.next });
    expect([first.ids, rest.ids]).toEqual([
      ['id-a', 'id-b', 'id-c'],
      ['id-d', 'id-e'],
    ]);
    expect(rest.next).toBeUndefined();
  });
});

test('whose 250 names are is found at once, and of nobody’s nothing is said', async () => {
  const { directory: own } = await freshTables();
  const names = Array.from({ length: 250 }, (_, at) => `name-${at}`);
  const taken = names.filter((_, at) => at % 3 === 0 || at === 99 || at === 100 || at === 200);
  for (const name of taken) await put(own, { ...loginKey(name), userId: `id of ${name}` });
  expect([...(await findOwners(own, names))]).toEqual(taken.map((name) => [name, `id of ${name}`]));
  expect(await findOwners(own, [])).toEqual(new Map());
});

describe('what is said of a domain', () => {
  const said = { signUp: 'open', mailDomains: ['a.example'], sessionIdle: 300 } as const;
  test.each<[string, Parameters<typeof changedPolicy>[1], object]>([
    ['nothing', {}, said],
    ['nothing, by name', { signUp: undefined }, said],
    ['something else', { signUp: 'invite' }, { ...said, signUp: 'invite' }],
    ['more', { emailCodes: false }, { ...said, emailCodes: false }],
    ['that it is taken back', { signUp: null, passwords: null }, { ...said, signUp: undefined }],
  ])('stays but for what a change says: %s', (_case, change, after) => {
    const changed = changedPolicy({ ...said, mailDomains: [...said.mailDomains] }, change);
    expect(changed).toEqual(after);
    expect(Object.values(changed)).not.toContain(undefined);
  });

  test.each<[unknown, string]>([
    [299, 'must be at least 300 seconds'],
    [300.5, 'must be whole seconds'],
    [3_155_760_001, 'must be at most 3155760000 seconds'],
  ])('is refused in words, where sessions end after %j', (wanted, message) => {
    for (const name of ['sessionIdle', 'sessionAbsolute'] as const)
      expect(v.safeParse(POLICY[name], wanted).issues).toMatchObject([{ message }]);
    expect(v.is(POLICY.sessionIdle, 300) && v.is(POLICY.sessionIdle, 3_155_760_000)).toBe(true);
  });

  test('holds before what holds by default, which is the safe choice', () => {
    const FOREVER = seconds(3_155_760_000);
    expect(policyOf({})).toEqual({
      ...{ passwords: 'full', sessionIdle: FOREVER, sessionAbsolute: FOREVER, signUp: 'closed' },
      ...{ mailDomains: [], emailCodes: false, selfDelete: false },
    });
    expect(policyOf({ selfDelete: true, passwords: 'seed' })).toMatchObject({
      ...{ selfDelete: true, passwords: 'seed', signUp: 'closed' },
    });
  });
});
