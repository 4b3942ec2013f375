/**
 * Makes or edits a role, and folds its ACL into those that inherit from it.
 *
 * Errors: `invalid_request` naming the field: an unknown parent, a cycle, too many heirs.
 * An edit takes effect on the next request of everybody who holds the role or an heir of it.
 *
 * @module
 */
import { AuthError, unavailable } from '../errors.ts';
import { type AllRoles, type Role, readAllRoles, saveRoles } from '../store/roles.ts';
import type { Table } from '../store/table.ts';
import { mergeAcls } from './acl.ts';

export type RoleEdit = Pick<Role, 'name' | 'number' | 'parents' | 'acl'>;

const TRIES = 5;
/** A DynamoDB transaction holds 100 items, and the list of roles is one of them. */
const MAX_CHANGED = 99;

export async function editRole(directory: Table, edit: RoleEdit): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const { version, roles } = await readAllRoles(directory);
    const next = [...roles.filter(({ name }) => name !== edit.name), { ...edit, effective: {} }];
    const changed = foldedWith(edit.name, next);
    if (await saveRoles(directory, { version, names: next.map(({ name }) => name), changed }))
      return;
  }
  throw unavailable('roles are being edited by too many at once');
}

/** The named role and all its heirs, with their ACLs folded anew. */
function foldedWith(name: string, roles: AllRoles['roles']): Role[] {
  const byName = new Map(roles.map((role) => [role.name, role]));
  const ancestry = new Map(roles.map((role) => [role.name, ancestorsOf(role, byName)]));
  const changed = roles.filter((role) => role.name === name || ancestry.get(role.name)?.has(name));
  if (changed.length > MAX_CHANGED)
    throw new AuthError('invalid_request', `parents: more than ${MAX_CHANGED} roles would change`);
  return changed.map((role) => {
    const lineage = [
      role,
      ...[...(ancestry.get(role.name) ?? [])].flatMap((at) => byName.get(at) ?? []),
    ];
    return { ...role, effective: mergeAcls(lineage.map(({ acl }) => acl)) };
  });
}

function ancestorsOf(role: Role, byName: ReadonlyMap<string, Role>): Set<string> {
  const found = new Set<string>();
  const visit = (names: readonly string[]) => {
    for (const name of names) {
      const parent = byName.get(name);
      if (!parent) throw new AuthError('invalid_request', 'parents: there is no such role');
      if (name === role.name)
        throw new AuthError('invalid_request', 'parents: a role cannot inherit from itself');
      if (found.has(name)) continue;
      found.add(name);
      visit(parent.parents);
    }
  };
  visit(role.parents);
  return found;
}
