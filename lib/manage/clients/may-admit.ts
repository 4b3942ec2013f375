/**
 * Who registers a client for users of another domain than its own: whoever administers that too, which
 * is root. What somebody else registered before stays as it is, and stands for what the client was then: where
 * else codes go, whose scripts else may speak for it, and what more it may ask these users for is root's, too.
 *
 * NOT checked: that the domains exist. Of one that does not there are no users. How the client proves itself,
 * which is worth nothing without what was sent to its addresses.
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
  const admitted = after.domains ?? [];
  const concerned =
    before && reachesFurther(before, after)
      ? admitted
      : admitted.filter((name) => !known.includes(name));
  for (const name of concerned) requireDomain(caller, name);
}

const reachesFurther = (before: Client, after: Client): boolean =>
  (['redirectUris', 'allowedOrigins', 'scopes'] as const).some((member) =>
    after[member].some((one) => !before[member].includes(one)),
  );
