/**
 * From an empty directory to one with an administrator: the domain, the resources, the role `root`
 * that may do everything on them, and the first user who holds it.
 *
 * May be run again: what exists stays; `root` gains the resources that are new.
 *
 * @module
 */

import type { Table } from '../../aws/table.ts';
import { createDomain } from '../../store/directory/domains.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import { readRegistry } from '../../store/directory/resources.ts';
import { firstGeneration } from '../../store/directory/revocation.ts';
import { readAllRoles } from '../../store/directory/roles.ts';
import { findUserId } from '../../store/directory/users.ts';
import type { EpochMilliseconds } from '../../time.ts';
import { missingResources, OWN_RESOURCES } from '../resources/own-resources.ts';
import { registerResources } from '../resources/registry.ts';
import { editRole } from '../roles/edit.ts';
import { type Registered, registerUser } from '../users/register.ts';

export type FirstAdministrator = {
  username: string;
  password: string;
  domain: string;
  /** Resources beside those of the administration itself. */
  resources: readonly string[];
};

/** @param now - Epoch milliseconds. */
export async function bootstrap(
  directory: Table,
  { username, password, domain, resources }: FirstAdministrator,
  now: EpochMilliseconds,
): Promise<Registered> {
  const name = normaliseLoginName(username);
  if (name && (await findUserId(directory, name))) return { status: 'taken', names: [name] };
  const { patterns } = await readRegistry(directory);
  const wanted = { ...Object.fromEntries(resources.map((name) => [name, []])), ...OWN_RESOURCES };
  const missing = missingResources(wanted, patterns);
  if (Object.keys(missing).length > 0) await registerResources(directory, missing);

  const { roles } = await readAllRoles(directory);
  const root = roles.find((role) => role.name === 'root');
  const gained = Object.keys(root ? missing : { ...patterns, ...missing });
  const acl = { ...root?.acl, ...Object.fromEntries(gained.map((name) => [name, ['*' as const]])) };
  await editRole(directory, { name: 'root', number: 2, parents: root?.parents ?? [], acl });
  await createDomain(directory, {
    name: domain,
    disabled: false,
    generation: firstGeneration(now),
  });
  return registerUser(directory, { username, password, roles: ['root'], domain }, now);
}
