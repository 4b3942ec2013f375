/**
 * What an API key may do: roles or an ACL of its own. Whoever sees a key's text can use it, so nobody
 * makes, renews or switches on a key that holds more than they do.
 *
 * Errors: `invalid_request` naming the field, `insufficient_scope`.
 *
 * @module
 */

import { requireLetters, requireLettersForOther, requireRoles } from '../../authority/grant.ts';
import type { Table } from '../../aws/table.ts';
import { refuseField } from '../../errors.ts';
import { readRegistry } from '../../store/directory/resources.ts';
import { type Acl, readRoles } from '../../store/directory/roles.ts';
import type { Subject } from '../../store/directory/subjects.ts';
import type { Caller } from '../../verdict/judge.ts';
import { checkAcl } from '../roles/check-acl.ts';

export type KeyPower = { roles?: readonly string[] | undefined; acl?: Acl | undefined };

const MAX_ROLES = 20;

/** That the caller holds all of it: for a key of somebody else, on more than what is the caller's own. */
export async function requirePower(
  directory: Table,
  caller: Caller,
  owner: Pick<Subject, 'id'>,
  { roles = [], acl }: KeyPower,
): Promise<void> {
  const acls = acl
    ? [acl]
    : (await requireRoles(directory, caller, roles)).map(({ effective }) => effective);
  const isOther = owner.id !== caller.subject.id;
  for (const each of acls) (isOther ? requireLettersForOther : requireLetters)(caller, each);
}

/** What a new key is to hold: without roles and ACL the roles that its owner has now. */
export async function keyPowerOf(
  directory: Table,
  caller: Caller,
  owner: Subject,
  { roles = owner.roles, acl }: KeyPower,
): Promise<{ roles: string[] } | { acl: Acl }> {
  if (acl) {
    const checked = checkAcl(acl, await readRegistry(directory));
    if (Object.values(checked).flat().length === 0)
      throw refuseField('acl', 'acl-empty', 'permits nothing');
    await requirePower(directory, caller, owner, { acl: checked });
    return { acl: checked };
  }
  const names = [...new Set(roles)];
  if (names.length === 0)
    throw refuseField('roles', 'key-roles-missing', 'are needed, since the owner has none');
  if (names.length > MAX_ROLES)
    throw refuseField('roles', 'key-roles-too-many', `must be at most ${MAX_ROLES}`);
  await requirePower(directory, caller, owner, { roles: names });
  if (owner.kind !== 'domain') await refuseUnowned(directory, owner, names);
  return { roles: names };
}

/** It would count for nothing: the verdict takes a role of a key only while the owner holds it. */
async function refuseUnowned(directory: Table, owner: Subject, names: readonly string[]) {
  const held = await readRoles(directory, owner.roles);
  const owned = held.flatMap(({ name, ancestors }) => [name, ...ancestors]);
  if (!names.every((name) => owned.includes(name)))
    throw refuseField('roles', 'key-roles-unowned', 'the owner must hold them');
}
