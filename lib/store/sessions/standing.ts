/**
 * Standing sessions: API keys and domain tokens, from their making to their end. Their item is in
 * sessions.ts, the index of the roles they hold in holders.ts, that of who made them in created-by.ts.
 *
 * Errors: as in table.ts; a change that lost a race is an answer.
 *
 * @module
 */

import { parseItem } from '../../aws/item.ts';
import { queryAll, queryPage } from '../../aws/query.ts';
import { get, type Item, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { type Instant, isOver, NEVER } from '../../time.ts';
import { domainSubject } from '../directory/domains.ts';
import { type Holder, holderWrites } from '../directory/holders.ts';
import { createdWrite, uncreatedWrite } from './created-by.ts';
import { useKey } from './last-use.ts';
import { placeOfKey } from './of-domain.ts';
import {
  type OfDomain,
  type SessionName,
  type Standing,
  StandingItem,
  sessionCopies,
  sessionKey,
} from './sessions.ts';

export type Named = { name: SessionName; standing: Standing };

/**
 * A domain's keys and tokens hold their roles themselves. A user's or client's key has a role only
 * while its owner holds it, so there the owner is the holder.
 */
const holder = ({ subject, key }: SessionName, { roles = [], expiresAt }: Standing): Holder => ({
  id: `${subject} ${key}`,
  roles: subject.startsWith(domainSubject('')) ? roles : [],
  expiresAt,
});

/** @returns `false` if that key exists already, which a random key does not. */
export async function saveStanding(
  sessions: Table,
  { name, standing, domain }: Named & OfDomain,
  also: readonly Write[] = [],
): Promise<boolean> {
  const { kind, expiresAt } = standing;
  const isListed = domain !== undefined && kind === 'api-key';
  const place = isListed && placeOfKey(name, { domain, expiresAt });
  const failed = await transact([
    {
      table: sessions,
      put: { ...sessionKey(name), ...standing, ...place },
      when: { expression: 'attribute_not_exists(pk)' },
    },
    ...holderWrites(sessions, undefined, holder(name, standing)),
    createdWrite(sessions, { name, standing }),
    ...also,
  ]);
  return !failed.includes(true);
}

/** @returns `undefined` too for one that has expired, and for a session that is not standing. */
export async function readStanding(
  sessions: Table,
  name: SessionName,
  kind: Standing['kind'],
  now: Instant,
): Promise<Standing | undefined> {
  const item = await get(sessions, sessionKey(name));
  if (item?.['kind'] !== kind) return undefined;
  const standing = parseItem(StandingItem, item);
  return isOver(standing.expiresAt ?? NEVER, now) ? undefined : standing;
}

/** One conditional write, its copies with it. @returns `undefined` when another change came first, or it is gone. */
export async function changeStanding(
  sessions: Table,
  { name, standing }: Named,
  change: Partial<Pick<Standing, 'disabled' | 'secrets' | 'ownerSwitched' | 'domainSwitched'>>,
  also: readonly Write[] = [],
): Promise<Standing | undefined> {
  const after: Standing = { ...standing, ...change, version: standing.version + 1 };
  const { disabled, secrets, ownerSwitched = 0, domainSwitched = 0, version } = after;
  const set = {
    expression: `disabled = :disabled, ownerSwitched = :owner, domainSwitched = :domain, version = :next${secrets ? ', secrets = :secrets' : ''}`,
    values: {
      ':disabled': disabled,
      ':owner': ownerSwitched,
      ':domain': domainSwitched,
      ':next': version,
      ':secrets': secrets,
    },
  };
  const when = { expression: 'version = :read', values: { ':read': standing.version } };
  const update = sessionKey(name);
  const copies = sessionCopies(sessions, name, standing.spread, after);
  const failed = await transact([{ table: sessions, update, set, when }, ...copies, ...also]);
  return failed.includes(true) ? undefined : after;
}

/**
 * Ends it for good, with all that is kept beside it. @returns `false` when it was gone already, or
 * another change came first.
 */
export async function deleteStanding(
  sessions: Table,
  { name, standing }: Named,
  also: readonly Write[] = [],
): Promise<boolean> {
  const failed = await transact([
    {
      table: sessions,
      remove: sessionKey(name),
      when: { expression: 'version = :read', values: { ':read': standing.version } },
    },
    ...sessionCopies(sessions, name, standing.spread),
    { table: sessions, remove: useKey(name.key) },
    ...holderWrites(sessions, holder(name, standing), undefined),
    uncreatedWrite(sessions, { name, standing }),
    ...also,
  ]);
  return !failed.includes(true);
}

type Switched = { switched?: number | undefined } | undefined;

/** What is good until its owner, or their domain, is switched off or on. */
export const asSwitched = (owner: Switched, domain: Switched) => ({
  ownerSwitched: owner?.switched ?? 0,
  domainSwitched: domain?.switched ?? 0,
});

/** For people to look at: what rests since its owner was switched is as good as switched off. */
export const restingAs =
  ({ ownerSwitched, domainSwitched }: ReturnType<typeof asSwitched>) =>
  (named: Named): Named => {
    const { disabled, ownerSwitched: owner = 0, domainSwitched: domain = 0 } = named.standing;
    const rests = disabled || owner !== ownerSwitched || domain !== domainSwitched;
    return { ...named, standing: { ...named.standing, disabled: rests } };
  };

export type StandingPage = { items: Named[]; next: Item | undefined };

/**
 * An owner's keys or tokens, a page at a time, without those that have expired: so a page may hold
 * fewer than `limit`, even none, and not be the last.
 *
 * @param prefix - What the keys of that kind begin with, so that no other session is read.
 */
export async function listStanding(
  sessions: Table,
  of: { owner: string; kind: Standing['kind']; prefix: string; now: Instant },
  { limit, after }: { limit: number; after?: Item | undefined },
): Promise<StandingPage> {
  const { owner, kind, prefix, now } = of;
  const query = { partition: owner, prefix: `session#${prefix}`, limit, after };
  const { items, next } = await queryPage(sessions, query);
  const named = items
    .filter((item) => item['kind'] === kind)
    .map((item) => ({
      name: { subject: owner, key: String(item['sk']).slice('session#'.length) },
      standing: parseItem(StandingItem, item),
    }));
  return { items: named.filter(({ standing }) => !isOver(standing.expiresAt ?? NEVER, now)), next };
}

/** All of an owner's, expired ones included. */
export async function allStanding(sessions: Table, owner: string): Promise<Named[]> {
  const items = await queryAll(sessions, { partition: owner, prefix: 'session#' });
  return items
    .filter(({ disabled }) => disabled !== undefined)
    .map((item) => ({
      name: { subject: owner, key: String(item['sk']).slice('session#'.length) },
      standing: parseItem(StandingItem, item),
    }));
}

/**
 * For an owner that is deleted: its keys are dead then, and this tidies them away.
 *
 * @param trace - The writes that record the end of one, in its transaction.
 */
export async function deleteAllStanding(
  sessions: Table,
  owner: string,
  trace: (named: Named) => readonly Write[],
): Promise<void> {
  // One that is changed at this very moment stays, as dead as its owner.
  for (const named of await allStanding(sessions, owner))
    await deleteStanding(sessions, named, trace(named));
}
