/**
 * Nobody grants what they do not hold, and nobody administers a domain that is not their own. Only
 * `root` may do both.
 *
 * To hold a role means: by name, or as an ancestor of one held by name, with all its letters. The
 * name counts too because APIs are told it. A session that is narrower than its subject (by scope,
 * or as a key) grants only what is left of it, and is no root.
 *
 * Errors: `insufficient_scope` (403), `invalid_request` naming the field; for the role `root` those of
 *         fresh-sign-in.ts, too.
 *
 * @module
 */

import type { Table } from '../aws/table.ts';
import { AuthError, refuse, refuseField } from '../errors.ts';
import { type Acl, type Role, readRoles } from '../store/directory/roles.ts';
import type { Subject } from '../store/directory/subjects.ts';
import { type Action, type Extent, unpermitted } from '../verdict/acl.ts';
import { type Caller, grantHeld } from '../verdict/judge.ts';
import { EVERYTHING } from '../verdict/power.ts';
import { requireFreshSignIn } from './fresh-sign-in.ts';

export const ROOT = 'root';

/** By a sign-in or a key of their own, or by a client that was given all that they may. */
export const isRoot = (caller: Caller): boolean =>
  caller.roles.includes(ROOT) && caller.power.whole;

/** What no client does in their name: it would get beyond what it was given. */
export const isRootInPerson = (caller: Caller): boolean =>
  isRoot(caller) && caller.power === EVERYTHING;

export function requireDomain(caller: Caller, domain: string): void {
  if (!isRoot(caller) && caller.subject.domain !== domain)
    throw new AuthError({
      code: 'insufficient_scope',
      rule: 'domain-out-of-reach',
      text: 'The caller does not administer this domain.',
      reason: 'an administrator of another domain',
    });
}

/** What the caller may do with a resource, after the scope. */
export const grantTo =
  (caller: Caller) =>
  (resource: string, action: Action): Extent =>
    grantHeld(caller, resource, action);

/** What the caller may give away: what it holds; as `root`, all that its scope leaves. */
export const givable = (caller: Caller) => (isRoot(caller) ? caller.power.on : grantTo(caller));

export function requireLetters(caller: Caller, acl: Acl): void {
  if (unpermitted(acl, givable(caller))) throw forbidden('a letter that the caller does not hold');
}

/** For what somebody else is to do: what is their own is not the caller's, so `ro` needs `r`. */
export function requireLettersForOther(caller: Caller, acl: Acl): void {
  const onAll = (resource: string, action: Action): Extent =>
    givable(caller)(resource, action) === 'all' ? 'all' : 'none';
  if (unpermitted(acl, onAll))
    throw forbidden('a letter that the caller does not hold on the objects of others');
}

/** Where roles are named. */
type RolesField = 'roles' | 'parents' | 'userCreateScope';

/**
 * That all the roles exist, and that the caller may give them to somebody. The only check that a
 * face needs before it saves roles with a user, a client or a key.
 *
 * @param field - Where the caller named them.
 * @returns The roles.
 */
export async function requireRoles(
  directory: Table,
  caller: Caller,
  names: readonly string[],
  field: RolesField = 'roles',
): Promise<Role[]> {
  if (names.length === 0) return [];
  const all = await readRoles(directory, [...new Set([...names, ...caller.roles])]);
  return requireRolesOf(all, caller, names, field);
}

/** As requireRoles. @param all - Read already: those named and those of the caller among them. */
export function requireRolesOf(
  all: readonly Role[],
  caller: Caller,
  names: readonly string[],
  field: RolesField,
): Role[] {
  const granted = names.map((name) => {
    const role = all.find((one) => one.name === name);
    if (!role) throw refuseField(field, 'role-unknown', 'there is no such role');
    return role;
  });
  if (!granted.every(isHeldBy(caller, all)))
    throw forbidden('a role that the caller does not hold');
  if (field === 'roles' && names.includes(ROOT)) requireFreshSignIn(caller);
  return granted;
}

/** Whether the caller may do all that the roles may. One that is gone may do nothing. */
export async function holdsRoles(
  directory: Table,
  caller: Caller,
  names: readonly string[],
): Promise<boolean> {
  const all = await readRoles(directory, [...new Set([...names, ...caller.roles])]);
  return all.filter(({ name }) => names.includes(name)).every(isHeldBy(caller, all));
}

/**
 * That it is the caller's own self, also by a key of theirs that may do less, or somebody who holds no
 * more than the caller: whose sessions and keys only such a caller makes, changes or ends.
 */
export async function requireHeld(
  directory: Table,
  caller: Caller,
  { id, roles }: Pick<Subject, 'id' | 'roles'>,
): Promise<void> {
  if (id === caller.subject.id || (await holdsRoles(directory, caller, roles))) return;
  throw refuse(
    'insufficient_scope',
    'subject-outranks',
    'The subject holds roles that the caller does not.',
  );
}

function isHeldBy(caller: Caller, all: readonly Role[]): (role: Role) => boolean {
  const held = all
    .filter(({ name }) => caller.roles.includes(name))
    .flatMap(({ name, ancestors }) => [name, ...ancestors]);
  return ({ name, effective }) => {
    if (isRootInPerson(caller)) return true;
    const isNamed = isRoot(caller) || held.includes(name);
    return isNamed && name !== ROOT && !unpermitted(effective, givable(caller));
  };
}

const forbidden = (reason: string) =>
  new AuthError({
    code: 'insufficient_scope',
    rule: 'grant-beyond-own',
    text: 'Nobody grants what they do not hold.',
    reason,
  });
