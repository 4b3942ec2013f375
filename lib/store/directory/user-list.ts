/**
 * The users of some domains, from the index byList: a domain's in the order of their usernames'
 * normal forms. Eventually consistent, as indexes are.
 *
 * @module
 */
import { parseItem } from '../../aws/item.ts';
import { queryAll, queryPage, skipItems } from '../../aws/query.ts';
import type { Item, Table } from '../../aws/table.ts';
import { type User, UserItem, userList } from './users.ts';

const queryOf = (domain: string) => ({ index: 'byList', partition: userList(domain) }) as const;

/** All there are: only where these are known to be few enough. */
export async function listUsers(directory: Table, domains: readonly string[]): Promise<User[]> {
  const lists = domains.map((domain) => queryAll(directory, queryOf(domain)));
  return (await Promise.all(lists)).flat().map((item) => parseItem(UserItem, item));
}

/** @returns Up to `limit` users of a domain after its first `offset`, which stay in the database. */
export async function listUsersFrom(
  directory: Table,
  domain: string,
  { offset, limit }: { offset: number; limit: number },
): Promise<User[]> {
  if (offset === 0) return read(directory, domain, limit);
  const after = await skipItems(directory, queryOf(domain), offset);
  return after ? read(directory, domain, limit, after) : [];
}

/** @param page - `after`: `next` of the page before. */
export async function pageOfUserIds(
  directory: Table,
  domain: string,
  page: { limit: number; after?: Item | undefined },
): Promise<{ ids: string[]; next: Item | undefined }> {
  const { items, next } = await queryPage(directory, { ...queryOf(domain), ...page });
  return { ids: items.map(({ pk }) => String(pk)), next };
}

async function read(directory: Table, domain: string, limit: number, from?: Item) {
  const items: Item[] = [];
  let after = from;
  do {
    const query = { ...queryOf(domain), limit: limit - items.length, after };
    const page = await queryPage(directory, query);
    items.push(...page.items);
    after = page.next;
  } while (after && items.length < limit);
  return items.map((item) => parseItem(UserItem, item));
}
