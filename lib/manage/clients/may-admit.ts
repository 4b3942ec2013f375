/**
 * Who registers a client for users of another domain than its own: whoever administers that too, which
 * is root. What somebody else registered before stays as it is.
 *
 * NOT checked: that the domains exist. Of one that does not there are no users.
 *
 * Errors: `insufficient_scope`.
 *
 * @module
 */
import { requireDomain } from '../../authority/grant.ts';
import type { Client } from '../../store/directory/clients.ts';
import type { Caller } from '../../verdict/judge.ts';

export function requireMayAdmit(
  caller: Caller,
  { before, after }: { before?: Client; after: Client },
): void {
  const known = before?.domains ?? [after.domain];
  const added = (after.domains ?? []).filter((name) => !known.includes(name));
  for (const name of added) requireDomain(caller, name);
}
