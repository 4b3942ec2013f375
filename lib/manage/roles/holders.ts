/**
 * Who holds a role by name, of those within reach: clients and users, then keys and tokens of whole domains.
 * Keys of users and clients hold what their owners do, and are not among them.
 *
 * Users and clients are found in an index: those that have held the role since before it was there are in it
 * once they are changed, or `latchkey lists fill` has put them there.
 *
 * Errors: `not_found`; `insufficient_scope` for who may not see all of users, clients, keys and tokens, since
 *         a part of the holders would look like all of them.
 *
 * @module
 */

import * as v from 'valibot';
import { grantTo, isRoot } from '../../authority/grant.ts';
import { type Administrator, domainsInReach } from '../../authority/reach.ts';
import { parseItem } from '../../aws/item.ts';
import { countItems, queryPage } from '../../aws/query.ts';
import { batchGet, type Item } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { AuthError } from '../../errors.ts';
import { domainOfSubject, domainSubject } from '../../store/directory/domains.ts';
import { holderId, holderList, holdersOf } from '../../store/directory/holders.ts';
import { type Position, pageOfLists } from '../../store/directory/lists.ts';
import { readSubjectItems, SubjectItem } from '../../store/directory/subjects.ts';
import { type SessionName, StandingItem, sessionKey } from '../../store/sessions/sessions.ts';
import { type Instant, isOver, NEVER } from '../../time.ts';
import { findRole } from './lifecycle.ts';

export type Holder = {
  kind: 'user' | 'client' | 'api-key' | 'domain-token';
  /** Of a user or a client the id; of a key or token what names it. */
  id: string | SessionName;
  name: string;
  domain: string;
  disabled: boolean;
};
/** Where a page ended: among the subjects, or after which key. */
export type HolderPosition =
  | { among: 'subjects'; position?: Position | undefined }
  | { among: 'keys'; after?: Item | undefined };
type Page = { items: Holder[]; next: HolderPosition | undefined };
type Asked = {
  domain?: string | undefined;
  limit: number;
  position?: HolderPosition | undefined;
  now: Instant;
};

const SHOWN = ['admin/users', 'admin/clients', 'admin/keys', 'admin/domain-tokens'] as const;

/** A page may be shorter than its limit, even empty, and not be the last. */
export async function pageOfHolders(
  tables: Tables,
  administrator: Administrator,
  name: string,
  asked: Asked,
): Promise<Page> {
  requireAllSeen(administrator);
  await findRole(tables.directory, name);
  const { position = { among: 'subjects' } } = asked;
  if (position.among === 'keys')
    return pageOfKeys(tables, administrator, name, { ...asked, after: position.after });
  const within = { ...asked, position: position.position };
  const subjects = await pageOfSubjects(tables, administrator, name, within);
  const limit = asked.limit - subjects.items.length;
  if (subjects.next?.among !== 'keys' || limit === 0) return subjects;
  const keys = await pageOfKeys(tables, administrator, name, { ...asked, limit, after: undefined });
  return { items: [...subjects.items, ...keys.items], next: keys.next };
}

function requireAllSeen({ caller }: Administrator): void {
  if (SHOWN.every((resource) => grantTo(caller)(resource, 'r') === 'all')) return;
  throw new AuthError({
    code: 'insufficient_scope',
    rule: 'not-permitted',
    text: 'The caller may not do this.',
    reason: `the holders of a role, without r on all of ${SHOWN.join(', ')}`,
  });
}

async function pageOfSubjects(
  { directory }: Tables,
  administrator: Administrator,
  role: string,
  { domain, limit, position }: Omit<Asked, 'position'> & { position?: Position | undefined },
): Promise<Page> {
  const domains = await domainsInReach(directory, administrator, domain);
  const lists = (['client', 'user'] as const).flatMap((kind) =>
    domains.map((one) => holderList({ kind, domain: one }, role)),
  );
  const { items, next } = await pageOfLists(directory, lists, { limit, position });
  const found = await readSubjectItems(directory, items.map(holderId));
  const holders = found
    .map((item) => parseItem(SubjectItem, item))
    .filter(({ roles }) => roles.includes(role))
    .flatMap(({ kind, id, username: name, domain: of, disabled }): Holder[] =>
      kind === 'domain' ? [] : [{ kind, id, name, domain: of, disabled }],
    );
  return { items: holders, next: next ? { among: 'subjects', position: next } : { among: 'keys' } };
}

async function pageOfKeys(
  { directory, sessions }: Tables,
  administrator: Administrator,
  role: string,
  { domain, limit, after, now }: Omit<Asked, 'position'> & { after: Item | undefined },
): Promise<Page> {
  const within = isRoot(administrator.caller) && domain === undefined;
  const [only] = within ? [] : await domainsInReach(directory, administrator, domain);
  if (!within && only === undefined) return { items: [], next: undefined };
  const prefix = only === undefined ? '' : `${domainSubject(only)} `;
  const query = { partition: holdersOf(role), prefix, limit, after };
  const { items, next } = await queryPage(sessions, query);
  const names = items.map(({ sk }): SessionName => {
    const [subject = '', key = ''] = String(sk).split(' ');
    return { subject, key };
  });
  const found = await batchGet(names.map((name) => ({ table: sessions, key: sessionKey(name) })));
  const holders = names.flatMap((id, index): Holder[] => {
    const item = found[index];
    if (!v.is(v.object({ disabled: v.boolean() }), item)) return [];
    const { kind, name, disabled, expiresAt = NEVER } = parseItem(StandingItem, item);
    const of = domainOfSubject(id.subject) ?? '';
    return isOver(expiresAt, now) ? [] : [{ kind, id, name, domain: of, disabled }];
  });
  return { items: holders, next: next && { among: 'keys', after: next } };
}

/** `more`: there are more than were counted. */
export type Counted = { count: number; more: boolean };
const MOST = 1000;

/** Of those within reach; a key or token that has expired is counted until it is gone. */
export async function countHolders(
  { directory, sessions }: Tables,
  administrator: Administrator,
  role: string,
): Promise<Counted> {
  const { caller } = administrator;
  const limit = MOST + 1;
  const partition = holdersOf(role);
  const { domain } = caller.subject;
  const keys = isRoot(caller) ? '' : `${domainSubject(domain)} `;
  const counts = await Promise.all([
    ...(isRoot(caller)
      ? [countItems(directory, { partition, limit })]
      : (['user', 'client'] as const).map((kind) =>
          countItems(directory, {
            index: 'byList',
            partition: holderList({ kind, domain }, role),
            limit,
          }),
        )),
    countItems(sessions, { partition, prefix: keys, limit }),
  ]);
  const count = counts.reduce((sum, one) => sum + one, 0);
  return { count: Math.min(count, MOST), more: count > MOST };
}
