/**
 * Browser sessions: what the sign-in cookie stands for. The OAuth grants that a browser's user gives
 * are opened within it (`childKey`), so that ending it ends them.
 *
 * Item:  a sign-in's (sessions.ts) of kind `browser`, with { secretHash, authTime, usedAt?, how? }
 * Units: authTime and usedAt are epoch seconds; secretHash is hexadecimal SHA-256 of the cookie's secret.
 *
 * @module
 */

import * as v from 'valibot';
import { InstantItem } from '../../aws/item.ts';
import { type Table, updateIf } from '../../aws/table.ts';
import { transact, type Write } from '../../aws/transaction.ts';
import type { Instant } from '../../time.ts';
import { placeOfSession } from './of-domain.ts';
import {
  type OfDomain,
  type SessionName,
  SignInItem,
  saveSession,
  sessionKey,
} from './sessions.ts';

export const BROWSER = 'browser';

export const BrowserSessionItem = v.object({
  ...SignInItem.entries,
  kind: v.literal(BROWSER),
  secretHash: v.string(),
  /** When the user last proved who they are. */
  authTime: InstantItem,
  /** When a page of ours was opened in it since, about. */
  usedAt: v.optional(InstantItem),
  /** Where it was not by a password. */
  how: v.optional(v.literal('email-code')),
});
export type BrowserSession = v.InferOutput<typeof BrowserSessionItem>;

/** @returns `false` if that key exists already, which a random key does not. */
export const saveBrowserSession = (
  sessions: Table,
  name: SessionName,
  session: BrowserSession & { ip: string; userAgent?: string | undefined } & OfDomain,
  also: readonly Write[] = [],
): Promise<boolean> => saveSession(sessions, name, session, also);

/** It is still the one that was seen, and nobody was quicker; else nothing is written. */
export async function noteBrowserSessionUse(
  sessions: Table,
  name: SessionName,
  { secretHash }: Pick<BrowserSession, 'secretHash'>,
  now: Instant,
): Promise<void> {
  await updateIf(sessions, sessionKey(name), {
    set: { expression: 'usedAt = :now', values: { ':now': now } },
    when: {
      expression: 'secretHash = :secret AND (attribute_not_exists(usedAt) OR usedAt < :now)',
      values: { ':secret': secretHash, ':now': now },
    },
  });
}

export type RenewedSession = Pick<
  BrowserSession,
  'secretHash' | 'authTime' | 'expiresAt' | 'subjectGeneration' | 'domainGeneration'
> & { ip: string; domain: string };

/**
 * The same user has signed in again: the session goes on with a new secret, so that the old cookie is
 * worth nothing.
 *
 * @param from - Hash of the secret that was presented. Of two sign-ins at once one renews the session,
 *               or the browser might keep the cookie that is worth nothing.
 * @param also - Written with it, or not at all.
 * @returns `false` if it has ended, or was renewed, meanwhile.
 */
export async function renewBrowserSession(
  sessions: Table,
  name: SessionName,
  { from, to: renewal }: { from: string; to: RenewedSession },
  also: readonly Write[] = [],
): Promise<boolean> {
  const place = placeOfSession(name, renewal);
  const set = {
    expression:
      'secretHash = :secret, authTime = :time, expiresAt = :expires, subjectGeneration = :subject, domainGeneration = :domain, ip = :ip, #list = :list, listSort = :sort',
    values: {
      ':secret': renewal.secretHash,
      ':time': renewal.authTime,
      ':expires': renewal.expiresAt,
      ':subject': renewal.subjectGeneration,
      ':domain': renewal.domainGeneration,
      ':ip': renewal.ip,
      ':list': place.list,
      ':sort': place.listSort,
    },
    // A word of DynamoDB's own.
    names: { '#list': 'list' },
  };
  const when = {
    expression: 'kind = :browser AND expiresAt > :now AND secretHash = :from',
    values: { ':browser': BROWSER, ':now': renewal.authTime, ':from': from },
  };
  const failed = await transact([
    { table: sessions, update: sessionKey(name), set, when },
    ...also,
  ]);
  return !failed.includes(true);
}
