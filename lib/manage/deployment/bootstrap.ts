/**
 * From an empty directory to one with an administrator: the domain, the resources, the role `root`
 * that may do everything on them, and the first user who holds it.
 *
 * May be run again: what exists stays; `root` gains the resources that are new.
 *
 * Errors: Fault on a restored table that is not finished (store/directory/home.ts).
 *
 * @module
 */

import type { Table } from '../../aws/table.ts';
import { changesOfDomain } from '../../events/kinds/deployment.ts';
import { changesOfUser } from '../../events/kinds/user.ts';
import type { Trail } from '../../events/trail.ts';
import { createDomain } from '../../store/directory/domains.ts';
import { claimHome } from '../../store/directory/home.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import { findUserId } from '../../store/directory/login-owners.ts';
import { OWN_RESOURCES } from '../../store/directory/own-resources.ts';
import { readRegistry } from '../../store/directory/resources.ts';
import { firstGeneration } from '../../store/directory/revocation.ts';
import { readAllRoles } from '../../store/directory/roles.ts';
import type { EpochMilliseconds } from '../../time.ts';
import { missingResources } from '../resources/missing-resources.ts';
import { registerResources } from '../resources/registry.ts';
import { editRole } from '../roles/edit.ts';
import { type Registered, registerUser } from '../users/register.ts';
import { nameContent } from './name-content.ts';

export type FirstAdministrator = {
  username: string;
  password: string;
  domain: string;
  /** Resources beside those of the administration itself. */
  resources: readonly string[];
};

/** @param now - Epoch milliseconds. @param trail - Of whoever has the AWS credentials. */
export async function bootstrap(
  directory: Table,
  { username, password, domain, resources }: FirstAdministrator,
  { now, trail }: { now: EpochMilliseconds; trail: Trail },
): Promise<Registered> {
  await claimHome(directory);
  const name = normaliseLoginName(username);
  if (name && (await findUserId(directory, name))) return { status: 'taken', names: [name] };
  const { patterns, version } = await readRegistry(directory);
  // Of a fresh table there can be nobody who does not know of it.
  if (version === 0) await nameContent(directory);
  const wanted = { ...Object.fromEntries(resources.map((name) => [name, []])), ...OWN_RESOURCES };
  const missing = missingResources(wanted, patterns);
  if (Object.keys(missing).length > 0) await registerResources(directory, missing, trail);

  const { roles } = await readAllRoles(directory);
  const root = roles.find((role) => role.name === 'root');
  const gained = Object.keys(root ? missing : { ...patterns, ...missing });
  const acl = { ...root?.acl, ...Object.fromEntries(gained.map((name) => [name, ['*' as const]])) };
  // What is as it should be already is not written, and so not told of again.
  if (!root || gained.length > 0)
    await editRole(
      directory,
      { name: 'root', number: 2, parents: root?.parents ?? [], acl },
      trail,
    );
  const first = { name: domain, disabled: false, generation: firstGeneration(now) };
  await createDomain(directory, first, trail(changesOfDomain({ after: { ...first, version: 1 } })));
  const administrator = { username, password, roles: ['root'], domain };
  return registerUser(directory, administrator, now, (after) => trail(changesOfUser({ after })));
}
