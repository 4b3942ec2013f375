/**
 * What a call that is refused lacks: all that would have to be granted for it to be allowed, each by itself
 * not enough where there are several.
 *
 * @module
 */
import type { Tables } from '../../aws/tables.ts';
import { readRoles } from '../../store/directory/roles.ts';
import { isStanding } from '../../store/sessions/sessions.ts';
import { type Action, grantOf } from '../../verdict/acl.ts';
import type { Caller } from '../../verdict/judge.ts';

export const PLACES = ['credential', 'registry', 'method', 'roles', 'key', 'scope'] as const;
/**
 * credential: another one. registry: a resource whose pattern covers the path. method: one for which a letter
 * stands. roles: those of the subject. key: the key's own ACL or roles. scope: the session's, and what its
 * client is registered for.
 */
export type Lack = {
  where: (typeof PLACES)[number];
  resource?: string | undefined;
  letter?: Action | undefined;
};
type Wanted = { resource: string | undefined; action: Action | undefined };

export async function lackingOf(
  { directory }: Pick<Tables, 'directory'>,
  caller: Caller,
  { resource, action }: Wanted,
): Promise<Lack[]> {
  const { session, subject, power } = caller;
  if (resource === undefined) return [{ where: 'registry' }, ...scopeLacking(power.lack)];
  if (!action) return [{ where: 'method', resource }];
  const roles = await readRoles(directory, [...new Set([...subject.roles, ...caller.roles])]);
  const isGranted = (names: readonly string[]) =>
    roles.some(
      ({ name, effective }) =>
        names.includes(name) && grantOf([effective], resource, action) !== 'none',
    );
  const own = isStanding(session) ? session : undefined;
  const byKey = own?.acl
    ? grantOf([own.acl], resource, action) !== 'none'
    : !own?.roles || isGranted(caller.roles);
  // A domain has no roles: what its keys were given is what they have.
  const byRoles = subject.kind === 'domain' || isGranted(subject.roles);
  const places: Lack['where'][] = [
    ...(byRoles ? [] : (['roles'] as const)),
    ...(byKey ? [] : (['key'] as const)),
    ...(power.on(resource, action) === 'none' ? (['scope'] as const) : []),
  ];
  return places.map((where) => ({ where, resource, letter: action }));
}

const scopeLacking = (lack: string | undefined): Lack[] =>
  lack === undefined ? [] : [{ where: 'scope' }];
