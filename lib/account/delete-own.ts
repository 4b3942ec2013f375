/**
 * Deletes one's own account, where the domain lets its people do so, with a sign-in of just now and the
 * name of the account typed. Every session and key is dead then.
 *
 * Errors: `insufficient_scope` where the domain does not; `invalid_request` for another name; `conflict` for
 *         the last root; those of authority/fresh-sign-in.ts.
 *
 * @module
 */
import { requireFreshSignIn } from '../authority/fresh-sign-in.ts';
import type { Table } from '../aws/table.ts';
import type { Tables } from '../aws/tables.ts';
import { refuse, refuseField } from '../errors.ts';
import type { Trail } from '../events/trail.ts';
import { deleteUser } from '../manage/users/lifecycle.ts';
import { policyOf } from '../store/directory/domain-policy.ts';
import { readDomain } from '../store/directory/domains.ts';
import type { Caller } from '../verdict/judge.ts';
import { own } from './own.ts';

export async function mayDeleteOwn(
  directory: Table,
  { subject }: Pick<Caller, 'subject'>,
): Promise<boolean> {
  const domain = await readDomain(directory, subject.domain);
  return domain !== undefined && policyOf(domain).selfDelete;
}

/** @param named - The name of the account, as it was typed. */
export async function deleteOwn(
  tables: Tables,
  caller: Caller,
  { named, trail }: { named: string; trail: Trail },
): Promise<void> {
  if (!(await mayDeleteOwn(tables.directory, caller)))
    throw refuse(
      'insufficient_scope',
      'deletion-by-administrator',
      'In this domain an administrator deletes accounts.',
    );
  requireFreshSignIn(caller);
  const { id, username } = caller.subject;
  if (named !== username)
    throw refuseField('name', 'account-name-other', 'must be the name of the account');
  await deleteUser(tables, own(caller), id, { trail });
}
