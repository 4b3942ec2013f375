/**
 * The domains, from the index byList. Eventually consistent, as indexes are.
 *
 * @module
 */
import { queryAll } from '../../aws/query.ts';
import type { Table } from '../../aws/table.ts';
import { parseDomain } from './domains.ts';

/** The names of all there are. */
export async function listDomainNames(directory: Table): Promise<string[]> {
  const items = await queryAll(directory, { index: 'byList', partition: 'domain' });
  return items.map((item) => parseDomain(item).name);
}
