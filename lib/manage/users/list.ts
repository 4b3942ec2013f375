/**
 * The users and clients that an administrator can see, a page at a time: domain by domain, users by
 * the normal form of their username, clients by id.
 *
 * Reads an index, so a change of the last moment may not show yet.
 *
 * @module
 */

import { type Administrator, domainsInReach } from '../../authority/reach.ts';
import { parseItem } from '../../aws/item.ts';
import type { Table } from '../../aws/table.ts';
import { type Client, ClientItem, clientList, readClient } from '../../store/directory/clients.ts';
import { type Position, pageOfLists } from '../../store/directory/lists.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import { findUserId, type User, UserItem, userList } from '../../store/directory/users.ts';
import { userInReach } from './lifecycle.ts';

export type SubjectQuery = {
  /** Of those in reach. */
  domain?: string | undefined;
  limit: number;
  position?: Position | undefined;
};
export type SubjectPage<T> = { items: T[]; next: Position | undefined };

export async function pageOfUsers(
  directory: Table,
  administrator: Administrator,
  { login, ...query }: SubjectQuery & { login?: string | undefined },
): Promise<SubjectPage<User>> {
  const { permission, caller } = administrator;
  if (login !== undefined || permission.own) {
    const name = normaliseLoginName(login ?? '');
    const id = login === undefined ? caller.subject.id : await findUserId(directory, name ?? '-');
    const user = id === undefined ? undefined : await userInReach(directory, administrator, id);
    const wanted = query.domain === undefined || user?.domain === query.domain;
    return { items: user && wanted ? [user] : [], next: undefined };
  }
  const { items, next } = await pageOf(directory, administrator, query, userList);
  return { items: items.map((item) => parseItem(UserItem, item)), next };
}

export async function pageOfClients(
  directory: Table,
  administrator: Administrator,
  query: SubjectQuery,
): Promise<SubjectPage<Client>> {
  if (administrator.permission.own) {
    const own = await readClient(directory, administrator.caller.subject.id);
    return { items: own ? [own] : [], next: undefined };
  }
  const { items, next } = await pageOf(directory, administrator, query, clientList);
  return { items: items.map((item) => parseItem(ClientItem, item)), next };
}

async function pageOf(
  directory: Table,
  administrator: Administrator,
  { domain, ...page }: SubjectQuery,
  listOf: (domain: string) => string,
) {
  const domains = await domainsInReach(directory, administrator, domain);
  return pageOfLists(directory, domains.map(listOf), page);
}
