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
import { type AccountSnapshot, readBrowserSnapshot, readDomains } from '../store/reads/browser.ts';
import type { BrowserSession } from '../store/sessions/browser-sessions.ts';
import type { Instant } from '../time.ts';
import { causeOfDeath, endOf } from '../verdict/dead.ts';
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
function recognise(
  cookie: BrowserCookie,
  { session, subject }: Pick<AccountSnapshot, 'session' | 'subject'>,
  domain: Domain | undefined,
  now: Instant,
): SignedInBrowser | undefined {
  if (!session || subject?.kind !== 'user') return undefined;
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
  const [found] = await recogniseAll(tables, cookie ? [cookie] : [], now);
  return found;
}

/** All accounts that are signed in there, in the order of their cookies: two reads. */
export async function recogniseAll(
  tables: Tables,
  cookies: readonly BrowserCookie[],
  now: Instant,
): Promise<SignedInBrowser[]> {
  if (cookies.length === 0) return [];
  const browsers = cookies.map(({ name }) => name);
  const { accounts } = await readBrowserSnapshot(tables, { client: undefined, browsers });
  if (!accounts.some(({ session }) => session)) return [];
  const domains = await readDomains(tables.directory, domainsOf(accounts));
  return recogniseEach(cookies, accounts, domains, now).map(({ browser }) => browser);
}

/** Their names, in the order of the accounts; nobody has the empty one. */
export const domainsOf = (accounts: readonly AccountSnapshot[]): string[] =>
  accounts.map(({ session, subject }) => (session && subject?.domain) ?? '');

/** Those that are signed in, with what was read of them. */
export const recogniseEach = (
  cookies: readonly BrowserCookie[],
  accounts: readonly AccountSnapshot[],
  domains: readonly (Domain | undefined)[],
  now: Instant,
): { browser: SignedInBrowser; account: AccountSnapshot }[] =>
  accounts.flatMap((account, index) => {
    const cookie = cookies[index];
    const browser = cookie && recognise(cookie, account, domains[index], now);
    return browser ? [{ browser, account }] : [];
  });
