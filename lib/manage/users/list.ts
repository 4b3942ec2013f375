/**
 * The users and clients that an administrator can see, a page at a time: domain by domain, users by
 * the normal form of their username, clients by id. By the beginning of that, by role or by state each in
 * the same order, and read from a list of their own (store/directory/holders.ts, disabled.ts), so that none
 * of the others is read.
 *
 * Reads an index, so a change of the last moment may not show yet. A page may be shorter than its limit, even
 * empty, and not be the last.
 *
 * Errors: `invalid_request` for what cannot begin a name.
 *
 * @module
 */

import { type Administrator, domainsInReach } from '../../authority/reach.ts';
import { parseItem } from '../../aws/item.ts';
import type { Item, Table } from '../../aws/table.ts';
import { refuseField } from '../../errors.ts';
import { type Client, ClientItem, clientList, readClient } from '../../store/directory/clients.ts';
import { disabledId, disabledList } from '../../store/directory/disabled.ts';
import { holderId, holderList } from '../../store/directory/holders.ts';
import { type Position, pageOfLists } from '../../store/directory/lists.ts';
import { normaliseLoginName } from '../../store/directory/login-name.ts';
import { findUserId } from '../../store/directory/login-owners.ts';
import { readSubjectItems } from '../../store/directory/subjects.ts';
import { type User, UserItem, userList } from '../../store/directory/users.ts';
import { userInReach } from './lifecycle.ts';
import { normalNameOf } from './register.ts';

export const STATES = ['enabled', 'disabled'] as const;

export type SubjectQuery = {
  /** Of those in reach. */
  domain?: string | undefined;
  /** What the username, or the client's id, begins with. */
  prefix?: string | undefined;
  /** That they hold by name. */
  role?: string | undefined;
  state?: (typeof STATES)[number] | undefined;
  limit: number;
  position?: Position | undefined;
};
export type SubjectPage<T> = { items: T[]; next: Position | undefined };

export async function pageOfUsers(
  directory: Table,
  administrator: Administrator,
  { login, prefix, ...query }: SubjectQuery & { login?: string | undefined },
): Promise<SubjectPage<User>> {
  const { permission, caller } = administrator;
  const start = prefix && normaliseLoginName(prefix);
  if (prefix && !start)
    throw refuseField('prefix', 'pattern-unmatchable', 'cannot be part of a name');
  const wanted = { ...query, prefix: start };
  if (login !== undefined || permission.own) {
    const name = normaliseLoginName(login ?? '');
    const id = login === undefined ? caller.subject.id : await findUserId(directory, name ?? '-');
    const user = id === undefined ? undefined : await userInReach(directory, administrator, id);
    return only(user && matches(wanted, user, normalNameOf(user)) ? user : undefined);
  }
  const { items, next } = await pageOf(directory, administrator, wanted, USERS);
  return { items: items.map((item) => parseItem(UserItem, item)), next };
}

export async function pageOfClients(
  directory: Table,
  administrator: Administrator,
  query: SubjectQuery,
): Promise<SubjectPage<Client>> {
  if (administrator.permission.own) {
    const own = await readClient(directory, administrator.caller.subject.id);
    return only(own && matches(query, own, own.id) ? own : undefined);
  }
  const { items, next } = await pageOf(directory, administrator, query, CLIENTS);
  return { items: items.map((item) => parseItem(ClientItem, item)), next };
}

const only = <T>(one: T | undefined): SubjectPage<T> => ({
  items: one ? [one] : [],
  next: undefined,
});

type Kind = { kind: 'user' | 'client'; all: (domain: string) => string };
const USERS: Kind = { kind: 'user', all: userList };
const CLIENTS: Kind = { kind: 'client', all: clientList };

async function pageOf(
  directory: Table,
  administrator: Administrator,
  { domain, ...query }: SubjectQuery,
  kind: Kind,
): Promise<SubjectPage<Item>> {
  const domains = await domainsInReach(directory, administrator, domain);
  const { listOf, idOf } = sourceOf(query, kind);
  const { items, next } = await pageOfLists(directory, domains.map(listOf), query);
  const found = idOf ? await readSubjectItems(directory, items.map(idOf)) : items;
  return { items: found.filter((item) => isWanted(query, item)), next };
}

/** The shortest list with all that are wanted; `idOf` where it names them only. */
function sourceOf({ role, state }: Pick<SubjectQuery, 'role' | 'state'>, { kind, all }: Kind) {
  if (state === 'disabled')
    return { listOf: (domain: string) => disabledList({ kind, domain }), idOf: disabledId };
  if (role !== undefined)
    return { listOf: (domain: string) => holderList({ kind, domain }, role), idOf: holderId };
  return { listOf: all };
}

type Stated = { domain: string; roles: readonly string[]; disabled: boolean };

const isWanted = ({ role, state }: Pick<SubjectQuery, 'role' | 'state'>, item: Item): boolean => {
  const { roles, disabled } = item as Pick<Stated, 'roles' | 'disabled'>;
  return (
    (role === undefined || roles.includes(role)) &&
    (state === undefined || disabled === (state === 'disabled'))
  );
};

const matches = (
  { domain, prefix = '', ...query }: Omit<SubjectQuery, 'limit'>,
  subject: Stated,
  name = '',
): boolean =>
  (domain === undefined || domain === subject.domain) &&
  name.startsWith(prefix) &&
  isWanted(query, subject);
