/**
 * What administrators page through: one list after another of the directory's index byList, each in
 * the order of its sort key. Eventually consistent, as indexes are.
 *
 * @module
 */
import { queryPage } from '../../aws/query.ts';
import type { Item, Table } from '../../aws/table.ts';

/** So many lists are asked of one call: of many domains, few may have what is looked for. */
const MOST_LISTS = 50;

/** Where a page ended: in which list, and after which item. */
export type Position = { list: string; after?: Item | undefined };
export type ListQuery = {
  limit: number;
  position?: Position | undefined;
  /** Only those whose sort key begins with it. */
  prefix?: string | undefined;
};
export type ListPage = { items: Item[]; next: Position | undefined };

/**
 * A page may be shorter than its limit, even empty, and not be the last.
 *
 * @param lists - In the order in which they are paged; they may change between two pages.
 */
export async function pageOfLists(
  directory: Table,
  lists: readonly string[],
  { limit, position, prefix = '' }: ListQuery,
): Promise<ListPage> {
  const items: Item[] = [];
  // A list that has gone since is stepped over.
  const start = position ? lists.findIndex((list) => list >= position.list) : 0;
  const rest = start === -1 ? [] : lists.slice(start);
  for (const [index, list] of rest.entries()) {
    let after = list === position?.list ? position.after : undefined;
    do {
      const wanted = {
        index: 'byList',
        partition: list,
        prefix,
        limit: limit - items.length,
        after,
      } as const;
      const page = await queryPage(directory, wanted);
      items.push(...page.items);
      after = page.next;
      if (items.length >= limit) return { items, next: nextOf(list, after, rest[index + 1]) };
    } while (after);
    if (index + 1 === MOST_LISTS) return { items, next: nextOf(list, after, rest[index + 1]) };
  }
  return { items, next: undefined };
}

function nextOf(list: string, after: Item | undefined, following: string | undefined) {
  if (after) return { list, after };
  return following === undefined ? undefined : { list: following };
}
