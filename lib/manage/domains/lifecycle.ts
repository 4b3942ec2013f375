/**
 * What administrators do to domains. Everybody sees their own; `root` sees all, and alone makes,
 * switches and deletes them.
 *
 * A domain that a `root` belongs to is not switched off: nobody could switch it on again. Only one
 * that is switched off and empty is deleted, and to nobody who is made in it while that is found out
 * does it belong: nobody is made in a domain that is switched off.
 *
 * Errors: `not_found`, also for what is out of reach; `conflict` for a name that is taken, a domain of a
 *         `root`, or one that is still in use; `insufficient_scope`; `precondition_failed`; to switch
 *         one off, those of authority/fresh-sign-in.ts.
 *
 * @module
 */

import { requireFreshSignIn } from '../../authority/fresh-sign-in.ts';
import { isRoot } from '../../authority/grant.ts';
import { type Administrator, inReach, requireRoot } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import type { Write } from '../../aws/transaction.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import { refuse, refuseField } from '../../errors.ts';
import { changesOfDomain } from '../../events/kinds/deployment.ts';
import { requireSeen, type Terms, UNTRACKED } from '../../events/trail.ts';
import { clientList } from '../../store/directory/clients.ts';
import { changedPolicy, type PolicyChange } from '../../store/directory/domain-policy.ts';
import {
  createDomain,
  type Domain,
  deleteDomain,
  domainSubject,
  parseDomain,
  readDomain,
  saveDomain,
} from '../../store/directory/domains.ts';
import { pageOfLists } from '../../store/directory/lists.ts';
import { afterSwitch, firstGeneration } from '../../store/directory/revocation.ts';
import { countUsers, forgetCount } from '../../store/directory/user-count.ts';
import { readRoots, readUser, userList } from '../../store/directory/users.ts';
import { deleteAllStanding } from '../../store/sessions/standing.ts';
import type { EpochMilliseconds } from '../../time.ts';
import { type BrandChange, brandingOf, noBrand } from '../brands/change.ts';
import { traceEnd } from '../keys/trace-standing.ts';
import type { SubjectPage, SubjectQuery } from '../users/list.ts';

export { POLICY, policyOf } from '../../store/directory/domain-policy.ts';

export async function pageOfDomains(
  directory: Table,
  administrator: Administrator,
  { limit, position }: Omit<SubjectQuery, 'domain'>,
): Promise<SubjectPage<Domain>> {
  if (!isRoot(administrator.caller)) {
    const own = await readDomain(directory, administrator.caller.subject.domain);
    const items = own && isInReach(administrator, own.name) ? [own] : [];
    return { items, next: undefined };
  }
  const { items, next } = await pageOfLists(directory, ['domain'], { limit, position });
  return { items: items.map(parseDomain), next };
}

export async function findDomain(
  directory: Table,
  administrator: Administrator,
  name: string,
): Promise<Domain> {
  const domain = isInReach(administrator, name) ? await readDomain(directory, name) : undefined;
  if (!domain) throw refuse('not_found', 'domain-not-found', 'There is no such domain.');
  return domain;
}

const isInReach = (administrator: Administrator, name: string): boolean =>
  inReach(administrator, { id: domainSubject(name), domain: name });

/** @param now - Epoch milliseconds. */
export async function makeDomain(
  { directory, sessions }: Tables,
  administrator: Administrator,
  name: string,
  { now, ...terms }: { now: EpochMilliseconds } & Terms<Domain>,
): Promise<Domain> {
  requireRoot(administrator);
  const domain = { name, disabled: false, generation: firstGeneration(now), version: 1 };
  if (await readDomain(directory, name)) throw taken();
  // Tokens of a domain that had this name before must not come to life with it.
  await deleteAllStanding(sessions, domainSubject(name), traceEnd(name, terms));
  const also = traceOf(terms, { after: domain });
  if (!(await createDomain(directory, domain, also))) throw taken();
  return domain;
}

/** What is `undefined` stays as it is. */
type DomainChange = PolicyChange & {
  disabled?: boolean | undefined;
  brand?: BrandChange | undefined;
};
export const changeDomain = (
  directory: Table,
  administrator: Administrator,
  name: string,
  { admits, trail, disabled, brand, ...change }: DomainChange & Terms<Domain>,
): Promise<Domain> =>
  withDomain(directory, administrator, name, { admits }, async (before) => {
    const wanted: Domain = {
      name,
      disabled: disabled ?? before.disabled,
      generation: before.generation,
      ...(before.switched !== undefined && { switched: before.switched }),
      version: before.version + 1,
      ...changedPolicy(before, change),
    };
    const after = afterSwitch(before, wanted);
    const branding = await brandingOf(directory, domainSubject(name), brand);
    const told = {
      before: { ...before, ...branding.before },
      after: { ...after, ...branding.after },
    };
    const also = [...branding.writes, ...traceOf({ trail }, told)];
    if (after.disabled && !before.disabled) requireFreshSignIn(administrator.caller);
    const guard = after.disabled ? await noRootIn(directory, name) : [];
    const isSaved = await saveDomain(directory, before, after, [...guard, ...also]);
    return isSaved ? after : CONTESTED;
  });

/** Of what belonged to it only the audit remains. */
export async function removeDomain(
  { directory, sessions }: Tables,
  administrator: Administrator,
  name: string,
  terms: Terms<Domain>,
): Promise<void> {
  await withDomain(directory, administrator, name, terms, async (before) => {
    if (!before.disabled)
      throw refuse(
        'conflict',
        'domain-enabled',
        'The domain must be disabled before it is deleted.',
      );
    const lists = [userList(name), clientList(name)];
    const { items } = await pageOfLists(directory, lists, { limit: 1 });
    // The index may not have heard yet of a user of the last moment.
    if (items.length > 0 || (await countUsers(directory, name)) > 0)
      throw refuse('conflict', 'domain-in-use', 'The domain still has users or clients.');
    const also = [noBrand(directory, domainSubject(name)), ...traceOf(terms, { before })];
    return (await deleteDomain(directory, before, also)) ? before : CONTESTED;
  });
  await deleteAllStanding(sessions, domainSubject(name), traceEnd(name, terms));
  await forgetCount(directory, name);
}

const withDomain = (
  directory: Table,
  administrator: Administrator,
  name: string,
  terms: Terms<Domain>,
  attempt: (before: Domain) => Promise<Domain | typeof CONTESTED>,
): Promise<Domain> =>
  untilUncontested('a domain is being changed', async () => {
    const before = await findDomain(directory, administrator, name);
    requireRoot(administrator);
    requireSeen(terms, before);
    return attempt(before);
  });

async function noRootIn(directory: Table, name: string): Promise<Write[]> {
  const { ids, unchanged } = await readRoots(directory);
  const roots = await Promise.all(ids.map((id) => readUser(directory, id)));
  if (roots.some((user) => user?.domain === name))
    throw refuse('conflict', 'domain-of-root', 'The domain has a root among its users.');
  return [unchanged];
}

const traceOf = (
  { trail = UNTRACKED }: Terms<Domain>,
  change: { before?: Domain; after?: Domain },
) => trail(changesOfDomain(change));

const taken = () => refuseField('name', 'already-taken', 'is taken', 'conflict');
