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
import type { Origin } from '../events/trail.ts';
import { logRefusal } from '../log.ts';
import { authenticate, type SignedIn } from '../sign-in/authenticate.ts';
import { isNameKnownAt } from '../sign-in/known-address.ts';
import { beginAttempt, endAttempt } from '../sign-in/throttle.ts';
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
  /** Too many attempts: this one was not looked at. `wait` in seconds. */
  | { status: 'locked'; wait: number };

/** The `client` of the session: no OAuth client can have that id. */
const OURSELVES = 'latchkey';

export async function signInBrowser(
  services: BrowserSignInServices,
  credentials: Credentials,
  origin: Origin,
  before: SignedInBrowser | undefined,
): Promise<BrowserSignIn> {
  const { tables, now } = services;
  const tried = { username: credentials.username, ip: origin.ip };
  const begunAt = now();
  const isKnown = () => isNameKnownAt(tables, tried, begunAt);
  const attempt = await beginAttempt(tables.sessions, tried, begunAt, isKnown);
  if ('wait' in attempt) {
    refused('too many attempts');
    return { status: 'locked', wait: attempt.wait };
  }
  const signedIn = await authenticate(tables.directory, credentials);
  if (signedIn.status !== 'ok') {
    refused(signedIn.status);
    return { status: 'wrong' };
  }
  const [browser] = await Promise.all([
    openFor(services, signedIn, origin, before),
    endAttempt(tables.sessions, attempt),
  ]);
  return { status: 'ok', browser };
}

const refused = (reason: string): void =>
  logRefusal('invalid_credentials', reason, { rule: 'sign_in' });

async function openFor(
  { tables: { sessions }, now, browserSessionLifetime, announce }: BrowserSignInServices,
  { subject, domain }: SignedIn,
  origin: Origin,
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
    const renewal = { from: before.session.secretHash, to: { ...session, ip: origin.ip } };
    if (await renewBrowserSession(sessions, before.name, renewal))
      return { ...signedIn, name: before.name };
  } else if (before) {
    if (await endSession(sessions, before.name, authTime)) await announce(before.name.subject);
  }
  const name = { subject: subject.id, key: randomKey() };
  await saveBrowserSession(sessions, name, { ...session, issuedAt: authTime, ...origin });
  return { ...signedIn, name };
}
