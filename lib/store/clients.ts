/**
 * OAuth clients: programs that authenticate with a secret of their own (RFC 6749 §2).
 *
 * Item:  the subject's (subjects.ts), with { secrets: [{ hash, until? }], grants, scopes, createdAt,
 *        updatedAt, version, list, listSort } in the directory table; id is the client_id, username
 *        its display name
 * Index: byList (list, listSort): "client#" + domain, by client id
 *
 * @module
 */
import * as v from 'valibot';
import { holderWrites } from './holders.ts';
import { parseItem } from './item.ts';
import { SecretHashItem } from './sessions.ts';
import { SubjectItem, subjectKey } from './subjects.ts';
import { get, put, type Table } from './table.ts';
import { transact, type Write } from './transaction.ts';

export const GRANTS = ['client_credentials'] as const;

export const ClientItem = v.object({
  ...SubjectItem.entries,
  kind: v.literal('client'),
  /** The newest first; the one before it lives until its overlap ends. */
  secrets: v.array(SecretHashItem),
  grants: v.array(v.picklist(GRANTS)),
  /** What it may ask for (RFC 6749 §3.3), beside scopes that narrow the ACL. */
  scopes: v.array(v.string()),
  createdAt: v.number(),
  updatedAt: v.number(),
  version: v.number(),
});
export type Client = v.InferOutput<typeof ClientItem>;

export const clientList = (domain: string): string => `client#${domain}`;

/** @returns `undefined` also where a subject of another kind has that id. */
export async function readClient(directory: Table, id: string): Promise<Client | undefined> {
  const item = await get(directory, subjectKey(id));
  return item?.['kind'] === 'client' ? parseItem(ClientItem, item) : undefined;
}

/**
 * @param also - Written with it, or not at all.
 * @returns `false` when the id is taken, or another change came first.
 */
export async function saveClient(
  directory: Table,
  { before, after }: { before?: Client; after: Client },
  also: readonly Write[] = [],
): Promise<boolean> {
  const item = {
    ...subjectKey(after.id),
    ...after,
    version: (before?.version ?? 0) + 1,
    list: clientList(after.domain),
    listSort: after.id,
  };
  const when = before ? unchanged(before) : { expression: 'attribute_not_exists(pk)' };
  const others = [...holderWrites(directory, before, after), ...also];
  if (others.length === 0) return put(directory, item, when);
  const failed = await transact([{ table: directory, put: item, when }, ...others]);
  return !failed.includes(true);
}

/** Its sessions die with it. @returns `false` when another change came first. */
export async function deleteClient(
  directory: Table,
  client: Client,
  also: readonly Write[] = [],
): Promise<boolean> {
  const failed = await transact([
    { table: directory, remove: subjectKey(client.id), when: unchanged(client) },
    ...holderWrites(directory, client, undefined),
    ...also,
  ]);
  return !failed.includes(true);
}

const unchanged = ({ version }: Client) => ({
  expression: 'version = :read',
  values: { ':read': version },
});
