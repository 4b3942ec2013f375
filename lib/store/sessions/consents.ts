/**
 * Consents: what a user has agreed to let a client do, so that they are not asked again.
 *
 * Item:  { pk: subject id, sk: "consent#" + client id, scopes, identity?, agreement?, grantedAt,
 *        expiresAt } in the sessions table
 * Units: epoch seconds; DynamoDB deletes late, so a reader compares expiresAt itself.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { queryPage } from '../../aws/query.ts';
import { type Expression, get, type Item, type Key, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { type Instant, isOver } from '../../time.ts';

export const ConsentItem = v.object({
  scopes: v.array(v.string()),
  /** What the client was when it was agreed to. Without it, nobody can say. */
  identity: v.optional(v.string()),
  /** Names it until it is withdrawn: more that is agreed to is of the same, a new start is another. */
  agreement: v.optional(v.string()),
  grantedAt: InstantItem,
  expiresAt: InstantItem,
});
export type Consent = v.InferOutput<typeof ConsentItem>;
export type ConsentName = { subject: string; client: string };

const PREFIX = 'consent#';

export const consentKey = ({ subject, client }: ConsentName): Key => ({
  pk: subject,
  sk: `${PREFIX}${client}`,
});

export async function readConsent(
  sessions: Table,
  name: ConsentName,
  now: Instant,
): Promise<Consent | undefined> {
  const item = await get(sessions, consentKey(name));
  const consent = item && parseItem(ConsentItem, item);
  return consent && !isOver(consent.expiresAt, now) ? consent : undefined;
}

export type Given = Consent & { client: string };

/** A user's, by client; those that have expired are left out, so a page may be shorter than its limit. */
export async function pageOfConsents(
  sessions: Table,
  subject: string,
  { limit, after, now }: { limit: number; after?: Item | undefined; now: Instant },
): Promise<{ items: Given[]; next: Item | undefined }> {
  const query = { partition: subject, prefix: PREFIX, limit, after };
  const { items, next } = await queryPage(sessions, query);
  const given = items.map((item) => ({
    client: String(item['sk']).slice(PREFIX.length),
    ...parseItem(ConsentItem, item),
  }));
  return { items: given.filter(({ expiresAt }) => !isOver(expiresAt, now)), next };
}

/**
 * @param also - Written with it, or not at all.
 * @returns `false` where there was none.
 */
export async function deleteConsent(
  sessions: Table,
  name: ConsentName,
  also: readonly Write[] = [],
): Promise<boolean> {
  const when = { expression: 'attribute_exists(pk)' };
  const failed = await transact([{ table: sessions, remove: consentKey(name), when }, ...also]);
  return !failed.includes(true);
}

/** Holds while it has not been withdrawn, nor given anew after that. */
export const isStillGiven = ({ agreement }: Pick<Consent, 'agreement'>): Expression =>
  agreement === undefined
    ? { expression: 'attribute_exists(pk) AND attribute_not_exists(agreement)' }
    : { expression: 'agreement = :agreement', values: { ':agreement': agreement } };

/**
 * @param before - As it was read: what adds to it is not written once that has been withdrawn.
 * @param also - Written with it, or not at all.
 * @returns `false` where it is not as it was read.
 */
export async function saveConsent(
  sessions: Table,
  name: ConsentName,
  { before, after }: { before?: Consent | undefined; after: Consent },
  also: readonly Write[] = [],
): Promise<boolean> {
  const isNone = {
    expression: 'attribute_not_exists(pk) OR expiresAt <= :now',
    values: { ':now': after.grantedAt },
  };
  const when = before ? isStillGiven(before) : isNone;
  const put = { ...consentKey(name), ...after };
  const failed = await transact([{ table: sessions, put, when }, ...also]);
  return !failed.includes(true);
}
