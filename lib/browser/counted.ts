/**
 * An attempt to sign in at a page, counted before what was typed is looked at, a password or a code by mail: by
 * the rules and on the counters of every door (sign-in/throttle.ts), so that another way in gives no fresh
 * attempts. Where it is too early for everybody, it may be time for the user in a browser of theirs; what is
 * counted there is told by itself, too.
 *
 * Known and unknown names take the same requests.
 *
 * Errors: none; that it is too early is an answer.
 *
 * @module
 */
import type { CalledFrom } from '../events/trail.ts';
import { logRefusal } from '../log.ts';
import { NOBODY } from '../sign-in/authenticate.ts';
import { beginInDevice } from '../sign-in/device-attempts.ts';
import { isKnownAt } from '../sign-in/known-address.ts';
import { isKnownDevice } from '../sign-in/known-device.ts';
import { type Attempt, beginAttempt, countedOf, endAttempt } from '../sign-in/throttle.ts';
import { normaliseLoginName } from '../store/directory/login-name.ts';
import { readLogin } from '../store/reads/login.ts';
import type { Attempts } from '../store/sessions/attempts.ts';
import type { BrowserSignInServices } from './admit.ts';

type Trying = {
  username: string;
  /** By which the browser is known, if it is. */
  device: string | undefined;
};
/** `userId`: whose the name is. `seen`: what had been counted before. */
export type Counted = Attempt & { userId: string | undefined; seen: readonly Attempts[] };
/** Too many attempts: not looked at, or wrong while there are too many. `wait` in seconds. */
export type TooEarly = { status: 'locked'; wait: number };

export async function beginCounted(
  { tables, now }: Pick<BrowserSignInServices, 'tables' | 'now'>,
  { username, device: secret }: Trying,
  { ip }: CalledFrom,
): Promise<Counted | TooEarly> {
  const at = now();
  const tried = { username, ip };
  const login = { name: normaliseLoginName(username) ?? NOBODY, whats: countedOf(tried) };
  const { userId, attempts: seen } = await readLogin(tables, login, at);
  const begun = { isSomebody: userId !== undefined, seen };
  const isKnown = () => isKnownAt(tables, { userId, ip }, at);
  const attempt = await beginAttempt(tables.sessions, tried, begun, at, isKnown);
  if (!('early' in attempt)) return { ...attempt, userId, seen };
  const isTheirs = secret !== undefined && (await isKnownDevice(tables, { userId, secret }, at));
  if (!isTheirs || userId === undefined) return tooEarly(attempt.early);
  const there = await beginInDevice(tables.sessions, { userId, secret }, at);
  return 'early' in there ? tooEarly(there.early) : { ...there, userId, seen: [] };
}

/** It does not count: what was typed was right. */
export const endCounted = (
  { tables }: Pick<BrowserSignInServices, 'tables'>,
  attempt: Counted,
): Promise<void> => endAttempt(tables.sessions, attempt);

export function tooEarly(wait: number): TooEarly {
  logRefusal('invalid_credentials', 'too many attempts', { rule: 'sign_in' });
  return { status: 'locked', wait };
}
