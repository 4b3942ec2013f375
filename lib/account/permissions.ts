/**
 * What a caller may do, by resource.
 *
 * @module
 */

import { grantTo } from '../authority/grant.ts';
import type { Table } from '../aws/table.ts';
import { readRegistry } from '../store/directory/resources.ts';
import type { Acl } from '../store/directory/roles.ts';
import { aclOf } from '../verdict/acl.ts';
import type { Caller } from '../verdict/judge.ts';

export async function permissionsOf(directory: Table, caller: Caller): Promise<Acl> {
  const { patterns } = await readRegistry(directory);
  return aclOf(Object.keys(patterns), grantTo(caller));
}
