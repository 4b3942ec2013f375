/**
 * Authorization codes: what a user granted, kept until the client redeems it.
 *
 * Item:   { pk: "code#" + fingerprint, sk: "code", client, redirectUri, subject, browser, scope,
 *         consent?, authTime, …, validUntil, expiresAt, grant? } in the sessions table; `grant` is the key of
 *         the session that it was redeemed for
 * Units:  epoch seconds; expiresAt, the table's TTL attribute, is later than validUntil, so that a
 *         second use is still seen as one.
 * Errors: as in table.ts; an unknown, expired or spent code is an answer.
 *
 * @module
 * @see RFC 6749 §4.1.2: short-lived, used once; a second use is a sign of theft
 */

import * as v from 'valibot';
import { InstantItem, parseItem } from '../../aws/item.ts';
import { type Expression, get, type Key, put, type Table } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import { sha256 } from '../../crypto.ts';
import type { Instant } from '../../time.ts';
import { consentKey, isStillGiven } from './consents.ts';
import { GRANT, type Grant, RequestedClaimsItem } from './grants.ts';
import { placeOfSession } from './of-domain.ts';
import { parentOf, type SessionName, sessionKey } from './sessions.ts';

export const CodeItem = v.object({
  client: v.string(),
  /** Of the client then: signed out, or another one under its id, it gets nothing for the code. */
  clientGeneration: v.number(),
  redirectUri: v.string(),
  /** Whose, and the key of the browser session in which it was granted. */
  subject: v.string(),
  browser: v.string(),
  /** As they were when the user was recognised: a sign-out since then kills the code. */
  subjectGeneration: v.number(),
  domainGeneration: v.number(),
  scope: v.string(),
  /** What the user had agreed to; none of a client that asks nobody. */
  consent: v.optional(v.object({ agreement: v.optional(v.string()) })),
  authTime: InstantItem,
  /** Whether the ID token has to say so (OpenID Connect Core §2). */
  showAuthTime: v.boolean(),
  nonce: v.optional(v.string()),
  acr: v.optional(v.string()),
  claims: v.optional(RequestedClaimsItem),
  /** Of PKCE, always S256. */
  challenge: v.optional(v.string()),
  validUntil: InstantItem,
  grant: v.optional(v.string()),
});
export type Code = v.InferOutput<typeof CodeItem>;

/** For so long a second use of a code is seen, in seconds after its issue. */
const REMEMBERED = 3600;

export const codeKey = (code: string): Key => ({
  pk: `code#${sha256(code).toString('base64url')}`,
  sk: 'code',
});

export const saveCode = (sessions: Table, code: string, granted: Code): Promise<boolean> =>
  put(
    sessions,
    { ...codeKey(code), ...granted, expiresAt: granted.validUntil + REMEMBERED },
    { expression: 'attribute_not_exists(pk)' },
  );

/** As it was issued; it may have expired, or been spent for a `grant`. */
export async function readCode(sessions: Table, code: string): Promise<Code | undefined> {
  const item = await get(sessions, codeKey(code));
  return item && parseItem(CodeItem, item);
}

export type NewGrant = {
  consent: Code['consent'];
  name: SessionName;
  grant: Grant & { ip: string; userAgent?: string | undefined };
  /** The user's, whose list it is to be in. */
  domain: string;
};
export type Spent =
  | 'ok'
  /** It was spent before, or has expired. */
  | 'spent'
  /** The browser has signed out since the user agreed. */
  | 'signed_out'
  /** What they agreed to has been taken back since. */
  | 'withdrawn';

/**
 * Spends the code and opens the grant in one transaction, so of racing requests only one gets a
 * grant, and none does after the browser's sign-out or once the agreement has been withdrawn.
 *
 * @param now - Epoch seconds.
 * @param also - Written with it, or not at all.
 */
export async function redeemCode(
  sessions: Table,
  code: string,
  { name, grant, domain, consent }: NewGrant,
  now: Instant,
  also: readonly Write[] = [],
): Promise<Spent> {
  // For offline access it outlives the browser's sign-in, but it does not begin after it.
  const within = { subject: name.subject, key: grant.browser ?? parentOf(name).key };
  const lasts: Expression = { expression: 'expiresAt > :now', values: { ':now': now } };
  const checks: [Exclude<Spent, 'ok'>, Write][] = [];
  if (within.key !== name.key)
    checks.push(['signed_out', { table: sessions, check: sessionKey(within), when: lasts }]);
  if (consent) {
    const check = consentKey({ subject: name.subject, client: grant.client });
    checks.push(['withdrawn', { table: sessions, check, when: isStillGiven(consent) }]);
  }
  const [spent, , ...failed] = await transact([
    {
      table: sessions,
      update: codeKey(code),
      set: {
        expression: '#grant = :key',
        values: { ':key': name.key },
        names: { '#grant': 'grant' },
      },
      when: {
        expression: 'attribute_not_exists(#grant) AND validUntil > :now',
        values: { ':now': now },
      },
    },
    {
      table: sessions,
      put: {
        ...sessionKey(name),
        ...grant,
        kind: GRANT,
        ...placeOfSession(name, { domain, expiresAt: grant.expiresAt }),
      },
      when: { expression: 'attribute_not_exists(pk)' },
    },
    ...checks.map(([, check]) => check),
    ...also,
  ]);
  const [failedCheck] = checks.find((_, index) => failed[index]) ?? [];
  return failedCheck ?? (spent ? 'spent' : 'ok');
}
