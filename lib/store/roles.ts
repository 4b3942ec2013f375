/**
 * Roles, each with its parents' ACL folded in, and the hierarchy they form.
 *
 * Item: { pk: "role#" + name, sk: "role", name, number, parents, acl, effective } in the directory
 *         table; `acl` as given, `effective` with the parents' folded in
 *       { pk: "roles", sk: "roles", version, names }: the list of all roles. Every edit raises its
 *         version in the same transaction, so two edits of related roles cannot interleave.
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from './item.ts';
import { batchGet, get, type Key, putAll, type Table } from './table.ts';

/** Create, read, update, delete; `o` means own objects only; `*` means all four. */
export const LETTERS = ['c', 'r', 'u', 'd', 'co', 'ro', 'uo', 'do', '*'] as const;
export type Letter = (typeof LETTERS)[number];

export const AclItem = v.record(v.string(), v.array(v.picklist(LETTERS)));
/** Resource name to permitted actions. */
export type Acl = v.InferOutput<typeof AclItem>;

/** What the verdict needs of a role. */
export const EffectiveRoleItem = v.object({
  name: v.string(),
  number: v.number(),
  effective: AclItem,
});
export type EffectiveRole = v.InferOutput<typeof EffectiveRoleItem>;

export const RoleItem = v.object({
  ...EffectiveRoleItem.entries,
  parents: v.array(v.string()),
  acl: AclItem,
});
export type Role = v.InferOutput<typeof RoleItem>;
export type AllRoles = { version: number; roles: Role[] };

const LIST: Key = { pk: 'roles', sk: 'roles' };
const ListItem = v.object({ version: v.number(), names: v.array(v.string()) });

export const roleKey = (name: string): Key => ({ pk: `role#${name}`, sk: 'role' });

/** DynamoDB reads at most so many items in one request. */
const BATCH = 100;

/** An edit that comes between the reads shows when the roles are saved: the version has risen. */
export async function readAllRoles(directory: Table): Promise<AllRoles> {
  const item = await get(directory, LIST);
  if (!item) return { version: 0, roles: [] };
  const { version, names } = parseItem(ListItem, item);
  const roles: Role[] = [];
  for (let start = 0; start < names.length; start += BATCH) {
    const batch = names.slice(start, start + BATCH);
    const items = await batchGet(batch.map((name) => ({ table: directory, key: roleKey(name) })));
    roles.push(...items.flatMap((role) => (role ? [parseItem(RoleItem, role)] : [])));
  }
  return { version, roles };
}

/**
 * @param changed - The edited role and those that inherit from it, at most 99.
 * @returns `false` when another edit came first: read again and repeat.
 */
export async function saveRoles(
  directory: Table,
  {
    version,
    names,
    changed,
  }: { version: number; names: readonly string[]; changed: readonly Role[] },
): Promise<boolean> {
  const failed = await putAll([
    {
      table: directory,
      item: { ...LIST, version: version + 1, names },
      when:
        version === 0
          ? { expression: 'attribute_not_exists(pk)' }
          : { expression: 'version = :read', values: { ':read': version } },
    },
    ...changed.map((role) => ({ table: directory, item: { ...roleKey(role.name), ...role } })),
  ]);
  return !failed.includes(true);
}
