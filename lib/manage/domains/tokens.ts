/**
 * Domain tokens that exist: listed, switched off and on, removed. All of it acts on the next call.
 * They are made in lib/manage/domains/issue-token.ts.
 *
 * Units:  now is epoch seconds.
 * Errors: `insufficient_scope` for another domain than the caller's own, for a letter that counts for
 *         own objects only, and for switching on a role that the caller does not hold. A token that is
 *         gone is an answer.
 *
 * @module
 */

import { requireRoles } from '../../authority/grant.ts';
import { requireOthersTrust } from '../../authority/own-trust.ts';
import { type Administrator, inReach, requireTokensOf } from '../../authority/reach.ts';
import type { Item } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { CONTESTED, untilUncontested } from '../../aws/until-uncontested.ts';
import type { Terms, Trail } from '../../events/trail.ts';
import { domainOfSubject, domainSubject, readDomain } from '../../store/directory/domains.ts';
import { creatorOf } from '../../store/sessions/created-by.ts';
import {
  asSwitched,
  changeStanding,
  listStanding,
  type Named,
  readStanding,
  restingAs,
} from '../../store/sessions/standing.ts';
import type { Instant } from '../../time.ts';
import { removeStanding } from '../keys/remove-standing.ts';
import { traceStanding } from '../keys/trace-standing.ts';

export const DOMAIN_TOKEN = 'domain-token';

type TokenName = { domain: string; id: string; now: Instant; trail?: Trail | undefined };

/** @returns Whose token it is. */
export const domainOf = ({ name }: Named): string => domainOfSubject(name.subject) ?? '';
/** @returns The id of who made it; of an old one the name. */
export const makerOf = ({ standing }: Named): string => creatorOf(standing);

/** @returns At most `limit` tokens that have not expired. */
export async function listDomainTokens(
  { directory, sessions }: Tables,
  administrator: Administrator,
  { domain, limit, now }: { domain: string; limit: number; now: Instant },
): Promise<Named[]> {
  requireTokensOf(administrator, domain);
  const of = { owner: domainSubject(domain), kind: DOMAIN_TOKEN, prefix: '', now } as const;
  const resting = restingAs(asSwitched(undefined, await readDomain(directory, domain)));
  const found: Named[] = [];
  let after: Item | undefined;
  do {
    const page = await listStanding(sessions, of, { limit, after });
    found.push(...page.items.map(resting));
    after = page.next;
  } while (after && found.length < limit);
  return found.slice(0, limit);
}

/** @param page - A page may be shorter than its limit and not be the last. */
export async function pageOfDomainTokens(
  { directory, sessions }: Tables,
  administrator: Administrator,
  domain: string,
  { now, ...page }: { limit: number; after?: Item | undefined; now: Instant },
): Promise<{ items: Named[]; next: Item | undefined }> {
  const owner = domainSubject(domain);
  if (!inReach(administrator, { id: owner, domain })) return { items: [], next: undefined };
  const of = { owner, kind: DOMAIN_TOKEN, prefix: '', now } as const;
  const { items, next } = await listStanding(sessions, of, page);
  const resting = restingAs(asSwitched(undefined, await readDomain(directory, domain)));
  return { items: items.map(resting), next };
}

/** To switch a token on is to give its role away again, after its domain was switched too. @returns `undefined` if it is gone, or not as `read`. */
export async function switchDomainToken(
  { directory, sessions }: Tables,
  administrator: Administrator,
  { domain, id, enabled, now, trail, read }: TokenName & { enabled: boolean; read?: number },
): Promise<Named | undefined> {
  requireTokensOf(administrator, domain);
  if (enabled) requireOthersTrust(administrator, 'disabled');
  const name = { subject: domainSubject(domain), key: id };
  return untilUncontested('a domain token is being changed', async () => {
    const standing = await readStanding(sessions, name, DOMAIN_TOKEN, now);
    if (!standing) return undefined;
    if (enabled) await requireRoles(directory, administrator.caller, standing.roles ?? []);
    if (read !== undefined && read !== standing.version) return undefined;
    const switches = enabled ? asSwitched(undefined, await readDomain(directory, domain)) : {};
    const change = { disabled: !enabled, ...switches };
    const both = { before: standing, after: { ...standing, ...change } };
    const also = traceStanding({ name, domain, trail }, both);
    const changed = await changeStanding(sessions, { name, standing }, change, also);
    return changed ? { name, standing: changed } : CONTESTED;
  });
}

/** @returns `false` when it was gone already. */
export async function removeDomainToken(
  { sessions }: Tables,
  administrator: Administrator,
  { domain, id, now, ...terms }: TokenName & Terms<Named>,
): Promise<boolean> {
  requireTokensOf(administrator, domain);
  const name = { subject: domainSubject(domain), key: id };
  const read = () => readStanding(sessions, name, DOMAIN_TOKEN, now);
  return removeStanding(sessions, read, { name, domain, ...terms });
}
