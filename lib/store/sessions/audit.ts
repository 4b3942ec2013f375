/**
 * The audit as it was before there was a table of events: read to be moved there, and written by nobody.
 *
 * Item:  { pk: "audit#" + domain, sk: milliseconds + "#" + id, at, action, collection, target, domain,
 *        actor, before?, after?, renewed?, expiresAt } in the sessions table
 * Units: at and expiresAt are epoch seconds.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { scanPage } from '../../aws/query.ts';
import type { Item, Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';

const Thing = v.record(v.string(), v.unknown());
const AuditItem = v.object({
  pk: v.string(),
  sk: v.string(),
  at: InstantItem,
  expiresAt: InstantItem,
  action: v.picklist(['create', 'change', 'delete', 'sign_out']),
  collection: v.string(),
  target: v.string(),
  domain: v.string(),
  actor: v.object({
    subject: v.string(),
    username: v.string(),
    key: v.string(),
    client: v.string(),
    ip: v.string(),
    userAgent: v.optional(v.string()),
  }),
  before: v.optional(Thing),
  after: v.optional(Thing),
  renewed: v.optional(v.array(v.string())),
});
export type AuditItem = v.InferOutput<typeof AuditItem>;

const PREFIX = 'audit#';

/** A page may be empty and not be the last: all of the table is gone through. */
export async function pageOfAudit(
  sessions: Table,
  after: Item | undefined,
): Promise<{ items: AuditItem[]; next: Item | undefined }> {
  const { items, next } = await scanPage(sessions, { prefix: PREFIX, after });
  return { items: items.map((item) => parseItem(AuditItem, item)), next };
}

export const removalOf = (sessions: Table, { pk, sk }: AuditItem): Write => ({
  table: sessions,
  remove: { pk, sk },
});
