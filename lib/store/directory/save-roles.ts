/**
 * An edit of roles as one transaction: where they are in content the pieces that it changes, under new names, and
 * an item each where they are not.
 *
 * @module
 */
import type { Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { refuseField } from '../../errors.ts';
import { asVersioned, copiesOfShared, type InForce } from '../named/manifest.ts';
import { readContent } from '../named/memory.ts';
import { pieceOf, piecesByName } from '../named/pieces.ts';
import { type Renaming, rename } from '../named/rename.ts';
import { type AllRoles, ROLES, type Role, roleKey, rolesIn } from './roles.ts';

export type RolesChange = Omit<AllRoles, 'roles'> & {
  names: readonly string[];
  edited?: Role | undefined;
  /** Those that inherit from it; where nothing is named, at most 98. */
  heirs?: readonly Role[];
  removed?: readonly string[];
  also?: readonly Write[];
};

/** @returns `false` when another edit came first: read again and repeat. */
export async function saveRoles(directory: Table, change: RolesChange): Promise<boolean> {
  const { inForce, edited, heirs = [], removed = [], also = [] } = change;
  const changed = [edited, ...heirs].flatMap((role) => role ?? []);
  const renaming = inForce && (await renamingOf(directory, inForce, { changed, removed }));
  const failed = await transact([
    roleListWrite(directory, change, { isNamed: inForce !== undefined }),
    ...(renaming?.writes ??
      changed.map((role) => ({ table: directory, put: { ...roleKey(role.name), ...role } }))),
    ...removed.map((name) => ({ table: directory, remove: roleKey(name) })),
    ...also,
  ]);
  await renaming?.settle(!failed.includes(true));
  return !failed.includes(true);
}

/** The list alone, if it is as it was read. */
export function roleListWrite(
  directory: Table,
  { version, inForce, names, retired }: Omit<RolesChange, 'also'>,
  { isNamed }: { isNamed: boolean },
): Write {
  const next = version + 1;
  return {
    table: directory,
    put: { ...ROLES, ...(isNamed ? { named: next } : { version: next }), names, retired },
    when: asVersioned(version, inForce !== undefined),
  };
}

/** An item each, if the list is as it was read. */
export const roleWrites = (
  directory: Table,
  roles: readonly Role[],
  { version, inForce }: Pick<AllRoles, 'version' | 'inForce'>,
): Write[] => [
  { table: directory, check: ROLES, when: asVersioned(version, inForce !== undefined) },
  ...roles.map((role) => ({ table: directory, put: { ...roleKey(role.name), ...role } })),
];

async function renamingOf(
  directory: Table,
  inForce: InForce,
  { changed, removed }: { changed: readonly Role[]; removed: readonly string[] },
): Promise<Renaming> {
  const touched = new Set([...changed.map(({ name }) => name), ...removed].map(pieceOf));
  const before = inForce.manifests[0]?.roles ?? {};
  const old = [...touched].flatMap((piece) => before[piece] ?? []);
  const known = new Map(rolesIn(await readContent(directory, old, copiesOfShared(inForce))));
  for (const role of changed) known.set(role.name, role);
  for (const name of removed) known.delete(name);
  const after = piecesByName(Object.fromEntries(known));
  const roles = Object.fromEntries([...touched].map((piece) => [piece, after[piece]]));
  const renaming = await rename(directory, inForce, { roles });
  if (!renaming)
    throw refuseField('acl', 'roles-too-large', 'the roles permit more than can be stored of them');
  return renaming;
}
