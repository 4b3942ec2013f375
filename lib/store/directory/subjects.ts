/**
 * Subjects: whom sessions are issued to. Users (users.ts) sign in with a name and a password, clients
 * (clients.ts) authenticate with a secret, and each domain is itself the owner of its tokens
 * (domains.ts).
 *
 * Item: { pk: subject id, sk: "subject", kind, id, username, roles, domain, disabled, generation,
 *       switched?, domains? } in the directory table, and more a kind
 *
 * `generation` is an opaque number that only rises: it kills the sessions issued under older ones.
 * `switched` counts how often it was switched off or on: it stops the API keys from before
 * (standing.ts).
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import { batchGet, get, type Item, type Key, type Table } from '../../aws/table.ts';

/** What the verdict needs of any subject. */
export const SubjectItem = v.object({
  kind: v.picklist(['user', 'client', 'domain']),
  id: v.string(),
  username: v.string(),
  roles: v.array(v.string()),
  domain: v.string(),
  disabled: v.boolean(),
  generation: v.number(),
  /** Of a client: what it may ask for. */
  scopes: v.optional(v.array(v.string())),
  switched: v.optional(v.number()),
  /** Of a client: whose users it may act for, where these are not those of its own domain. */
  domains: v.optional(v.array(v.string())),
});
export type Subject = v.InferOutput<typeof SubjectItem>;

export const subjectKey = (id: string): Key => ({ pk: id, sk: 'subject' });

export async function readSubject(directory: Table, id: string): Promise<Subject | undefined> {
  const item = await get(directory, subjectKey(id));
  return item && parseItem(SubjectItem, item);
}

/** Strongly consistent, in the order asked for. Who has gone is left out. @param ids - At most 100. */
export async function readSubjectItems(directory: Table, ids: readonly string[]): Promise<Item[]> {
  const items = await batchGet(ids.map((id) => ({ table: directory, key: subjectKey(id) })));
  return items.flatMap((item) => (item ? [item] : []));
}
