/**
 * Whom an administrator can see: the users of the own domain; with `root` all, and where the ACL
 * grants own objects only, just the administrator. Whoever is out of reach is as good as not there.
 *
 * @module
 */
import type { User } from '../store/users.ts';
import { isRoot } from './may-grant.ts';
import type { Caller, Permission } from './verdict.ts';

/** A caller whom the ACL lets administer users. */
export type Administrator = { caller: Caller; permission: Pick<Permission, 'own'> };

export const inReach = (
  { caller, permission }: Administrator,
  { id, domain }: Pick<User, 'id' | 'domain'>,
): boolean =>
  (isRoot(caller) || caller.subject.domain === domain) &&
  (!permission.own || caller.subject.id === id);
