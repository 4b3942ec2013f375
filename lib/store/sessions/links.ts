/**
 * Links that people are sent, or led to: what each is for, and until when. Only the hash of its secret is kept, so
 * that nobody who reads the table can follow one.
 *
 * Item:  { pk: "link#" + hash, sk: "link", purpose, subject?, generation?, domain, domainGeneration,
 *        address?, replaces?, locale?, client?, means?, returnTo?, expiresAt, spentAt? } in the sessions table
 * Units: epoch seconds; expiresAt is also the table's TTL attribute, which DynamoDB honours late, so
 *        every reader compares it itself.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { get, type Key, put, type Table } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { sha256 } from '../../crypto.ts';
import type { Instant } from '../../time.ts';

export const PURPOSES = [
  'reset-password',
  'sign-up',
  'invitation',
  'verify-email',
  'change-email',
  'unlock',
  'must-change',
  'end-access',
] as const;
export type Purpose = (typeof PURPOSES)[number];

const LinkItem = v.object({
  purpose: v.picklist(PURPOSES),
  /** Whose account it is about; none where there is none yet. */
  subject: v.optional(v.string()),
  /** The subject's then: whatever has ended their sessions since has ended the link. */
  generation: v.optional(v.number()),
  domain: v.string(),
  domainGeneration: v.number(),
  /** The subject's, to which it was sent, if it was; of `change-email` the new one. */
  address: v.optional(v.string()),
  /** The subject's address then, where the link is to put another one in its place. */
  replaces: v.optional(v.string()),
  locale: v.optional(v.string()),
  /** At whose sign-in it was asked for: its names make no password. */
  client: v.optional(v.string()),
  /** How whoever was led there has shown that the address is theirs. */
  means: v.optional(v.picklist(['email-code'])),
  /** Where to go on after it, a path of ours. */
  returnTo: v.optional(v.string()),
  expiresAt: InstantItem,
  spentAt: v.optional(InstantItem),
});
export type Link = v.InferOutput<typeof LinkItem>;

export const linkKey = (secret: string): Key => ({
  pk: `link#${sha256(secret).toString('base64url')}`,
  sk: 'link',
});

/** @returns `false` where there is one of that secret, which there is not of a random one. */
export const saveLink = (sessions: Table, secret: string, link: Link): Promise<boolean> =>
  put(sessions, { ...linkKey(secret), ...link }, { expression: 'attribute_not_exists(pk)' });

/** As it was made; it may have been spent, or be over. */
export async function readLinkItem(sessions: Table, secret: string): Promise<Link | undefined> {
  const item = await get(sessions, linkKey(secret));
  return item && parseItem(LinkItem, item);
}

/** Spends it, if nobody has: to be put into the transaction of what the link is for. */
export const spending = (
  sessions: Table,
  { secret, purpose }: { secret: string; purpose: Purpose },
  now: Instant,
): Write => ({
  table: sessions,
  update: linkKey(secret),
  set: { expression: 'spentAt = :now', values: { ':now': now } },
  when: {
    expression: 'purpose = :purpose AND expiresAt > :now AND attribute_not_exists(spentAt)',
    values: { ':purpose': purpose },
  },
});
