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
import { grantTo, isRoot, ROOT, requireLetters, requireRolesOf } from '../../authority/grant.ts';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { AuthError, refuse, refuseField } from '../../errors.ts';
import { requireSeen, type Terms, UNTRACKED } from '../../events/trail.ts';
import type { RuleName } from '../../rules.ts';
import { readRegistry } from '../../store/directory/resources.ts';
import { type Acl, type AllRoles, type Role, readAllRoles } from '../../store/directory/roles.ts';
import { DEPLOYMENT } from '../../store/sessions/audit.ts';
import { grantOf, stronger, unpermitted } from '../../verdict/acl.ts';
import type { Caller } from '../../verdict/judge.ts';
import { checkAcl } from './check-acl.ts';
import { deleteRole, reviseRole } from './edit.ts';
import { holderOf } from './holder.ts';

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

/** `acl`: as somebody typed it. */
export type NewRole = { name: string; parents: string[]; acl: unknown };
export type RoleChange = { parents?: string[] | undefined; acl?: unknown };

export async function makeRole(
  tables: Tables,
  caller: Caller,
  { name, parents, acl: asked }: NewRole,
  now: number,
  terms: Terms<Role> = {},
): Promise<void> {
  const acl = checkAcl(asked, await readRegistry(tables.directory));
  refuseRootAbove(parents);
  await reviseRole(
    tables.directory,
    async (all) => {
      const why = notFree(name, all, now);
      if (why) throw why;
      requireRolesOf(all.roles, caller, parents, 'parents');
      // Who holds a role that does not exist would get this one, unasked.
      const holder = await holderOf(tables, name, now);
      if (holder) throw taken('role-name-held', `the name is still held by ${holder}`);
      return { name, number: numberOf(name), parents, acl };
    },
    (after) => {
      requireLetters(caller, after.effective);
      return traceOf(terms, 'create', { after });
    },
  );
}

function refuseRootAbove(parents: readonly string[]): void {
  if (parents.includes(ROOT)) throw refuseField('parents', 'role-unknown', 'there is no such role');
}

/** Names that differ in case only are the same name. */
function notFree(name: string, { roles, retired }: AllRoles, now: number): AuthError | undefined {
  const folded = name.toLowerCase();
  if (folded === ROOT || roles.some((role) => role.name.toLowerCase() === folded))
    return taken('role-name-taken', 'the name is taken');
  const rest = retired.find((one) => one.name.toLowerCase() === folded && one.until > now);
  if (!rest) return undefined;
  const wait = `${rest.until - now} s`;
  return taken('role-name-resting', `the name was deleted a moment ago, and is free in ${wait}`);
}

const taken = (rule: RuleName, text: string) =>
  new AuthError({ code: 'conflict', rule, text, field: 'name', reason: 'a name that is not free' });

/**
 * Sets the letters of the resources named, and takes away those whose list is empty; puts other parents
 * in place of those that there are.
 */
export async function changeRole(
  directory: Table,
  caller: Caller,
  name: string,
  { parents, acl: asked, ...terms }: RoleChange & Terms<Role>,
): Promise<void> {
  const change = checkAcl(asked ?? {}, await readRegistry(directory));
  await reviseRole(
    directory,
    ({ roles }) => {
      const before = visible(roles).find((role) => role.name === name);
      if (!before) throw notFound();
      requireSeen(terms, before);
      refuseRootAbove(parents ?? []);
      const added = (parents ?? []).filter((parent) => !before.parents.includes(parent));
      requireRolesOf(roles, caller, added, 'parents');
      const all = Object.entries({ ...before.acl, ...change });
      const acl = Object.fromEntries(all.filter(([, letters]) => letters.length > 0));
      return { name, number: before.number, parents: parents ?? before.parents, acl };
    },
    (after, before) => {
      refuseAdded(caller, before?.acl ?? {}, after.acl);
      refuseAdded(caller, before?.effective ?? {}, after.effective);
      return traceOf(terms, 'change', { before, after });
    },
  );
}

/** What stands in the role already is not the caller's doing. */
function refuseAdded(caller: Caller, before: Acl, after: Acl): void {
  if (isRoot(caller)) return;
  const added = unpermitted(after, (resource, action) =>
    stronger(grantOf([before], resource, action), grantTo(caller)(resource, action)),
  );
  if (added !== undefined) requireLetters(caller, { [added]: after[added] ?? [] });
}

export async function removeRole(
  tables: Tables,
  name: string,
  now: number,
  terms: Terms<Role> = {},
): Promise<void> {
  const review = (before: Role) => {
    requireSeen(terms, before);
    return traceOf(terms, 'delete', { before });
  };
  if (name === ROOT || !(await deleteRole(tables, name, now, review))) throw notFound();
}

const traceOf = (
  { trail = UNTRACKED }: Terms<Role>,
  action: 'create' | 'change' | 'delete',
  { before, after }: { before?: Role | undefined; after?: Role },
) => {
  const target = (after ?? before)?.name ?? '';
  return trail({ action, collection: 'roles', target, domain: DEPLOYMENT, before, after });
};

const notFound = () => refuse('not_found', 'role-not-found', 'Role not found.');
