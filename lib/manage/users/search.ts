/**
 * The users that an administrator can see, filtered, sorted and cut to a page.
 *
 * In the order of usernames just the page is read, and how many there are is counted as they are made
 * (store/directory/user-count.ts). A filter, another order, or `root`'s list, which is of all domains, reads all
 * users. Where these are more than MAX_SEARCHED, none is read and the answer is `too_many`, never a part
 * that looks like the whole.
 *
 * Lists are read from an index, so a change of the last moment may not show yet.
 *
 * Errors: `invalid_request` for a pattern that cannot be part of a name.
 *
 * @module
 */

import { isRoot } from '../../authority/grant.ts';
import { type Administrator, domainsInReach } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import { refuseField } from '../../errors.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import { countUsers } from '../../store/directory/user-count.ts';
import { listUsers, listUsersFrom } from '../../store/directory/user-list.ts';
import { readUser, type User } from '../../store/directory/users.ts';
import type { Caller } from '../../verdict/judge.ts';
import { normalNameOf } from './register.ts';

export const MAX_SEARCHED = 10_000;

export type UserFilter = {
  role?: string | undefined;
  /** A part of the username; letter case does not matter. */
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
  { sort, limit, offset, ...wanted }: UserSearch,
): Promise<FoundUsers> {
  const filter = normalised(wanted);
  const { caller, permission } = administrator;
  const plain = sort.by === 'username' && !sort.descending && !isFilter(filter);
  if (plain && !isRoot(caller) && !permission.own) {
    const page = { offset, limit };
    return { status: 'ok', users: await listUsersFrom(directory, caller.subject.domain, page) };
  }
  const all = await matching(directory, administrator, filter);
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
  wanted: UserFilter,
): Promise<{ status: 'ok'; count: number } | { status: 'too_many' }> {
  const filter = normalised(wanted);
  const { caller, permission } = administrator;
  if (!isFilter(filter) && !permission.own)
    return { status: 'ok', count: await countUsers(directory, domainOf(caller)) };
  const all = await matching(directory, administrator, filter);
  return all ? { status: 'ok', count: all.length } : { status: 'too_many' };
}

/** Names are compared in their normal form. */
function normalised({ role, pattern }: UserFilter): UserFilter {
  const part = pattern && normaliseLoginName(pattern);
  if (pattern && !part)
    throw refuseField('pattern', 'pattern-unmatchable', 'cannot be part of a name');
  return { role, pattern: part };
}

/** @returns `undefined` when there are too many to look through. */
async function matching(
  directory: Table,
  administrator: Administrator,
  { role, pattern }: UserFilter,
): Promise<User[] | undefined> {
  const users = await usersInReach(directory, administrator);
  return users?.filter(
    (user) =>
      (role === undefined || user.roles.includes(role)) &&
      (pattern === undefined || normalNameOf(user).includes(pattern)),
  );
}

async function usersInReach(directory: Table, administrator: Administrator) {
  const { caller, permission } = administrator;
  if (permission.own) {
    const self = await readUser(directory, caller.subject.id);
    return self ? [self] : [];
  }
  if ((await countUsers(directory, domainOf(caller))) > MAX_SEARCHED) return undefined;
  return listUsers(directory, await domainsInReach(directory, administrator));
}

/** `undefined`: all. */
const domainOf = (caller: Caller) => (isRoot(caller) ? undefined : caller.subject.domain);

const isFilter = ({ role, pattern }: UserFilter) => role !== undefined || pattern !== undefined;

/** By which the list is kept. */
const nameOf = ({ names: [first = ''] }: User): string => first;

const byName = (left: User, right: User): number => {
  if (nameOf(left) === nameOf(right)) return 0;
  return nameOf(left) < nameOf(right) ? -1 : 1;
};
