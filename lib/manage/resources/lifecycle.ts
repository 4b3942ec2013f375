/**
 * What `root` does to the registry of resources; others look. Which path is which resource decides
 * what every role permits, so nobody else changes it.
 *
 * A resource that a role names stays: without it, its paths would fall to a shorter one and so to
 * letters given for something else. What guards Latchkey itself stays as it is.
 *
 * Errors: `not_found`, `conflict` for a name that is taken, a resource in use or one of our own,
 *         `insufficient_scope`, `precondition_failed`, `invalid_request` naming the field.
 *
 * @module
 */

import { type Administrator, requireAll, requireRoot } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { AuthError, refuse, refuseField, unavailable } from '../../errors.ts';
import { requireSeen, type Terms, UNTRACKED } from '../../events/trail.ts';
import { type Registry, readRegistry, saveRegistry } from '../../store/directory/resources.ts';
import { readAllRoles } from '../../store/directory/roles.ts';
import { DEPLOYMENT } from '../../store/sessions/audit.ts';
import { OWN_RESOURCES } from './own-resources.ts';
import { checkRegistry } from './registry.ts';

const TRIES = 5;

/** Without patterns it stands for "/" + name. */
export type Resource = { name: string; patterns: readonly string[] };

/** In the order of their names. */
export async function listResources(
  directory: Table,
  administrator: Administrator,
): Promise<Resource[]> {
  requireAll(administrator);
  const { patterns } = await readRegistry(directory);
  return Object.entries(patterns)
    .map(([name, own]) => ({ name, patterns: own }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

export async function findResource(
  directory: Table,
  administrator: Administrator,
  name: string,
): Promise<Resource> {
  const found = (await listResources(directory, administrator)).find((one) => one.name === name);
  if (!found) throw notFound();
  return found;
}

export const makeResource = (
  directory: Table,
  administrator: Administrator,
  resource: Resource,
  terms: Terms<Resource>,
): Promise<Resource> =>
  edit(directory, administrator, resource.name, { ...terms, action: 'create' }, async (before) => {
    if (before) throw refuseField('name', 'already-taken', 'is taken', 'conflict');
    return resource;
  }) as Promise<Resource>;

export const changeResource = (
  directory: Table,
  administrator: Administrator,
  resource: Resource,
  terms: Terms<Resource>,
): Promise<Resource> =>
  edit(directory, administrator, resource.name, { ...terms, action: 'change' }, async (before) => {
    if (!before) throw notFound();
    return resource;
  }) as Promise<Resource>;

export async function removeResource(
  directory: Table,
  administrator: Administrator,
  name: string,
  terms: Terms<Resource>,
): Promise<void> {
  await edit(directory, administrator, name, { ...terms, action: 'delete' }, async (before) => {
    if (!before) throw notFound();
    const { roles } = await readAllRoles(directory);
    const holder = roles.find(({ acl }) => Object.hasOwn(acl, name));
    if (holder)
      throw new AuthError({
        code: 'conflict',
        rule: 'resource-in-use',
        text: `The resource is in use: ${holder.name} names it.`,
        reason: 'in use',
      });
    return undefined;
  });
}

type Attempt = Terms<Resource> & { action: 'create' | 'change' | 'delete' };

/** @returns What `change` made of the resource; `undefined` takes it away. */
async function edit(
  directory: Table,
  administrator: Administrator,
  name: string,
  { action, trail = UNTRACKED, ...terms }: Attempt,
  change: (before: Resource | undefined) => Promise<Resource | undefined>,
): Promise<Resource | undefined> {
  requireAll(administrator);
  requireRoot(administrator);
  for (let tries = 0; tries < TRIES; tries++) {
    const read = await readRegistry(directory);
    const before = resourceIn(read, name);
    const after = await change(before);
    if (Object.hasOwn(OWN_RESOURCES, name))
      throw refuse(
        'conflict',
        'own-resource',
        'The resource guards Latchkey itself and stays as it is.',
      );
    if (before) requireSeen(terms, before);
    const { [name]: _, ...others } = read.patterns;
    const patterns = after ? { ...others, [name]: [...after.patterns] } : others;
    checkRegistry(patterns);
    const trace = { action, collection: 'resources', target: name, domain: DEPLOYMENT };
    const also = trail({ ...trace, before, after });
    if (await saveRegistry(directory, read, patterns, also)) return after;
  }
  throw unavailable('resources are being edited by too many at once');
}

const resourceIn = ({ patterns }: Registry, name: string): Resource | undefined =>
  Object.hasOwn(patterns, name) ? { name, patterns: patterns[name] ?? [] } : undefined;

const notFound = () => refuse('not_found', 'resource-unknown', 'There is no such resource.');
