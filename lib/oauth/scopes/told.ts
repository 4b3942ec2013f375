/**
 * Which claims of a user a client is told: those named, as far as they are there, and the tenant where
 * it has several.
 *
 * `roles` are the names that the user was given, not what these inherit. They are for an application to
 * show and hide by; what a call may do is judged at the call.
 *
 * @module
 */
import type { Client } from '../../store/directory/clients.ts';
import type { User } from '../../store/directory/users.ts';
import { picked, type StandardClaims, standardClaims } from './standard-claims.ts';
import { tenantOf } from './tenant.ts';

export function claimsTold(
  client: Pick<Client, 'domains'> | undefined,
  user: User,
  names: readonly string[],
): StandardClaims {
  const { roles, domain } = user;
  return {
    ...picked({ ...standardClaims(user), roles, domain }, names),
    ...tenantOf(client, user),
  };
}
