/**
 * Subjects: whom sessions are issued to. Users (users.ts) sign in with a name and a password, clients
 * (clients.ts) authenticate with a secret, and each domain is itself the owner of its tokens
 * (domains.ts).
 *
 * Item: { pk: subject id, sk: "subject", kind, id, username, roles, domain, disabled, generation,
 *       switched?, domains?, spread? } in the directory table, and more a kind; of a hot one copies beside it
 *       (../spread/copies.ts)
 *
 * `generation` is an opaque number that only rises: it kills the sessions issued under older ones.
 * `switched` counts how often it was switched off or on: it stops the API keys from before
 * (standing.ts).
 *
 * @module
 */
import * as v from 'valibot';
import { parseItem } from '../../aws/item.ts';
import {
  batchGet,
  type Expression,
  get,
  type Item,
  type Key,
  type Table,
} from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { copyWrites, onlyOf, type Spread, SpreadItem } from '../spread/copies.ts';

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

/** Of a subject: `for` has how many copies each of its keys wants, by the key, and a client itself, by its id. */
export const SubjectSpreadItem = v.object({
  ...SpreadItem.entries,
  for: v.record(v.string(), v.number()),
});
export type SubjectSpread = v.InferOutput<typeof SubjectSpreadItem>;

export const subjectKey = (id: string): Key => ({ pk: id, sk: 'subject' });

export async function readSubject(directory: Table, id: string): Promise<Subject | undefined> {
  const item = await get(directory, subjectKey(id));
  return item && parseItem(SubjectItem, item);
}

/** That it still is as it was read. That of a domain has no version until it has had a spread. */
export const asRead = ({ version }: Item): Expression =>
  version === undefined
    ? { expression: 'attribute_exists(pk) AND attribute_not_exists(version)' }
    : { expression: 'version = :read', values: { ':read': version } };

/** What goes with the write of a subject. @param after - `undefined` where it is deleted. */
export const subjectCopies = (
  directory: Table,
  id: string,
  before: Spread | undefined,
  after?: Item & { spread?: SubjectSpread | undefined },
): Write[] =>
  copyWrites(
    { table: directory, key: subjectKey(id) },
    before,
    after && { spread: after.spread, content: onlyOf(SubjectItem.entries, after) },
  );

/** Strongly consistent, in the order asked for. Who has gone is left out. @param ids - At most 100. */
export async function readSubjectItems(directory: Table, ids: readonly string[]): Promise<Item[]> {
  const items = await batchGet(ids.map((id) => ({ table: directory, key: subjectKey(id) })));
  return items.flatMap((item) => (item ? [item] : []));
}
