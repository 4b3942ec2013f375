/**
 * The users that an administrator can see, filtered, sorted and cut to a page.
 *
 * In the order of usernames just the page is read. A filter, another order, or `root`, who sees all
 * domains, needs the whole list, which is read up to MAX_SEARCHED users; beyond that the answer is
 * `too_many`, never a part that looks like the whole.
 *
 * Reads an index, so a change of the last moment may not show yet.
 *
 * @module
 */
import { listDomainNames } from '../store/domains.ts';
import type { Table } from '../store/table.ts';
import { countUsers, listUsers } from '../store/user-list.ts';
import type { User } from '../store/users.ts';
import { isRoot } from './may-grant.ts';
import { type Administrator, inReach } from './reach.ts';

export const MAX_SEARCHED = 10_000;

export type UserFilter = {
  role?: string | undefined;
  /** A part of the username, in its normal form. */
  pattern?: string | undefined;
};
export type UserSearch = UserFilter & {
  sort: { by: 'username' | 'createdAt'; descending: boolean };
  limit: number;
  /** At most MAX_SEARCHED. */
  offset: number;
};
export type FoundUsers = { status: 'ok'; users: User[] } | { status: 'too_many' };

export async function searchUsers(
  directory: Table,
  administrator: Administrator,
  { sort, limit, offset, ...filter }: UserSearch,
): Promise<FoundUsers> {
  const domains = await domainsOf(directory, administrator);
  const plain = sort.by === 'username' && !sort.descending && !isFilter(filter);
  if (plain && domains.length === 1 && !administrator.permission.own) {
    const { users } = await listUsers(directory, domains, offset + limit);
    return { status: 'ok', users: users.slice(offset) };
  }
  const all = await matching(directory, domains, administrator, filter);
  if (!all) return { status: 'too_many' };
  const sorted = all.sort((left, right) => {
    const order = sort.by === 'createdAt' ? left.createdAt - right.createdAt : 0;
    return (order || byName(left, right)) * (sort.descending ? -1 : 1);
  });
  return { status: 'ok', users: sorted.slice(offset, offset + limit) };
}

export async function countMatching(
  directory: Table,
  administrator: Administrator,
  filter: UserFilter,
): Promise<{ status: 'ok'; count: number } | { status: 'too_many' }> {
  const domains = await domainsOf(directory, administrator);
  if (!isFilter(filter) && !administrator.permission.own)
    return { status: 'ok', count: await countUsers(directory, domains) };
  const all = await matching(directory, domains, administrator, filter);
  return all ? { status: 'ok', count: all.length } : { status: 'too_many' };
}

/** @returns `undefined` when there are too many to look through. */
async function matching(
  directory: Table,
  domains: readonly string[],
  administrator: Administrator,
  { role, pattern }: UserFilter,
): Promise<User[] | undefined> {
  const { users, more } = await listUsers(directory, domains, MAX_SEARCHED);
  if (more) return undefined;
  return users.filter(
    (user) =>
      inReach(administrator, user) &&
      (role === undefined || user.roles.includes(role)) &&
      (pattern === undefined || nameOf(user).includes(pattern)),
  );
}

const domainsOf = async (directory: Table, { caller }: Administrator) =>
  isRoot(caller) ? await listDomainNames(directory) : [caller.subject.domain];

const isFilter = ({ role, pattern }: UserFilter) => role !== undefined || pattern !== undefined;

/** The normal form of the username, by which the list is kept. */
const nameOf = ({ names: [first = ''] }: User): string => first;

const byName = (left: User, right: User): number => {
  if (nameOf(left) === nameOf(right)) return 0;
  return nameOf(left) < nameOf(right) ? -1 : 1;
};
