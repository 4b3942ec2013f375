/**
 * Letters of a role as a matrix has them: of each action on a resource, how far it reaches.
 *
 * @module
 */
import type { Acl, Role } from './queries.ts';

export const ACTIONS = ['c', 'r', 'u', 'd'] as const;
export type Action = (typeof ACTIONS)[number];
export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  c: 'create',
  r: 'read',
  u: 'update',
  d: 'delete',
};
export type Extent = 'none' | 'own' | 'all';
export const EXTENTS: readonly Extent[] = ['none', 'own', 'all'];

export function extentOf(acl: Acl, resource: string, action: Action): Extent {
  const letters: readonly string[] = acl[resource] ?? [];
  if (letters.includes('*') || letters.includes(action)) return 'all';
  return letters.includes(`${action}o`) ? 'own' : 'none';
}

/** @returns The ACL with that one extent; a resource without letters is not in it. */
export function withExtent(acl: Acl, resource: string, action: Action, extent: Extent): Acl {
  const letters = ACTIONS.flatMap((one) => {
    const reach = one === action ? extent : extentOf(acl, resource, one);
    if (reach === 'none') return [];
    return [reach === 'all' ? one : (`${one}o` as const)];
  });
  const { [resource]: _, ...rest } = acl;
  return letters.length > 0 ? { ...rest, [resource]: letters } : rest;
}

export type Change = { resource: string; action: Action; from: Extent; to: Extent };

/** What differs, an action a line. */
export function changesOf(before: Acl, after: Acl): Change[] {
  const resources = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return resources.flatMap((resource) =>
    ACTIONS.map((action) => ({
      resource,
      action,
      from: extentOf(before, resource, action),
      to: extentOf(after, resource, action),
    })).filter(({ from, to }) => from !== to),
  );
}

/** The same changes made to another state of the ACL. */
export const rebased = (acl: Acl, changes: readonly Change[]): Acl =>
  changes.reduce((so, { resource, action, to }) => withExtent(so, resource, action, to), acl);

/** A merge patch: whole resources, and `null` for one that has no letter any more. */
export function patchOf(before: Acl, after: Acl): Record<string, string[] | null> {
  const changed = [...new Set(changesOf(before, after).map(({ resource }) => resource))];
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null]));
}

export type Inherited = { extent: Extent; from: string };

/** What the parents pass on, and which of them, or of theirs, has it first. */
export function inheritedOf(
  roles: readonly Role[],
  parents: readonly string[],
  resource: string,
  action: Action,
): Inherited | undefined {
  const found = ancestorsOf(roles, parents)
    .map((role) => ({ extent: extentOf(role.acl, resource, action), from: role.name }))
    .filter(({ extent }) => extent !== 'none');
  return found.find(({ extent }) => extent === 'all') ?? found[0];
}

/** The nearest first. */
function ancestorsOf(roles: readonly Role[], parents: readonly string[]): Role[] {
  const names = [...parents];
  // The loop also visits what it adds.
  for (const name of names)
    for (const next of roles.find((role) => role.name === name)?.parents ?? [])
      if (!names.includes(next)) names.push(next);
  return names.flatMap((name) => roles.find((role) => role.name === name) ?? []);
}
