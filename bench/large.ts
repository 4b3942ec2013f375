/**
 * A directory with as many resources and roles as there may be, beside those that it has.
 *
 * @module
 */
import type { Table } from '../lib/aws/table.ts';
import { readRegistry, saveRegistry } from '../lib/store/directory/resources.ts';
import { type Acl, readAllRoles } from '../lib/store/directory/roles.ts';
import { saveRoles } from '../lib/store/directory/save-roles.ts';

const RESOURCES = 10_000;
const ROLES = 2000;
/** Of each role. */
const ENTRIES = 100;

const resourceOf = (index: number): string => `api-${index % RESOURCES}/book-${index % RESOURCES}`;
const upTo = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

export async function enlarge(directory: Table): Promise<void> {
  const registry = await readRegistry(directory);
  const more = Object.fromEntries(upTo(RESOURCES, (index) => [resourceOf(index), []]));
  const saved = await saveRegistry(directory, registry, { ...more, ...registry.patterns });
  const { roles, ...all } = await readAllRoles(directory);
  const heirs = upTo(ROLES, (index) => {
    const acl = aclOf(index);
    return { name: `role-${index}`, number: 0, parents: [], acl, effective: acl, ancestors: [] };
  });
  const names = [...roles, ...heirs].map(({ name }) => name);
  if (!(saved && (await saveRoles(directory, { ...all, names, heirs }))))
    throw new Error('somebody else edits the directory');
}

const aclOf = (role: number): Acl =>
  Object.fromEntries(upTo(ENTRIES, (index) => [resourceOf(role * 97 + index), ['r'] as const]));
