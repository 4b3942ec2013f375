/**
 * The users of some domains, from the index byList: a domain's in the order of their usernames'
 * normal forms. Eventually consistent, as indexes are.
 *
 * @module
 */
import { parseItem } from './item.ts';
import { countItems, queryPage } from './query.ts';
import type { Item, Table } from './table.ts';
import { type User, UserItem, userList } from './users.ts';

/** @returns Up to so many, and whether there are more. */
export async function listUsers(
  directory: Table,
  domains: readonly string[],
  atMost: number,
): Promise<{ users: User[]; more: boolean }> {
  const users: User[] = [];
  for (const domain of domains) {
    let after: Item | undefined;
    do {
      const wanted = atMost + 1 - users.length;
      if (wanted <= 0) break;
      const query = { index: 'byList', partition: userList(domain), limit: wanted, after } as const;
      const page = await queryPage(directory, query);
      users.push(...page.items.map((item) => parseItem(UserItem, item)));
      after = page.next;
    } while (after);
  }
  return { users: users.slice(0, atMost), more: users.length > atMost };
}

export async function countUsers(directory: Table, domains: readonly string[]): Promise<number> {
  const counts = domains.map((domain) =>
    countItems(directory, { index: 'byList', partition: userList(domain) }),
  );
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
