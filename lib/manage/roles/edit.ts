/**
 * Makes, edits and deletes roles, and folds each one's ACL into those that inherit from it.
 *
 * Errors: `invalid_request` naming the field: an unknown parent, a cycle, too many heirs;
 *         `conflict` for a role that is still in use.
 * An edit takes effect on the next request of everybody who holds the role or an heir of it.
 *
 * @module
 */

import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import type { Write } from '../../aws/transaction.ts';
import { AuthError, refuseField, unavailable } from '../../errors.ts';
import type { RuleName } from '../../rules.ts';
import {
  type AllRoles,
  type Role,
  type RolesChange,
  readAllRoles,
  saveRoles,
} from '../../store/directory/roles.ts';
import { mergeAcls } from '../../verdict/acl.ts';
import { holderOf } from './holder.ts';

export type RoleEdit = Pick<Role, 'name' | 'number' | 'parents' | 'acl'>;
/** What to make of the roles as they are. May throw; is asked again when another edit came first. */
export type Revise = (all: AllRoles) => RoleEdit | Promise<RoleEdit>;
/**
 * Refuses, by throwing, what the edit would make of the role.
 *
 * @returns What is to be written with it, or not at all.
 */
export type Review = (after: Role, before: Role | undefined) => readonly Write[];

const TRIES = 5;
/** A DynamoDB transaction holds 100 items; the list of roles and the audit event are two of them. */
const MAX_CHANGED = 98;
/**
 * Seconds before a deleted name may be used again: longer than any function of ours runs, so that
 * whoever was about to give the role away when it was deleted has written by then, and is found.
 */
export const NAME_REST = 120;

export const editRole = (directory: Table, edit: RoleEdit): Promise<void> =>
  reviseRole(directory, () => edit);

export const reviseRole = (
  directory: Table,
  revise: Revise,
  review: Review = () => [],
): Promise<void> =>
  repeated(directory, async (all) => {
    const { version, roles, retired } = all;
    const edit = await revise(all);
    const next = [
      ...roles.filter(({ name }) => name !== edit.name),
      { ...edit, effective: {}, ancestors: [] },
    ];
    const changed = foldedWith(edit.name, next);
    const before = roles.find(({ name }) => name === edit.name);
    const edited = changed.filter(({ name }) => name === edit.name);
    const also = edited.flatMap((role) => review(role, before));
    return { version, retired, names: next.map(({ name }) => name), changed, also };
  });

/**
 * @param now - Epoch seconds.
 * @param review - As for an edit, of the role as it is.
 * @returns `false` if there is no such role.
 */
export async function deleteRole(
  { directory, sessions }: Tables,
  name: string,
  now: number,
  review: (role: Role) => readonly Write[] = () => [],
): Promise<boolean> {
  let found = false;
  await repeated(directory, async ({ version, roles, retired }) => {
    const role = roles.find((one) => one.name === name);
    found = role !== undefined;
    if (!role) return undefined;
    const also = review(role);
    const heir = roles.find(({ parents }) => parents.includes(name));
    if (heir) throw inUse('role-inherited', `The role is in use: ${heir.name} inherits from it.`);
    const holder = await holderOf({ directory, sessions }, name, now);
    if (holder) throw inUse('role-held', `The role is in use: ${holder} holds it.`);
    const names = roles.map((one) => one.name).filter((other) => other !== name);
    const resting = retired.filter(({ until }) => until > now);
    const next = [...resting, { name, until: now + NAME_REST }];
    return { version, names, removed: [name], retired: next, also };
  });
  return found;
}

async function repeated(
  directory: Table,
  change: (all: AllRoles) => Promise<RolesChange | undefined>,
): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const next = await change(await readAllRoles(directory));
    if (!next || (await saveRoles(directory, next))) return;
  }
  throw unavailable('roles are being edited by too many at once');
}

const inUse = (rule: RuleName, text: string) =>
  new AuthError({ code: 'conflict', rule, text, reason: 'in use' });

/** The named role and all its heirs, with their ACLs folded anew. */
function foldedWith(name: string, roles: readonly Role[]): Role[] {
  const byName = new Map(roles.map((role) => [role.name, role]));
  const ancestry = new Map(roles.map((role) => [role.name, ancestorsOf(role, byName)]));
  const changed = roles.filter((role) => role.name === name || ancestry.get(role.name)?.has(name));
  if (changed.length > MAX_CHANGED)
    throw refuseField(
      'parents',
      'role-heirs-too-many',
      `more than ${MAX_CHANGED} roles would change`,
    );
  return changed.map((role) => {
    const ancestors = [...(ancestry.get(role.name) ?? [])];
    const lineage = [role, ...ancestors.flatMap((at) => byName.get(at) ?? [])];
    return { ...role, ancestors, effective: mergeAcls(lineage.map(({ acl }) => acl)) };
  });
}

function ancestorsOf(role: Role, byName: ReadonlyMap<string, Role>): Set<string> {
  const found = new Set<string>();
  const visit = (names: readonly string[]) => {
    for (const name of names) {
      const parent = byName.get(name);
      if (!parent) throw refuseField('parents', 'role-unknown', 'there is no such role');
      if (name === role.name)
        throw refuseField('parents', 'role-cycle', 'a role cannot inherit from itself');
      if (found.has(name)) continue;
      found.add(name);
      visit(parent.parents);
    }
  };
  visit(role.parents);
  return found;
}
