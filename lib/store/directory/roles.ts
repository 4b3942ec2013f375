/**
 * Roles, each with its parents' ACL folded in, and the hierarchy they form.
 *
 * Item: { pk: "role#" + name, sk: "role", name, number, parents, acl, effective, ancestors } in the
 *         directory table; `acl` as given, `effective` with the ancestors' folded in
 *       { pk: "roles", sk: "roles", version, names, retired: [{ name, until }] }: the list of all
 *         roles. Every edit raises its version in the same transaction, so two edits of related
 *         roles cannot interleave. `retired` are names deleted a moment ago.
 * Units: `until` is epoch seconds.
 *
 * @module
 */
import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { batchGet, get, type Key, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';

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
  /** Parents and theirs: whoever holds the role may pass these on, too. */
  ancestors: v.optional(v.array(v.string()), []),
});
export type EffectiveRole = v.InferOutput<typeof EffectiveRoleItem>;

export const RoleItem = v.object({
  ...EffectiveRoleItem.entries,
  parents: v.array(v.string()),
  acl: AclItem,
});
export type Role = v.InferOutput<typeof RoleItem>;
export type AllRoles = { version: number; roles: Role[]; retired: Retired[] };

const LIST: Key = { pk: 'roles', sk: 'roles' };
const RetiredItem = v.object({ name: v.string(), until: InstantItem });
type Retired = v.InferOutput<typeof RetiredItem>;
const ListItem = v.object({
  version: v.number(),
  names: v.array(v.string()),
  retired: v.optional(v.array(RetiredItem), []),
});

export const roleKey = (name: string): Key => ({ pk: `role#${name}`, sk: 'role' });

/** DynamoDB reads at most so many items in one request. */
const BATCH = 100;

/** An edit that comes between the reads shows when the roles are saved: the version has risen. */
export async function readAllRoles(directory: Table): Promise<AllRoles> {
  const item = await get(directory, LIST);
  if (!item) return { version: 0, roles: [], retired: [] };
  const { version, names, retired } = parseItem(ListItem, item);
  return { version, roles: await readRoles(directory, names), retired };
}

/** @returns Those that exist, in the order asked for. */
export async function readRoles(directory: Table, names: readonly string[]): Promise<Role[]> {
  const roles: Role[] = [];
  for (let start = 0; start < names.length; start += BATCH) {
    const batch = names.slice(start, start + BATCH);
    const items = await batchGet(batch.map((name) => ({ table: directory, key: roleKey(name) })));
    roles.push(...items.flatMap((role) => (role ? [parseItem(RoleItem, role)] : [])));
  }
  return roles;
}

/** `changed`: the edited role and those that inherit from it; with `removed` and `also` at most 99. */
export type RolesChange = {
  version: number;
  names: readonly string[];
  retired: readonly Retired[];
  changed?: readonly Role[];
  removed?: readonly string[];
  also?: readonly Write[];
};

/** @returns `false` when another edit came first: read again and repeat. */
export async function saveRoles(
  directory: Table,
  { version, names, retired, changed = [], removed = [], also = [] }: RolesChange,
): Promise<boolean> {
  const failed = await transact([
    {
      table: directory,
      put: { ...LIST, version: version + 1, names, retired },
      when:
        version === 0
          ? { expression: 'attribute_not_exists(pk)' }
          : { expression: 'version = :read', values: { ':read': version } },
    },
    ...changed.map((role) => ({ table: directory, put: { ...roleKey(role.name), ...role } })),
    ...removed.map((name) => ({ table: directory, remove: roleKey(name) })),
    ...also,
  ]);
  return !failed.includes(true);
}
