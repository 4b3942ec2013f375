/**
 * Roles, each with its parents' ACL folded in, and the hierarchy they form.
 *
 * Item: { pk: "role#" + name, sk: "role", name, number, parents, acl, effective, ancestors } in the
 *         directory table; `acl` as given, `effective` with the ancestors' folded in
 *       { pk: "roles", sk: "roles", version, names, retired: [{ name, until }] }: the list of all
 *         roles. Every edit raises its version in the same transaction; it is read with the roles in another
 *         (readAllRoles), so two edits of related roles cannot interleave. `retired` are names deleted a
 *         moment ago.
 *       { …, named, … } in place of the version where what all share is named (named/manifest.ts): then the roles
 *         are in content, in pieces, and those that have items still are not as these say.
 * Units: `until` is epoch seconds.
 *
 * @module
 */
import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { snapshot } from '../../aws/snapshot.ts';
import { batchGet, get, type Key, type Table } from '../../aws/table.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { type Content, onceEach } from '../named/content.ts';
import {
  copiesOfShared,
  type InForce,
  manifestKey,
  parseManifest,
  readInForce,
  SPREADING,
} from '../named/manifest.ts';
import { readContent } from '../named/memory.ts';
import { pieceOf } from '../named/pieces.ts';

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
export type AllRoles = {
  version: number;
  roles: Role[];
  retired: Retired[];
  /** What named them, where they are in content. */
  inForce?: InForce;
};

export const ROLES: Key = { pk: 'roles', sk: 'roles' };
const RetiredItem = v.object({ name: v.string(), until: InstantItem });
type Retired = v.InferOutput<typeof RetiredItem>;
const ListItem = v.object({
  version: v.optional(v.number()),
  named: v.optional(v.number()),
  names: v.array(v.string()),
  retired: v.optional(v.array(RetiredItem), []),
});

export const roleKey = (name: string): Key => ({ pk: `role#${name}`, sk: 'role' });

/** DynamoDB reads at most so many items in one request. */
const BATCH = 100;
/** Roles of one snapshot, beside their list: ten items are within its 4 MB however large they are. */
const SNAPSHOT = 9;
/** Snapshots under way at once. */
const SIDE_BY_SIDE = 16;

/** An edit that comes between the reads shows when the roles are saved. */
export const readAllRoles = (directory: Table): Promise<AllRoles> =>
  untilUncontested(SPREADING, async () => {
    const item = await get(directory, ROLES);
    if (!item) return { version: 0, roles: [], retired: [] };
    const { version = 0, named, names, retired } = parseItem(ListItem, item);
    if (named === undefined) {
      const roles = await readRolesOf(directory, { version, names });
      return roles ? { version, roles, retired } : CONTESTED;
    }
    const inForce = await readInForce(directory);
    // Named no more since it was read.
    if (!inForce) return CONTESTED;
    const all = Object.values(inForce.manifests[0]?.roles ?? {});
    const known = rolesIn(await readContent(directory, all, copiesOfShared(inForce)));
    return { version: named, roles: inOrder(known, names), retired, inForce };
  });

/** @returns Those that exist, in the order asked for. */
export async function readRoles(directory: Table, names: readonly string[]): Promise<Role[]> {
  if (names.length === 0) return [];
  const item = await get(directory, manifestKey(0, 0));
  if (!item) return readRoleItems(directory, names);
  const manifest = parseManifest(directory, item);
  const pieces = new Set(names.flatMap((name) => manifest.roles[pieceOf(name)] ?? []));
  return inOrder(
    rolesIn(await readContent(directory, [...pieces], copiesOfShared(manifest))),
    names,
  );
}

/**
 * As the edits up to that version have left them, each with the list in one snapshot: the version of an edit
 * may show before its roles do, and what is folded of such roles would be wrong for good.
 *
 * @returns `undefined` where the list has changed since.
 */
async function readRolesOf(
  directory: Table,
  { version, names }: { version: number; names: readonly string[] },
): Promise<Role[] | undefined> {
  const parts = Array.from({ length: Math.ceil(names.length / SNAPSHOT) }, (_, index) =>
    names.slice(index * SNAPSHOT, (index + 1) * SNAPSHOT),
  );
  const roles: Role[] = [];
  for (let start = 0; start < parts.length; start += SIDE_BY_SIDE) {
    const reads = parts.slice(start, start + SIDE_BY_SIDE).map(async (part) => {
      const keys = [ROLES, ...part.map(roleKey)];
      return snapshot(keys.map((key) => ({ table: directory, key })));
    });
    for (const [list, ...items] of await Promise.all(reads)) {
      if (list?.['version'] !== version) return undefined;
      roles.push(...items.flatMap((role) => (role ? [parseItem(RoleItem, role)] : [])));
    }
  }
  return roles;
}

async function readRoleItems(directory: Table, names: readonly string[]): Promise<Role[]> {
  const roles: Role[] = [];
  for (let start = 0; start < names.length; start += BATCH) {
    const batch = names.slice(start, start + BATCH);
    const items = await batchGet(batch.map((name) => ({ table: directory, key: roleKey(name) })));
    roles.push(...items.flatMap((role) => (role ? [parseItem(RoleItem, role)] : [])));
  }
  return roles;
}

export const rolesIn = (pieces: readonly Content[]): ReadonlyMap<string, Content> =>
  new Map(pieces.flatMap((piece) => Object.entries(piece as Readonly<Record<string, Content>>)));

const inOrder = (known: ReadonlyMap<string, Content>, names: readonly string[]): Role[] =>
  names.flatMap((name) => {
    const role = known.get(name);
    return role ? [roleIn(role)] : [];
  });

const roleIn = onceEach((content) => parseItem(RoleItem, content));
