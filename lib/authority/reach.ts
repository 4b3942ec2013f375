/**
 * Whom an administrator can see: the subjects of the own domain; with `root` all, and where the ACL
 * grants own objects only, just the administrator. Whoever is out of reach is as good as not there.
 * What belongs to no domain is changed by `root` alone, roles excepted (manage/roles/lifecycle.ts).
 *
 * Errors: `insufficient_scope`.
 *
 * @module
 */

import type { Table } from '../aws/table.ts';
import { AuthError } from '../errors.ts';
import { listDomainNames } from '../store/directory/domain-list.ts';
import { domainSubject } from '../store/directory/domains.ts';
import type { Subject } from '../store/directory/subjects.ts';
import type { Caller, Permission } from '../verdict/judge.ts';
import { isRoot, requireDomain } from './grant.ts';

/** A caller whom the ACL lets administer something. */
export type Administrator = { caller: Caller; permission: Pick<Permission, 'own'> };

export const inReach = (
  { caller, permission }: Administrator,
  { id, domain }: Pick<Subject, 'id' | 'domain'>,
): boolean =>
  (isRoot(caller) || caller.subject.domain === domain) &&
  (!permission.own || caller.subject.id === id);

/**
 * The domains whose lists the administrator can see, or of these the one wanted. In the order of their
 * names; of `root`'s from an index, so that one made a moment ago may be missing.
 */
export async function domainsInReach(
  directory: Table,
  { caller }: Administrator,
  wanted?: string,
): Promise<string[]> {
  if (isRoot(caller)) return wanted === undefined ? listDomainNames(directory) : [wanted];
  return wanted === undefined || wanted === caller.subject.domain ? [caller.subject.domain] : [];
}

/** For the tokens of a domain, which are nobody's own but the domain's: a key of it may call, too. */
export function requireTokensOf(administrator: Administrator, domain: string): void {
  requireDomain(administrator.caller, domain);
  if (administrator.caller.subject.id !== domainSubject(domain)) requireAll(administrator);
}

/** For what belongs to the whole deployment. */
export function requireRoot({ caller }: Administrator): void {
  if (!isRoot(caller))
    throw new AuthError({
      code: 'insufficient_scope',
      rule: 'root-only',
      text: 'This belongs to the whole deployment: only root changes it.',
      reason: 'not root',
    });
}

/** For what can be nobody's own. */
export function requireAll({ permission }: Administrator): void {
  if (permission.own)
    throw new AuthError({
      code: 'insufficient_scope',
      rule: 'own-only',
      text: 'The caller may only see what is its own.',
      reason: 'own objects only',
    });
}
