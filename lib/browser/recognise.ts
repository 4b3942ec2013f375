/**
 * Whether the browser that presents a sign-in cookie is signed in right now: its session lives and
 * the secret is the session's; a page was opened in it not too long ago (idle.ts); the user and their domain exist, are not disabled, and have not been
 * signed out since.
 *
 * Errors: none; whoever is not recognised is not signed in.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import { equalInConstantTime } from '../crypto.ts';
import type { Domain } from '../store/directory/domains.ts';
import type { Subject } from '../store/directory/subjects.ts';
import { type BrowserSnapshot, readBrowserSnapshot, readDomains } from '../store/reads/browser.ts';
import type { BrowserSession } from '../store/sessions/browser-sessions.ts';
import type { Instant } from '../time.ts';
import { causeOfDeath, endOf } from '../verdict/judge.ts';
import { hashSecret } from '../verdict/secret.ts';
import type { BrowserCookie } from './cookie.ts';
import { isIdle } from './idle.ts';

export type SignedInBrowser = BrowserCookie & {
  session: BrowserSession;
  user: Subject;
  /** The user's, as it was read. */
  domain?: Domain;
  /** By which the browser is known from now on, where somebody has just signed in (device.ts). */
  device?: string;
};

/** @param now - Epoch seconds. */
export function recognise(
  cookie: BrowserCookie | undefined,
  { session, subject }: Pick<BrowserSnapshot, 'session' | 'subject'>,
  domain: Domain | undefined,
  now: Instant,
): SignedInBrowser | undefined {
  if (!cookie || !session || subject?.kind !== 'user') return undefined;
  const live =
    isSecretOf(session, cookie.secret) &&
    endOf(session, session, now) === undefined &&
    causeOfDeath(session, subject, domain, now) === undefined &&
    domain !== undefined &&
    !isIdle(session, domain, now);
  return live ? { ...cookie, session, user: subject, domain } : undefined;
}

const isSecretOf = ({ secretHash }: BrowserSession, secret: string): boolean =>
  equalInConstantTime(Buffer.from(secretHash, 'hex'), Buffer.from(hashSecret(secret), 'hex'));

/** For whoever asks nothing else: two reads. */
export async function recogniseBrowser(
  tables: Tables,
  cookie: BrowserCookie | undefined,
  now: Instant,
): Promise<SignedInBrowser | undefined> {
  if (!cookie) return undefined;
  const snapshot = await readBrowserSnapshot(tables, { client: undefined, browser: cookie.name });
  const { domain: name } = snapshot.subject ?? {};
  if (!snapshot.session || name === undefined) return undefined;
  const [domain] = await readDomains(tables.directory, [name]);
  return recognise(cookie, snapshot, domain, now);
}
