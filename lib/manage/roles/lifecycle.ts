/**
 * What administrators do with roles, and may not: `root` is nobody's to see, change or inherit from;
 * nobody puts a letter or a parent into a role that they do not hold; a role in use stays. To hold a
 * role is to hold its ancestors by name too, so a parent is given away like a role.
 *
 * Roles are those of the whole deployment, not of a domain: give `acl/roles` accordingly.
 *
 * Units:  now is epoch seconds.
 * Errors: `not_found`; `conflict` for a name that is taken, was deleted a moment ago or is still
 *         held, and for a role in use; `insufficient_scope`; `invalid_request` naming the field.
 *
 * @module
 */

import * as v from 'valibot';
import { givable, ROOT, requireLetters, requireRolesOf } from '../../authority/grant.ts';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { untilUncontested } from '../../aws/until-uncontested.ts';
import { AuthError, refuse, refuseField } from '../../errors.ts';
import { requireSeen, type Terms } from '../../events/trail.ts';
import type { RuleName } from '../../rules.ts';
import { readRegistry } from '../../store/directory/resources.ts';
import { type Acl, type AllRoles, type Role, readAllRoles } from '../../store/directory/roles.ts';
import { type Instant, isOver } from '../../time.ts';
import { grantOf, stronger, unpermitted } from '../../verdict/acl.ts';
import type { Caller } from '../../verdict/judge.ts';
import { checkAcl } from './check-acl.ts';
import { deleteRole, EDITING, type Folded, foldedWith, saveFolded, traceOf } from './edit.ts';
import { holderOf } from './holder.ts';

/** The ACL is as somebody typed it: the rule reads the registry, and checks it (check-acl.ts). */
type GivenAcl = unknown;
export type NewRole = { name: string; parents: string[]; acl: GivenAcl };
/** What is `undefined` stays as it is. */
export type RoleChange = { parents?: string[] | undefined; acl?: GivenAcl };

/** No spaces and no separators: names go into scopes, lists and API keys. */
export const RoleName = v.pipe(
  v.string(),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'must be letters, digits, ".", "_" and "-", at most 64',
  ),
);

/** By which some products' clients know a role; any other is -1. */
const NUMBERS: Readonly<Record<string, number>> = { root: 2, admin: 1, user: 0 };
const numberOf = (name: string): number =>
  (Object.hasOwn(NUMBERS, name) ? NUMBERS[name] : -1) ?? -1;

const visible = (roles: readonly Role[]): Role[] => roles.filter(({ name }) => name !== ROOT);

export const listRoles = async (directory: Table): Promise<Role[]> =>
  visible((await readAllRoles(directory)).roles);

export async function findRole(directory: Table, name: string): Promise<Role> {
  const role = (await listRoles(directory)).find((one) => one.name === name);
  if (!role) throw notFound();
  return role;
}

export async function makeRole(
  tables: Tables,
  caller: Caller,
  { name, parents, acl: given }: NewRole,
  now: Instant,
  terms: Terms<Role> = {},
): Promise<Role> {
  const { directory } = tables;
  return untilUncontested(EDITING, async () => {
    const [all, registry] = await Promise.all([readAllRoles(directory), readRegistry(directory)]);
    const acl = checkAcl(given, registry);
    refuseRootAbove(parents);
    const why = notFree(name, all, now);
    if (why) throw why;
    requireRolesOf(all.roles, caller, parents, 'parents');
    // Who holds a role that does not exist would get this one, unasked.
    const holder = await holderOf(tables, name, now);
    if (holder) throw taken('role-name-held', `the name is still held by ${holder}`);
    const made = foldedWith(all, { name, number: numberOf(name), parents, acl });
    requireLetters(caller, made.role.effective);
    return saveFolded(directory, made, traceOf(terms, { after: made.role }));
  });
}

function refuseRootAbove(parents: readonly string[]): void {
  if (parents.includes(ROOT)) throw refuseField('parents', 'role-unknown', 'there is no such role');
}

/** Names that differ in case only are the same name. */
function notFree(name: string, { roles, retired }: AllRoles, now: Instant): AuthError | undefined {
  const folded = name.toLowerCase();
  if (folded === ROOT || roles.some((role) => role.name.toLowerCase() === folded))
    return taken('role-name-taken', 'the name is taken');
  const rest = retired.find((one) => one.name.toLowerCase() === folded && !isOver(one.until, now));
  if (!rest) return undefined;
  const wait = `${rest.until - now} s`;
  return taken('role-name-resting', `the name was deleted a moment ago, and is free in ${wait}`);
}

const taken = (rule: RuleName, text: string) =>
  new AuthError({ code: 'conflict', rule, text, field: 'name', reason: 'a name that is not free' });

/** Sets the letters of the resources named, and takes away those whose list is empty. */
export async function changeRole(
  directory: Table,
  caller: Caller,
  name: string,
  { parents, acl, ...terms }: RoleChange & Terms<Role>,
): Promise<Role> {
  return untilUncontested(EDITING, async () => {
    const { before, after } = await planned(directory, caller, name, { parents, acl, ...terms });
    return saveFolded(directory, after, traceOf(terms, { before, after: after.role }));
  });
}

type Planned = {
  before: Role;
  /** All roles, before the change. */
  roles: readonly Role[];
  after: Folded;
};

/** What the change would make of the roles, or why the caller may not make it. Writes nothing. */
export async function planned(
  directory: Table,
  caller: Caller,
  name: string,
  { parents, acl: given = {}, ...terms }: RoleChange & Terms<Role>,
): Promise<Planned> {
  const [all, registry] = await Promise.all([readAllRoles(directory), readRegistry(directory)]);
  const change = checkAcl(given, registry);
  const before = visible(all.roles).find((role) => role.name === name);
  if (!before) throw notFound();
  requireSeen(terms, before);
  refuseRootAbove(parents ?? []);
  const added = (parents ?? []).filter((parent) => !before.parents.includes(parent));
  requireRolesOf(all.roles, caller, added, 'parents');
  const after = foldedWith(all, {
    name,
    number: before.number,
    parents: parents ?? before.parents,
    acl: withLetters(before.acl, change),
  });
  refuseAdded(caller, before.acl, after.role.acl);
  refuseAdded(caller, before.effective, after.role.effective);
  return { before, roles: all.roles, after };
}

const withLetters = (before: Acl, change: Acl): Acl =>
  Object.fromEntries(
    Object.entries({ ...before, ...change }).filter(([, letters]) => letters.length > 0),
  );

/** What stands in the role already is not the caller's doing. */
function refuseAdded(caller: Caller, before: Acl, after: Acl): void {
  const added = unpermitted(after, (resource, action) =>
    stronger(grantOf([before], resource, action), givable(caller)(resource, action)),
  );
  if (added !== undefined) requireLetters(caller, { [added]: after[added] ?? [] });
}

export async function removeRole(
  tables: Tables,
  name: string,
  now: Instant,
  terms: Terms<Role> = {},
): Promise<void> {
  if (name === ROOT || !(await deleteRole(tables, name, now, terms))) throw notFound();
}

const notFound = () => refuse('not_found', 'role-not-found', 'Role not found.');
