/**
 * How many users each domain has, counted in the transactions that make, move and delete them.
 *
 * Item: { pk: "count#users", sk: domain + "#" + last digit of the user's id, userCount } in the directory
 *       table. Sixteen a domain, since transactions that write one item at once refuse each other.
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import { queryAll } from '../../aws/query.ts';
import { deleteIf, type Key, type Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';

type Counted = { id: string; domain: string };

const PARTITION = 'count#users';
const CountItem = v.object({ sk: v.string(), userCount: v.number() });
const countKey = ({ id, domain }: Counted): Key => ({
  pk: PARTITION,
  sk: `${domain}#${id.slice(-1)}`,
});

/** The writes to put into the transaction that makes, changes or deletes the user. */
export function countWrites(
  table: Table,
  before: Counted | undefined,
  after: Counted | undefined,
): Write[] {
  if (before?.domain === after?.domain) return [];
  const adding = (user: Counted | undefined, amount: number): Write[] =>
    user ? [{ table, add: countKey(user), attribute: 'userCount', amount }] : [];
  return [...adding(before, -1), ...adding(after, 1)];
}

/** Strongly consistent. @param domain - Without it, the users of all domains. */
export async function countUsers(directory: Table, domain?: string): Promise<number> {
  const counts = await readCounts(directory, domain);
  return counts.reduce((sum, { userCount }) => sum + userCount, 0);
}

/** Takes the counters of a domain away; one that counts somebody stays. */
export async function forgetCount(directory: Table, domain: string): Promise<void> {
  const none = { expression: 'userCount = :none', values: { ':none': 0 } };
  for (const { sk } of await readCounts(directory, domain))
    await deleteIf(directory, { pk: PARTITION, sk }, none);
}

async function readCounts(directory: Table, domain: string | undefined) {
  const prefix = domain === undefined ? '' : `${domain}#`;
  const items = await queryAll(directory, { partition: PARTITION, prefix });
  return items.map((item) => parseItem(CountItem, item));
}
