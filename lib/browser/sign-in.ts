/**
 * Signs a browser in with a name and a password, beside those who are signed in there already (admit.ts).
 *
 * Errors: none; a refusal is an answer.
 *
 * @module
 */

import type { CalledFrom } from '../events/trail.ts';
import { logRefusal } from '../log.ts';
import { authenticateUser, NOBODY } from '../sign-in/authenticate.ts';
import { beginInDevice } from '../sign-in/device-attempts.ts';
import { isKnownAt } from '../sign-in/known-address.ts';
import { isKnownDevice } from '../sign-in/known-device.ts';
import { tellRefusal } from '../sign-in/tell-refusal.ts';
import {
  type Attempt,
  beginAttempt,
  countedOf,
  endAttempt,
  type Tried,
} from '../sign-in/throttle.ts';
import type { Domain } from '../store/directory/domains.ts';
import { normaliseLoginName } from '../store/directory/login-name.ts';
import type { User } from '../store/directory/users.ts';
import { type LoginSnapshot, readLogin } from '../store/reads/login.ts';
import type { Attempts } from '../store/sessions/attempts.ts';
import type { Instant } from '../time.ts';
import { type Admitted, admit, type BrowserSignInServices } from './admit.ts';
import type { SignedInBrowser } from './recognise.ts';

export type Credentials = {
  username: string;
  password: string;
  /** By which the browser is known, if it is. */
  device: string | undefined;
};
export type BrowserSignIn =
  | Admitted
  | { status: 'wrong' }
  /** It was right, and opens nothing before there is another one. */
  | { status: 'must_change'; subject: User; domain: Domain }
  /** Too many attempts: not looked at, or wrong while there are too many. `wait` in seconds. */
  | { status: 'locked'; wait: number };

export async function signInBrowser(
  services: BrowserSignInServices,
  credentials: Credentials,
  from: CalledFrom,
  accounts: readonly SignedInBrowser[],
): Promise<BrowserSignIn> {
  const { tables, now } = services;
  const { device } = credentials;
  const tried = { username: credentials.username, ip: from.ip };
  const begunAt = now();
  const name = normaliseLoginName(tried.username) ?? NOBODY;
  const login = { name, whats: countedOf(tried) };
  const { userId, attempts: seen } = await readLogin(tables, login, begunAt);
  const attempt = await begin(services, { ...tried, userId, seen, device }, begunAt);
  if ('early' in attempt) return tooEarly(attempt.early);
  const signedIn = await authenticateUser(tables.directory, userId, credentials.password);
  if (signedIn.status === 'must_change') {
    await endAttempt(tables.sessions, attempt);
    return signedIn;
  }
  if (signedIn.status !== 'ok') {
    const { count, seen } = attempt;
    const detail = { why: signedIn.status, how: 'page', count } as const;
    await tellRefusal(services.trail, { ...signedIn, detail, seen }, from);
    if (attempt.wait > 0) return tooEarly(attempt.wait);
    refused(signedIn.status);
    return { status: 'wrong' };
  }
  const who = { from, accounts, device, how: 'page' } as const;
  const [admitted] = await Promise.all([
    admit(services, signedIn, who),
    endAttempt(tables.sessions, attempt),
  ]);
  return admitted ?? { status: 'wrong' };
}

type Beginning = Tried & Pick<LoginSnapshot, 'userId'> & { seen: readonly Attempts[] };

/**
 * Where it is too early for everybody, it may be time for the user in a browser of theirs; what is counted
 * there is told by itself, too.
 */
async function begin(
  { tables }: BrowserSignInServices,
  { userId, seen, device: secret, ...tried }: Beginning & { device: string | undefined },
  now: Instant,
): Promise<(Attempt & { seen: readonly Attempts[] }) | { early: number }> {
  const begun = { isSomebody: userId !== undefined, seen };
  const isKnown = () => isKnownAt(tables, { userId, ip: tried.ip }, now);
  const attempt = await beginAttempt(tables.sessions, tried, begun, now, isKnown);
  if (!('early' in attempt)) return { ...attempt, seen };
  const isTheirs = secret !== undefined && (await isKnownDevice(tables, { userId, secret }, now));
  if (!isTheirs || userId === undefined) return attempt;
  const there = await beginInDevice(tables.sessions, { userId, secret }, now);
  return 'early' in there ? there : { ...there, seen: [] };
}

function tooEarly(wait: number): BrowserSignIn {
  refused('too many attempts');
  return { status: 'locked', wait };
}

const refused = (reason: string): void =>
  logRefusal('invalid_credentials', reason, { rule: 'sign_in' });
