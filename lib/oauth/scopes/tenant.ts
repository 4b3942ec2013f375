/**
 * The claim `domain`: of which tenant a user is. No name or address of a user says it, since whoever
 * administers a tenant chooses those; this claim is ours, and may be relied upon.
 *
 * A client that was never registered for domains admits its own alone, and has nothing to tell apart.
 *
 * @module
 */
import type { Client } from '../../store/directory/clients.ts';
import type { User } from '../../store/directory/users.ts';

export const tenantOf = (
  client: Pick<Client, 'domains'> | undefined,
  { domain }: Pick<User, 'domain'>,
): { domain?: string } => (client?.domains ? { domain } : {});
