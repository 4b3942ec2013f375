/**
 * Signs a browser in with a name and a password. Whoever is signed in already gets a new secret; if it
 * was somebody else, their session ends, and with it all that was granted within it.
 *
 * Errors: none; a refusal is an answer.
 *
 * @module
 * @see OWASP Session Management Cheat Sheet (a new secret at every sign-in: no session is fixed)
 */

import type { Tables } from '../aws/tables.ts';
import { randomKey, randomSecret } from '../crypto.ts';
import type { Announce } from '../events/announce-logout.ts';
import type { CalledFrom } from '../events/trail.ts';
import { logRefusal } from '../log.ts';
import { authenticateUser, NOBODY, type SignedIn } from '../sign-in/authenticate.ts';
import { isKnownAt } from '../sign-in/known-address.ts';
import { beginAttempt, countedOf, endAttempt } from '../sign-in/throttle.ts';
import { normaliseLoginName } from '../store/directory/login-name.ts';
import { readLogin } from '../store/reads/login.ts';
import {
  BROWSER,
  type BrowserSession,
  renewBrowserSession,
  saveBrowserSession,
} from '../store/sessions/browser-sessions.ts';
import { endSession } from '../store/sessions/sessions.ts';
import { after, type Instant, type Seconds } from '../time.ts';
import { hashSecret } from '../verdict/secret.ts';
import type { SignedInBrowser } from './recognise.ts';

export type BrowserSignInServices = {
  tables: Tables;
  /** Epoch seconds. */
  now: () => Instant;
  /** Seconds. */
  browserSessionLifetime: Seconds;
  /** Tells the clients of whoever has been signed out. */
  announce: Announce;
};
export type Credentials = { username: string; password: string };
export type BrowserSignIn =
  | { status: 'ok'; browser: SignedInBrowser }
  | { status: 'wrong' }
  /** Too many attempts: not looked at, or wrong while there are too many. `wait` in seconds. */
  | { status: 'locked'; wait: number };

/** The `client` of the session: no OAuth client can have that id. */
const OURSELVES = 'latchkey';

export async function signInBrowser(
  services: BrowserSignInServices,
  credentials: Credentials,
  from: CalledFrom,
  before: SignedInBrowser | undefined,
): Promise<BrowserSignIn> {
  const { tables, now } = services;
  const tried = { username: credentials.username, ip: from.ip };
  const begunAt = now();
  const name = normaliseLoginName(tried.username) ?? NOBODY;
  const { userId, attempts: seen } = await readLogin(
    tables,
    { name, whats: countedOf(tried) },
    begunAt,
  );
  const begun = { isSomebody: userId !== undefined, seen };
  const isKnown = () => isKnownAt(tables, { userId, ip: from.ip }, begunAt);
  const attempt = await beginAttempt(tables.sessions, tried, begun, begunAt, isKnown);
  if ('early' in attempt) return tooEarly(attempt.early);
  const signedIn = await authenticateUser(tables.directory, userId, credentials.password);
  if (signedIn.status !== 'ok') {
    if (attempt.wait > 0) return tooEarly(attempt.wait);
    refused(signedIn.status);
    return { status: 'wrong' };
  }
  const [browser] = await Promise.all([
    openFor(services, signedIn, from, before),
    endAttempt(tables.sessions, attempt),
  ]);
  return { status: 'ok', browser };
}

function tooEarly(wait: number): BrowserSignIn {
  refused('too many attempts');
  return { status: 'locked', wait };
}

const refused = (reason: string): void =>
  logRefusal('invalid_credentials', reason, { rule: 'sign_in' });

async function openFor(
  { tables: { sessions }, now, browserSessionLifetime, announce }: BrowserSignInServices,
  { subject, domain }: SignedIn,
  from: CalledFrom,
  before: SignedInBrowser | undefined,
): Promise<SignedInBrowser> {
  const secret = randomSecret();
  const authTime = now();
  const session: BrowserSession = {
    kind: BROWSER,
    client: OURSELVES,
    issuedAt: before?.session.issuedAt ?? authTime,
    expiresAt: after(authTime, browserSessionLifetime),
    subjectGeneration: subject.generation,
    domainGeneration: domain.generation,
    secretHash: hashSecret(secret),
    authTime,
  };
  const signedIn = { secret, session, user: subject };
  if (before?.name.subject === subject.id) {
    const renewal = { from: before.session.secretHash, to: { ...session, ip: from.ip } };
    if (await renewBrowserSession(sessions, before.name, renewal))
      return { ...signedIn, name: before.name };
  } else if (before) {
    if (await endSession(sessions, before.name, authTime)) await announce(before.name.subject);
  }
  const name = { subject: subject.id, key: randomKey() };
  await saveBrowserSession(sessions, name, { ...session, issuedAt: authTime, ...from });
  return { ...signedIn, name };
}
