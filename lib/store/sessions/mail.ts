/**
 * What was sent to an address, and what came back from it. An address is kept as a hash alone.
 *
 * Item:  { pk: "mail#" + hash, sk: "sent#" + kind + "#" + hour, total, [purpose], expiresAt }: how many
 *        { pk: "mail#" + hash, sk: "undeliverable", why, at }: nothing is sent there any more
 *        { pk: "mail#order#" + id, sk: "order", heldUntil, tries, expiresAt }: who carries an order out,
 *          and that it is carried out
 *        all in the sessions table
 * Units: epoch seconds; an hour is its number since the epoch.
 *
 * @module
 */
import { domainToASCII } from 'node:url';
import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { get, type Key, put, type Table, update, updateIf } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { sha256 } from '../../crypto.ts';
import type { Instant } from '../../time.ts';

const HOUR = 3600;
const DAY = 86_400;

/**
 * Case tells nobody apart: hardly a server lets it, and to count them as one is the safe side. Nor does how a
 * domain is written, in letters or in ASCII (RFC 5890).
 */
export function addressHash(address: string): string {
  const [local, domain] = address.toLowerCase().split(/@(?=[^@]*$)/);
  return sha256(`${local}@${domainToASCII(domain ?? '')}`).toString('base64url');
}
const addressPk = (address: string): string => `mail#${addressHash(address)}`;

export const isSameAddress = (one: string, other: string): boolean =>
  addressHash(one) === addressHash(other);

/**
 * Whoever has `a@b` reads `a+anything@b`, too, at most providers: it must be no way past the count. Its marks
 * are its own, since what came back may have been the one spelling.
 *
 * @see RFC 5233 §1 (sub-addressing)
 */
const mailboxOf = (address: string): string => address.replace(/(?<=[^+])\+[^@]*(?=@[^@]*$)/, '');

type Sent = { kind: string; purpose: string };
/** An hour: of the purpose, and of all of the kind. */
export type MostAnHour = { each: number; all: number };

/** @returns `false` where as many have been sent to that mailbox already; then it is not counted. */
export async function countMail(
  sessions: Table,
  address: string,
  { kind, purpose, most }: Sent & { most: MostAnHour },
  now: Instant,
): Promise<boolean> {
  const hour = Math.floor(now / HOUR);
  const key = { pk: addressPk(mailboxOf(address)), sk: `sent#${kind}#${hour}` };
  const counted = await updateIf(sessions, key, {
    set: {
      expression:
        '#total = if_not_exists(#total, :none) + :one, #purpose = if_not_exists(#purpose, :none) + :one, expiresAt = :end',
      values: { ':none': 0, ':one': 1, ':end': (hour + 2) * HOUR },
      names: { '#total': 'total', '#purpose': purpose },
    },
    when: {
      expression:
        '(attribute_not_exists(#total) OR #total < :all) AND (attribute_not_exists(#purpose) OR #purpose < :each)',
      values: { ':all': most.all, ':each': most.each },
    },
  });
  return counted !== undefined;
}

export const WHY_UNDELIVERABLE = ['bounced', 'complained'] as const;
const UndeliverableItem = v.object({ why: v.picklist(WHY_UNDELIVERABLE), at: InstantItem });
export type Undeliverable = v.InferOutput<typeof UndeliverableItem>;

const undeliverableKey = (address: string): Key => ({
  pk: addressPk(address),
  sk: 'undeliverable',
});

export const markUndeliverable = (sessions: Table, address: string, mark: Undeliverable) =>
  put(sessions, { ...undeliverableKey(address), ...mark });

export async function readUndeliverable(
  sessions: Table,
  address: string,
): Promise<Undeliverable | undefined> {
  const item = await get(sessions, undeliverableKey(address));
  return item && parseItem(UndeliverableItem, item);
}

/** Does not hold where there is no mark. */
export const unmarking = (sessions: Table, address: string): Write => ({
  table: sessions,
  remove: undeliverableKey(address),
  when: { expression: 'attribute_exists(pk)' },
});

const orderKey = (id: string): Key => ({ pk: `mail#order#${id}`, sk: 'order' });

/**
 * Takes an order for so long, if nobody else has it and it is not carried out.
 *
 * @returns Which try it is, from 1; `undefined` where it is not to be had, `over` where it is carried out.
 */
export async function holdOrder(
  sessions: Table,
  id: string,
  { now, until }: { now: Instant; until: Instant },
): Promise<number | 'over' | undefined> {
  const held = await updateIf(sessions, orderKey(id), {
    set: {
      expression:
        'heldUntil = :until, tries = if_not_exists(tries, :none) + :one, expiresAt = :end',
      values: { ':until': until, ':none': 0, ':one': 1, ':end': now + 2 * DAY },
    },
    when: {
      expression: 'attribute_not_exists(pk) OR heldUntil <= :now',
      values: { ':now': now },
    },
  });
  if (held) return Number(held['tries']);
  const item = await get(sessions, orderKey(id));
  return Number(item?.['heldUntil']) >= FOR_GOOD ? 'over' : undefined;
}

/** Later than any clock. */
const FOR_GOOD = 1e11;

const holdUntil = (sessions: Table, id: string, until: number): Promise<void> =>
  update(sessions, orderKey(id), {
    expression: 'heldUntil = :until',
    values: { ':until': until },
  });

/** Nobody carries it out again. */
export const finishOrder = (sessions: Table, id: string) => holdUntil(sessions, id, FOR_GOOD);
/** Whoever gets it next may try at once. */
export const releaseOrder = (sessions: Table, id: string) => holdUntil(sessions, id, 0);
