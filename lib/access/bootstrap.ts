/**
 * From an empty directory to one with an administrator: the domain, the resources, the role `root`
 * that may do everything on them, and the first user who holds it.
 *
 * May be run again: what exists stays; `root` gains the resources that are new.
 *
 * @module
 */
import { createDomain } from '../store/domains.ts';
import { readRegistry } from '../store/resources.ts';
import { firstGeneration } from '../store/revocation.ts';
import { readAllRoles } from '../store/roles.ts';
import type { Table } from '../store/table.ts';
import { findUserId } from '../store/users.ts';
import { editRole } from './edit-role.ts';
import { normaliseLoginName } from './login-name.ts';
import { missingResources, OWN_RESOURCES } from './own-resources.ts';
import { registerResources } from './register-resources.ts';
import { type Registered, registerUser } from './register-user.ts';

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
  now: number,
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
