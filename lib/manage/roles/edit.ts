/**
 * What an edit makes of the roles: each one's ACL is folded into those that inherit from it, and all of
 * them are saved together, or nothing is.
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
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { AuthError, refuseField } from '../../errors.ts';
import { changesOfRole } from '../../events/kinds/deployment.ts';
import { requireSeen, type Terms, type Trail, UNTRACKED } from '../../events/trail.ts';
import type { RuleName } from '../../rules.ts';
import { type AllRoles, type Role, readAllRoles } from '../../store/directory/roles.ts';
import { type RolesChange, saveRoles } from '../../store/directory/save-roles.ts';
import { after, type Instant, isOver, seconds } from '../../time.ts';
import { mergeAcls } from '../../verdict/acl.ts';
import { aclTooLong, MAX_RESOURCES } from './check-acl.ts';
import { holderOf } from './holder.ts';

export type RoleEdit = Pick<Role, 'name' | 'number' | 'parents' | 'acl'>;
/** The role as the edit makes it, and all that is to be saved with it. */
export type Folded = { role: Role; change: RolesChange };

/** Of each attempt, for the log. */
export const EDITING = 'roles are being edited';
/** Of what a role has with all that it inherits: each caller's verdict reads it, and some sign-ins tell it. */
const MAX_INHERITED = 400;
/** A DynamoDB transaction holds 100 items; the list of roles and the audit event are two of them. */
const MAX_CHANGED = 98;
/** Of all: their list is one item, and an edit looks at each of them. */
const MAX_ROLES = 2000;
/**
 * Seconds before a deleted name may be used again: longer than any function of ours runs, so that
 * whoever was about to give the role away when it was deleted has written by then, and is found.
 */
export const NAME_REST = seconds(120);

/** Whoever may do it: for seeds and operators. */
export async function editRole(
  directory: Table,
  edit: RoleEdit,
  trail: Trail = UNTRACKED,
): Promise<void> {
  await untilUncontested(EDITING, async () => {
    const all = await readAllRoles(directory);
    const before = all.roles.find(({ name }) => name === edit.name);
    const folded = foldedWith(all, edit);
    const also = traceOf({ trail }, { ...(before && { before }), after: folded.role });
    return saveFolded(directory, folded, also);
  });
}

/** @param also - Written with it, or not at all. */
export async function saveFolded(
  directory: Table,
  { role, change }: Folded,
  also: readonly Write[] = [],
): Promise<Role | typeof CONTESTED> {
  return (await saveRoles(directory, { ...change, also })) ? role : CONTESTED;
}

/** @param now - Epoch seconds. @returns `false` if there is no such role. */
export const deleteRole = (
  { directory, sessions }: Tables,
  name: string,
  now: Instant,
  terms: Terms<Role> = {},
): Promise<boolean> =>
  untilUncontested(EDITING, async () => {
    const { version, roles, retired, inForce } = await readAllRoles(directory);
    const before = roles.find((one) => one.name === name);
    if (!before) return false;
    requireSeen(terms, before);
    const heir = roles.find(({ parents }) => parents.includes(name));
    if (heir) throw inUse('role-inherited', `The role is in use: ${heir.name} inherits from it.`);
    const holder = await holderOf({ directory, sessions }, name, now);
    if (holder) throw inUse('role-held', `The role is in use: ${holder} holds it.`);
    const names = roles.map((one) => one.name).filter((other) => other !== name);
    const resting = retired.filter(({ until }) => !isOver(until, now));
    const next = [...resting, { name, until: after(now, NAME_REST) }];
    const also = traceOf(terms, { before });
    const change = {
      version,
      names,
      removed: [name],
      retired: next,
      also,
      ...(inForce && { inForce }),
    };
    return (await saveRoles(directory, change)) ? true : CONTESTED;
  });

/** The writes that record it. */
export const traceOf = (
  { trail = UNTRACKED }: Terms<Role>,
  change: { before?: Role; after?: Role },
): readonly Write[] => trail(changesOfRole(change));

const inUse = (rule: RuleName, text: string) =>
  new AuthError({ code: 'conflict', rule, text, reason: 'in use' });

/** What the edit makes of the role and of all its heirs. */
export function foldedWith({ version, roles, retired, inForce }: AllRoles, edit: RoleEdit): Folded {
  const edited: Role = { ...edit, effective: {}, ancestors: [] };
  const next = [...roles.filter(({ name }) => name !== edit.name), edited];
  const byName = new Map(next.map((role) => [role.name, role]));
  const placed = (role: Role): Role => ({ ...role, ancestors: [...ancestorsOf(role, byName)] });
  const folded = (role: Role): Role => {
    const { ancestors } = role;
    const lineage = [role, ...ancestors.flatMap((at) => byName.get(at) ?? [])];
    return { ...role, effective: mergeAcls(lineage.map(({ acl }) => acl)) };
  };
  const role = folded(placed(edited));
  const heirs = next
    .map(placed)
    .filter(({ ancestors }) => ancestors.includes(edit.name))
    .map(folded);
  if (next.length > Math.max(MAX_ROLES, roles.length))
    throw refuseField('name', 'roles-full', `there would be more than ${MAX_ROLES} roles`);
  if (!inForce && heirs.length >= MAX_CHANGED)
    throw refuseField(
      'parents',
      'role-heirs-too-many',
      `more than ${MAX_CHANGED} roles would change`,
    );
  const before = new Map(roles.map((one) => [one.name, one]));
  for (const each of [role, ...heirs]) refuseLonger(each, before.get(each.name));
  const names = next.map(({ name }) => name);
  return {
    role,
    change: { version, retired, names, edited: role, heirs, ...(inForce && { inForce }) },
  };
}

/** What is longer already may get shorter. */
function refuseLonger(after: Role, before: Role | undefined): void {
  const grows = (part: 'acl' | 'effective', most: number): boolean => {
    const [length, was] = [after, before].map((role) => Object.keys(role?.[part] ?? {}).length);
    return (length ?? 0) > Math.max(most, was ?? 0);
  };
  if (grows('acl', MAX_RESOURCES)) throw aclTooLong();
  if (grows('effective', MAX_INHERITED))
    throw new AuthError({
      code: 'invalid_request',
      rule: 'acl-inherited-too-long',
      text: `${after.name} would have more than ${MAX_INHERITED} resources with what it inherits`,
      field: 'acl',
      reason: 'an ACL that is too long when folded',
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
