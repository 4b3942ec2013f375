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
import { parseItem } from './item.ts';
import { SecretHashItem } from './sessions.ts';
import { SubjectItem, subjectKey } from './subjects.ts';
import { deleteIf, get, put, type Table } from './table.ts';

export const GRANTS = ['client_credentials'] as const;

export const ClientItem = v.object({
  ...SubjectItem.entries,
  kind: v.literal('client'),
  /** The newest first; the one before it lives until its overlap ends. */
  secrets: v.array(SecretHashItem),
  grants: v.array(v.picklist(GRANTS)),
  /** What it may ask for (RFC 6749 §3.3); unknown ones are dropped. */
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

/** @returns `false` when the id is taken, or another change came first. */
export const saveClient = (
  directory: Table,
  { before, after }: { before?: Client; after: Client },
): Promise<boolean> =>
  put(
    directory,
    {
      ...subjectKey(after.id),
      ...after,
      version: (before?.version ?? 0) + 1,
      list: clientList(after.domain),
      listSort: after.id,
    },
    before
      ? { expression: 'version = :read', values: { ':read': before.version } }
      : { expression: 'attribute_not_exists(pk)' },
  );

/** Its sessions die with it. @returns `false` when another change came first. */
export const deleteClient = (directory: Table, client: Client): Promise<boolean> =>
  deleteIf(directory, subjectKey(client.id), {
    expression: 'version = :read',
    values: { ':read': client.version },
  });
