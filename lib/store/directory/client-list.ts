/**
 * The clients of some domains, from the index byList. Eventually consistent, as indexes are.
 *
 * @module
 */
import { parseItem } from '../../aws/item.ts';
import { queryAll } from '../../aws/query.ts';
import type { Table } from '../../aws/table.ts';
import { type Client, ClientItem, clientList } from './clients.ts';

/** All there are: only where these are known to be few enough. */
export async function listClients(directory: Table, domains: readonly string[]): Promise<Client[]> {
  const queryOf = (domain: string) => ({ index: 'byList', partition: clientList(domain) }) as const;
  const lists = domains.map((domain) => queryAll(directory, queryOf(domain)));
  return (await Promise.all(lists)).flat().map((item) => parseItem(ClientItem, item));
}
