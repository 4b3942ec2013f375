/**
 * Who leaves which trace: the writes that record what happened, to be put into the transaction of what it
 * tells of. Whatever changes something takes a `Trail` and asks it at every attempt.
 *
 * @module
 */

import type { Table } from '../aws/table.ts';
import type { Write } from '../aws/transaction.ts';
import { type AuthError, refuse } from '../errors.ts';
import { type HttpRequest, originOf } from '../http/request.ts';
import type { Subject } from '../store/directory/subjects.ts';
import { type Actor, eventWrite } from '../store/events/event.ts';
import { isStanding, type SessionName } from '../store/sessions/sessions.ts';
import type { EpochMilliseconds } from '../time.ts';
import type { Caller } from '../verdict/judge.ts';
import { type Happened, subjectOf } from './kinds/happened.ts';

export type Trail = (happened: readonly Happened[]) => readonly Write[];
/** From where the caller calls, and by which request. */
export type CalledFrom = {
  ip: string;
  userAgent: string | undefined;
  requestId?: string | undefined;
};
/** `retention`: in days. `milliseconds`: of the epoch. */
export type TrailServices = {
  events: Table;
  retention: number;
  metricNamespace: string;
  milliseconds: () => EpochMilliseconds;
};

/** Only what is still as the caller saw it is changed, and the change leaves a trace. */
export type Terms<T> = {
  /** Whether this is what the caller saw (If-Match). Without it, whatever is there is changed. */
  admits?: ((current: T) => boolean) | undefined;
  trail?: Trail | undefined;
};

/** @throws AuthError `precondition_failed` */
export function requireSeen<T>({ admits }: Terms<T>, current: T): void {
  if (admits && !admits(current)) throw changedMeanwhile();
}

export const changedMeanwhile = (): AuthError =>
  refuse(
    'precondition_failed',
    'changed-meanwhile',
    'It was changed in the meantime: read it again.',
  );

/** For the directory of the local stack, and tests of the rules alone. */
export const UNTRACKED: Trail = () => [];

export type Who = Pick<Actor, 'kind' | 'subject' | 'username' | 'key' | 'client' | 'arn'>;
export const NOBODY_KNOWN: Who = { kind: 'nobody' };
const MAX_USER_AGENT = 256;

/** @param from - Without it nothing is known of where it came from. */
export function trailOf(
  { events, retention, milliseconds }: TrailServices,
  who: Who,
  { ip, userAgent, requestId }: Partial<CalledFrom> = {},
): Trail {
  const actor = {
    ...who,
    ...(ip !== undefined && { ip }),
    ...(userAgent !== undefined && { userAgent: cut(userAgent) }),
  };
  return (happened) =>
    happened.map((one) =>
      eventWrite(events, { ...one, actor, requestId }, { now: milliseconds(), retention }),
    );
}

/** Not between the two halves of a character. */
const cut = (text: string): string => text.slice(0, MAX_USER_AGENT).toWellFormed();

/** Of a caller's request. @param caller - `undefined`: nobody has signed in. */
export const trailFor = (
  { trail }: { trail: TrailServices },
  caller: Caller | undefined,
  request: HttpRequest,
): Trail => trailOf(trail, caller ? whoIs(caller) : NOBODY_KNOWN, originOf(request));

/** Whoever presents what a session is proven by. */
export const ownerOf = ({ subject, key }: SessionName): Who => ({
  kind: subjectOf(subject).startsWith('user/') ? 'user' : 'client',
  subject,
  key,
});

/** A client by its own proof, in no session. */
export const clientAlone = ({ id, username }: Pick<Subject, 'id' | 'username'>): Who => ({
  kind: 'client',
  subject: id,
  username,
  client: id,
});

/** Whoever opens a session is the first to act in it. */
export const whoSignsIn = (
  { id, username, kind }: Pick<Subject, 'id' | 'username' | 'kind'>,
  { key, client }: { key: string; client: string },
): Who => ({ kind: kind === 'user' ? 'user' : 'client', subject: id, username, key, client });

/** Whoever has proven a session. */
export function whoIs({ subject, session, key }: Caller): Who {
  const who = whoSignsIn(subject, { key, client: session.client });
  return isStanding(session) ? { ...who, kind: 'key' } : who;
}
