/**
 * Makes a user as an administrator wants it: in a domain within reach, with roles that the
 * administrator may give away.
 *
 * Errors: `invalid_request` naming the field, a domain that is not there or out of reach included;
 *         `insufficient_scope` for roles, or where the administrator may only make its own; `conflict`
 *         for a name that is taken.
 *
 * @module
 */

import { requireRoles } from '../../authority/grant.ts';
import { type Administrator, domainsInReach, requireAll } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { refuseField } from '../../errors.ts';
import type { Trail } from '../../events/trail.ts';
import { readDomain } from '../../store/directory/domains.ts';
import type { User } from '../../store/directory/users.ts';
import type { EpochMilliseconds } from '../../time.ts';
import { traceOf } from './lifecycle.ts';
import { type Registration, registerAnother } from './register.ts';

/** @param now - Epoch milliseconds. */
export async function makeUser(
  directory: Table,
  administrator: Administrator,
  registration: Registration,
  { now, trail }: { now: EpochMilliseconds; trail: Trail },
): Promise<User> {
  await requireDomainFor(directory, administrator, registration.domain);
  const roles = [...new Set(registration.roles)];
  await requireRoles(directory, administrator.caller, roles);
  return registerAnother(directory, { ...registration, roles }, now, (after) =>
    traceOf({ trail }, { after }),
  );
}

/** That the administrator may make somebody there. The text is the same where it is not there. */
export async function requireDomainFor(
  directory: Table,
  administrator: Administrator,
  name: string,
): Promise<void> {
  requireAll(administrator);
  const [inReach] = await domainsInReach(directory, administrator, name);
  const domain = inReach === undefined ? undefined : await readDomain(directory, name);
  if (!domain) throw refuseField('domain', 'domain-unknown', 'there is no such domain');
  if (domain.disabled) throw refuseField('domain', 'domain-disabled', 'is disabled');
}
