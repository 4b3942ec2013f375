/**
 * Opens a browser's session for whoever has just proven who they are, beside those who are signed in there
 * already. Whoever is one of them gets a new secret. Where there are too many, the one that was not used for
 * longest is signed out, and with it ends all that was granted within its session.
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
import { logNotice } from '../log.ts';
import type { SignedIn } from '../sign-in/authenticate.ts';
import { noteDevice } from '../sign-in/known-device.ts';
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
/** `accounts`: all that are signed in there now, this one first. */
export type Admitted = {
  status: 'ok';
  browser: SignedInBrowser;
  accounts: readonly SignedInBrowser[];
};

/** The `client` of the session: no OAuth client can have that id. */
const OURSELVES = 'latchkey';

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
): Promise<Admitted | undefined> {
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
  // One that was renewed meanwhile stays: the other sign-in has its secret.
  if (before && before.session.how !== session.how) await replace(services, before, from);
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
