/**
 * Signs a browser in with a name and a password, beside those who are signed in there already. Whoever is
 * one of them gets a new secret. Where there are too many, the one that was not used for longest is signed
 * out, and with it ends all that was granted within its session.
 *
 * Errors: none; a refusal is an answer.
 *
 * @module
 * @see OWASP Session Management Cheat Sheet (a new secret at every sign-in: no session is fixed)
 */

import type { Tables } from '../aws/tables.ts';
import type { Write } from '../aws/transaction.ts';
import { randomKey, randomSecret } from '../crypto.ts';
import { goOnUntold } from '../events/go-on.ts';
import { sessionEnded, sessionOpened } from '../events/kinds/session.ts';
import {
  type CalledFrom,
  NOBODY_KNOWN,
  type TrailServices,
  trailOf,
  whoSignsIn,
} from '../events/trail.ts';
import { logNotice, logRefusal } from '../log.ts';
import { authenticateUser, NOBODY, type SignedIn } from '../sign-in/authenticate.ts';
import { beginInDevice } from '../sign-in/device-attempts.ts';
import { isKnownAt } from '../sign-in/known-address.ts';
import { isKnownDevice, noteDevice } from '../sign-in/known-device.ts';
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
import {
  BROWSER,
  type BrowserSession,
  renewBrowserSession,
  saveBrowserSession,
} from '../store/sessions/browser-sessions.ts';
import { endSession, type SessionName } from '../store/sessions/sessions.ts';
import { after, type Instant, type Seconds } from '../time.ts';
import { hashSecret } from '../verdict/secret.ts';
import { isSameUser, MAX_ACCOUNTS } from './cookie.ts';
import type { SignedInBrowser } from './recognise.ts';

export type BrowserSignInServices = {
  tables: Tables;
  /** Epoch seconds. */
  now: () => Instant;
  /** Seconds. */
  browserSessionLifetime: Seconds;
  /** Tells the clients of whoever has been signed out. */
  trail: TrailServices;
};
export type Credentials = {
  username: string;
  password: string;
  /** By which the browser is known, if it is. */
  device: string | undefined;
};
export type BrowserSignIn =
  /** `accounts`: all that are signed in there now, this one first. */
  | { status: 'ok'; browser: SignedInBrowser; accounts: readonly SignedInBrowser[] }
  | { status: 'wrong' }
  /** It was right, and opens nothing before there is another one. */
  | { status: 'must_change'; subject: User; domain: Domain }
  /** Too many attempts: not looked at, or wrong while there are too many. `wait` in seconds. */
  | { status: 'locked'; wait: number };

/** The `client` of the session: no OAuth client can have that id. */
const OURSELVES = 'latchkey';

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

type Admission = {
  from: CalledFrom;
  /** Who is signed in there already. */
  accounts: readonly SignedInBrowser[];
  device: string | undefined;
  how: 'page' | 'email-code';
  /** Written with the session, or not at all. */
  also?: readonly Write[];
};
type Proven = Pick<SignedIn, 'subject' | 'domain'>;

/** Whoever has just proven who they are. @returns `undefined` where `also` did not hold. */
export async function admit(
  services: BrowserSignInServices,
  proven: Proven,
  { accounts, device, ...admission }: Admission,
): Promise<Extract<BrowserSignIn, { status: 'ok' }> | undefined> {
  const { tables, now } = services;
  const secret = device ?? randomSecret();
  const { isNew, note } = await noteDevice(tables, proven.subject, secret, now());
  const opening = { ...proven, newDevice: isNew };
  const [browser] = await Promise.all([
    openFor(services, opening, { accounts, ...admission }),
    note(),
  ]);
  if (!browser) return undefined;
  logNotice('signed_in', {});
  const known = { ...browser, device: secret };
  const others = await makeRoom(services, browser, accounts, admission.from);
  return { status: 'ok', browser: known, accounts: [known, ...others] };
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

async function openFor(
  services: BrowserSignInServices,
  { subject, domain, newDevice }: Proven & { newDevice: boolean },
  { from, accounts, how, also: besides = [] }: Omit<Admission, 'device'>,
): Promise<SignedInBrowser | undefined> {
  const before = accounts.find(({ user }) => user.id === subject.id);
  const { now, browserSessionLifetime } = services;
  const { sessions } = services.tables;
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
    ...(how === 'email-code' && { how }),
  };
  const signedIn = { secret, session, user: subject };
  const { requestId: _, ...seen } = from;
  const told = tellerOf(services.trail, { ...subject, newDevice, how }, from);
  // Another way in is another session: what is told of it holds for all of its time.
  if (before && before.session.how === session.how) {
    const renewal = {
      from: before.session.secretHash,
      to: { ...session, ip: from.ip, domain: subject.domain },
    };
    const { name } = before;
    const renew = (also: readonly Write[]) =>
      renewBrowserSession(sessions, name, renewal, [...also, ...besides]);
    if (await told(name, renew)) return { ...signedIn, name };
  }
  const name = { subject: subject.id, key: randomKey() };
  const opened = { ...session, issuedAt: authTime, ...seen, domain: subject.domain };
  const save = (also: readonly Write[]) =>
    saveBrowserSession(sessions, name, opened, [...also, ...besides]);
  if (!(await told(name, save))) return undefined;
  if (before) await replace(services, before, from);
  return { ...signedIn, name };
}

/** @returns What opens a session with its event, or, where that cannot be written, without. */
const tellerOf =
  (
    trail: TrailServices,
    user: SignedIn['subject'] & { newDevice: boolean; how: Admission['how'] },
    origin: CalledFrom,
  ) =>
  (name: SessionName, open: (also: readonly Write[]) => Promise<boolean>): Promise<boolean> => {
    const who = whoSignsIn(user, { key: name.key, client: OURSELVES });
    const { newDevice, how } = user;
    const opened = { how, kind: BROWSER, client: OURSELVES, newDevice } as const;
    const told = sessionOpened({ name, domain: user.domain }, opened);
    return goOnUntold(trailOf(trail, who, origin)(told), { ...trail, what: 'sign-in' }, open);
  };

/** @returns Who stays signed in beside the new one. */
async function makeRoom(
  services: BrowserSignInServices,
  browser: SignedInBrowser,
  accounts: readonly SignedInBrowser[],
  from: CalledFrom,
): Promise<SignedInBrowser[]> {
  const others = accounts.filter((one) => !isSameUser(one, browser));
  await Promise.all(others.slice(MAX_ACCOUNTS - 1).map((one) => replace(services, one, from)));
  return others.slice(0, MAX_ACCOUNTS - 1);
}

/** The place of one account is another's now. */
async function replace(
  { tables, now, trail }: BrowserSignInServices,
  { name, user, session: { client } }: SignedInBrowser,
  origin: CalledFrom,
): Promise<void> {
  const told = sessionEnded({ name, domain: user.domain }, { why: 'replaced', client });
  const events = trailOf(trail, NOBODY_KNOWN, origin)(told);
  await goOnUntold(events, { ...trail, what: 'sign-out' }, (also) =>
    endSession(tables.sessions, name, now(), also),
  );
}
