/**
 * What the token endpoint reads, as few requests as can be: all that is known by name is read together,
 * strongly consistent.
 *
 * Errors: as in table.ts; what is not there, or is of another kind, is `undefined`.
 *
 * @module
 */

import { parseItem } from '../../aws/item.ts';
import { batchGet, type Item, type Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { isClientId } from '../directory/client-id.ts';
import { type Client, ClientItem } from '../directory/clients.ts';
import { type Domain, domainKey, parseDomain, readDomain } from '../directory/domains.ts';
import { subjectKey } from '../directory/subjects.ts';
import { type User, UserItem } from '../directory/users.ts';
import { type Code, CodeItem, codeKey } from '../sessions/codes.ts';
import { GRANT, type Grant, GrantItem } from '../sessions/grants.ts';
import {
  parentOf,
  type Session,
  SessionItem,
  type SessionName,
  sessionKey,
} from '../sessions/sessions.ts';

/** What was read of domains, by their names: one that is not there is `undefined`. */
export type ReadDomains = ReadonlyMap<string, Domain | undefined>;
/** The client that a request names, and what was read together with it. */
export type ReadClient = { client: Client | undefined; domains: ReadDomains };

const domainsOf = (name: string, item: Item | undefined): ReadDomains =>
  new Map([[name, item && parseDomain(item)]]);

/** As it was read already; one that was not is read now. */
export const domainIn = async (
  directory: Table,
  read: ReadDomains,
  name: string,
): Promise<Domain | undefined> => (read.has(name) ? read.get(name) : readDomain(directory, name));

/** Too short to be registered: as many reads for a client or a domain that cannot be there. */
const NOBODY = '-';
/** @param id - As somebody sent it, so it may be anything. */
const clientKey = (id: string) => subjectKey(isClientId(id) ? id : NOBODY);

const clientOf = (item: Item | undefined): Client | undefined =>
  item?.['kind'] === 'client' ? parseItem(ClientItem, item) : undefined;
const userOf = (item: Item | undefined): User | undefined =>
  item?.['kind'] === 'user' ? parseItem(UserItem, item) : undefined;

/** In which domain each client was last seen: a hint of what to read with it, and nothing else. */
const seenIn = new Map<string, string>();
const MAX_SEEN = 1000;

/** A client, and in the same request most likely its domain. */
export async function readClientAndDomain(directory: Table, id: string): Promise<ReadClient> {
  const hint = seenIn.get(id) ?? NOBODY;
  const [clientItem, domainItem] = await batchGet([
    { table: directory, key: clientKey(id) },
    { table: directory, key: domainKey(hint) },
  ]);
  const client = clientOf(clientItem);
  if (client && client.domain !== hint) {
    if (seenIn.size >= MAX_SEEN) seenIn.clear();
    seenIn.set(id, client.domain);
  }
  return { client, domains: domainsOf(hint, domainItem) };
}

/** The client that presents a code, and the code. */
export async function readExchange(
  { directory, sessions }: Tables,
  { client, code }: { client: string; code: string },
): Promise<{ client: Client | undefined; code: Code | undefined }> {
  const [clientItem, codeItem] = await batchGet([
    { table: directory, key: clientKey(client) },
    { table: sessions, key: codeKey(code) },
  ]);
  return { client: clientOf(clientItem), code: codeItem && parseItem(CodeItem, codeItem) };
}

/** The client's domain, most likely also the user's, and the user whom the code is about. */
export async function readParties(
  directory: Table,
  { domain, user }: { domain: string; user: string | undefined },
): Promise<{ domains: ReadDomains; user: User | undefined }> {
  const [domainItem, userItem] = await batchGet([
    { table: directory, key: domainKey(domain) },
    ...(user === undefined ? [] : [{ table: directory, key: subjectKey(user) }]),
  ]);
  return { domains: domainsOf(domain, domainItem), user: userOf(userItem) };
}

export type GrantReads = ReadClient & {
  grant: Grant | undefined;
  /** The session within which it was opened; itself, where that is none. */
  parent: Session | undefined;
  user: User | undefined;
};

/**
 * The client that presents a refresh token, and how the grant stands.
 *
 * @param domain - The user's, as the token has it: a hint, only good to know what to read.
 */
export async function readGrantStanding(
  { directory, sessions }: Tables,
  { client, name, domain }: { client: string; name: SessionName; domain: string },
): Promise<GrantReads> {
  const [clientItem, item, above, userItem, domainItem] = await batchGet([
    { table: directory, key: clientKey(client) },
    { table: sessions, key: sessionKey(name) },
    { table: sessions, key: sessionKey(parentOf(name)) },
    { table: directory, key: subjectKey(name.subject) },
    { table: directory, key: domainKey(domain) },
  ]);
  return {
    client: clientOf(clientItem),
    grant: item?.['kind'] === GRANT ? parseItem(GrantItem, item) : undefined,
    parent: above && parseItem(SessionItem, above),
    user: userOf(userItem),
    domains: domainsOf(domain, domainItem),
  };
}
