/**
 * Passwords that are given to a dialect: by the rules and on the counters of throttle.ts, but only a
 * failure is counted, after the password was looked at. So a success costs no request more: what has
 * been counted is read together with the name, and who is known only where it decides.
 *
 * A right password of somebody who may not sign in counts as a wrong one does; else not having to wait
 * would tell that it was right. No answer is given to a guess that could not be counted.
 *
 * Errors: `too_many_attempts` where it is too early: nothing has been looked at then, so it is the same
 *         for a right password and for a name of nobody. And for whoever is wrong while names of nobody
 *         are too many at the address (throttle.ts).
 *
 * NOT covered: a burst that is already under way when its first failure is counted. As many are looked
 * at as the throttle of the route lets in meanwhile; all of them are counted.
 *
 * @module
 */

import type { Table } from '../aws/table.ts';
import type { Tables } from '../aws/tables.ts';
import { tooManyAttempts } from '../errors.ts';
import type { CalledFrom, TrailServices } from '../events/trail.ts';
import { normaliseLoginName } from '../store/directory/login-name.ts';
import { readLogin } from '../store/reads/login.ts';
import { type Attempts, countFailed, readAttempts } from '../store/sessions/attempts.ts';
import type { Instant } from '../time.ts';
import { type Authenticated, authenticateUser, NOBODY } from './authenticate.ts';
import { isKnownAt } from './known-address.ts';
import { tellRefusal } from './tell-refusal.ts';
import { countedOf, raisedBy, type Tried, waitIfWrong, waitUnlessKnown } from './throttle.ts';

type Services = Tables & {
  trail: TrailServices;
  /** Epoch seconds. */
  now: () => Instant;
};
type Login = {
  username: string;
  password: string;
  from: CalledFrom;
  /** Whose door it is. */
  client: string;
  /** Where nobody is let in who has not been activated. */
  activatedOnly: boolean;
};

/** As authenticateUser(), by a name, with the same requests for a wrong password and for an unknown name. */
export async function authenticateCounted(
  { directory, sessions, now, trail }: Services,
  { username, password, from, client, activatedOnly }: Login,
): Promise<Authenticated> {
  const tried = { username, ip: from.ip };
  const name = normaliseLoginName(tried.username) ?? NOBODY;
  const begunAt = now();
  const login = { name, whats: countedOf(tried) };
  const { userId, attempts } = await readLogin({ directory, sessions }, login, begunAt);
  const isKnown = () => isKnownAt({ directory, sessions }, { userId, ip: tried.ip }, begunAt);
  refuseWhile(await waitUnlessKnown(attempts, begunAt, isKnown));
  const found = await authenticateUser(directory, userId, password);
  const allowed = found.status !== 'ok' || !activatedOnly || found.subject.activated;
  const answer: Authenticated = allowed ? found : { status: 'disabled', subject: found.subject };
  if (answer.status === 'ok') return answer;
  await countFailure(sessions, { ...tried, isSomebody: userId !== undefined }, now());
  const count = (attempts[0]?.count ?? 0) + 1;
  const detail = { why: answer.status, how: 'dialect', client, count } as const;
  await tellRefusal(trail, { subject: answer.subject, detail, seen: attempts }, from);
  refuseWhile({ wait: waitIfWrong(attempts, begunAt) });
  return answer;
}

/**
 * @returns What has been counted of it.
 * @throws AuthError `too_many_attempts` where it is too early for another one.
 */
export async function refuseTooEarly(
  tables: Tables,
  { userId, ...tried }: Tried & { userId: string },
  now: Instant,
): Promise<Attempts[]> {
  const attempts = await readAttempts(tables.sessions, countedOf(tried), now);
  const isKnown = () => isKnownAt(tables, { userId, ip: tried.ip }, now);
  refuseWhile(await waitUnlessKnown(attempts, now, isKnown));
  return attempts;
}

/** Where one write fails the others still count, and the caller hears of the fault alone. */
export async function countFailure(
  sessions: Table,
  { isSomebody = true, ...tried }: Tried & { isSomebody?: boolean },
  now: Instant,
): Promise<void> {
  const raised = raisedBy(countedOf(tried), isSomebody);
  const writes = raised.map((what) => countFailed(sessions, what, now));
  const failed = (await Promise.allSettled(writes)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

function refuseWhile({ wait }: { wait: number }): void {
  if (wait > 0) throw tooManyAttempts(wait);
}
