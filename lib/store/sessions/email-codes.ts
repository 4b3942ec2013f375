/**
 * Codes of six digits that people are sent to sign in with: one for each form of a browser. Kept is what
 * proves the code together with the form's own secret, which is not in the table: alone, six digits
 * could be tried out.
 *
 * Item:  { pk: "email-code#" + hash of the form's secret, sk: "code", proof, subject, generation, domain,
 *        domainGeneration, address, tries, expiresAt, spentAt? } in the sessions table
 * Units: epoch seconds, as of links.ts; proof is hexadecimal HMAC-SHA-256.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { type Key, put, type Table, updateIf } from '../../aws/table.ts';
import type { Write } from '../../aws/transaction.ts';
import { sha256 } from '../../crypto.ts';
import type { Instant } from '../../time.ts';

const EmailCodeItem = v.object({
  proof: v.string(),
  subject: v.string(),
  generation: v.number(),
  domain: v.string(),
  domainGeneration: v.number(),
  /** Where it was sent. */
  address: v.string(),
  tries: v.number(),
  expiresAt: InstantItem,
});
export type EmailCode = v.InferOutput<typeof EmailCodeItem>;

const emailCodeKey = (browser: string): Key => ({
  pk: `email-code#${sha256(browser).toString('base64url')}`,
  sk: 'code',
});

/** In place of the one before, if there was one. @param browser - The form's secret. */
export const saveEmailCode = (sessions: Table, browser: string, code: EmailCode) =>
  put(sessions, { ...emailCodeKey(browser), ...code });

/**
 * One more try, counted before the code is looked at: so of many at once no more are looked at than
 * there are.
 *
 * @returns `undefined` where there is no code, or none that may be tried.
 */
export async function tryEmailCode(
  sessions: Table,
  browser: string,
  { most, now }: { most: number; now: Instant },
): Promise<EmailCode | undefined> {
  const item = await updateIf(sessions, emailCodeKey(browser), {
    set: { expression: 'tries = tries + :one', values: { ':one': 1 } },
    when: {
      expression: 'tries < :most AND expiresAt > :now AND attribute_not_exists(spentAt)',
      values: { ':most': most, ':now': now },
    },
  });
  return item && parseItem(EmailCodeItem, item);
}

/** Spends it, if nobody has: to be put into the transaction that opens the session. */
export const spendingEmailCode = (
  sessions: Table,
  browser: string,
  { proof }: Pick<EmailCode, 'proof'>,
  now: Instant,
): Write => ({
  table: sessions,
  update: emailCodeKey(browser),
  set: { expression: 'spentAt = :now', values: { ':now': now } },
  when: {
    // Another one may have taken its place.
    expression: 'proof = :proof AND expiresAt > :now AND attribute_not_exists(spentAt)',
    values: { ':proof': proof },
  },
});
