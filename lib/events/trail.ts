/**
 * Who leaves which trace: the writes that record a change, to be put into the change's own
 * transaction. Whatever changes something takes a `Trail` and asks it at every attempt.
 *
 * Secrets and their hashes stay out; that one was replaced is said in `renewed`.
 *
 * @module
 */

import type { Table } from '../aws/table.ts';
import type { Write } from '../aws/transaction.ts';
import { type AuthError, refuse } from '../errors.ts';
import { type HttpRequest, originOf } from '../http/request.ts';
import { type AuditEvent, eventWrite } from '../store/sessions/audit.ts';
import type { EpochMilliseconds } from '../time.ts';
import type { Caller } from '../verdict/judge.ts';

type Change = Pick<AuditEvent, 'action' | 'collection' | 'target' | 'domain'> & {
  before?: object | undefined;
  after?: object | undefined;
};
export type Trail = (change: Change) => readonly Write[];
/** From where the caller calls. */
export type CalledFrom = { ip: string; userAgent: string | undefined };
/** `retention`: in days. `milliseconds`: of the epoch. */
export type TrailServices = {
  sessions: Table;
  retention: number;
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

/** For what no administrator does: seeds, imports, and tests of the rules alone. */
export const UNTRACKED: Trail = () => [];

/** Never shown; what each is called where it was replaced. */
const SECRET: Readonly<Record<string, string>> = {
  passwordHash: 'password',
  secrets: 'secret',
  faveoApiKey: 'faveoApiKey',
  cursorKey: 'cursorKey',
};
/** Of storage, or repeated elsewhere in the event. */
const INTERNAL: readonly string[] = [
  'formerApplicationKey',
  'names',
  'generation',
  'switched',
  'ownerSwitched',
  'domainSwitched',
  'version',
  'effective',
  'ancestors',
];
const MAX_USER_AGENT = 256;

/** @param caller - `undefined`: nobody has signed in, and the actor's names are empty. */
function trailOf(
  { sessions, retention, milliseconds }: TrailServices,
  caller: Caller | undefined,
  { ip, userAgent }: CalledFrom,
): Trail {
  const actor = {
    subject: caller?.subject.id ?? '',
    username: caller?.subject.username ?? '',
    key: caller?.key ?? '',
    client: caller?.session.client ?? '',
    ip,
    userAgent: userAgent?.slice(0, MAX_USER_AGENT),
  };
  return ({ before, after, ...change }) => {
    const renewed = renewedOf(before, after);
    const event = {
      ...change,
      actor,
      ...(before && { before: shown(before) }),
      ...(after && { after: shown(after) }),
      ...(renewed.length > 0 && { renewed }),
    };
    return [eventWrite(sessions, event, { now: milliseconds(), retention })];
  };
}

/** Of a caller's request. */
export const trailFor = (
  { trail }: { trail: TrailServices },
  caller: Caller | undefined,
  request: HttpRequest,
): Trail => trailOf(trail, caller, originOf(request));

const shown = (thing: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(thing).filter(
      ([name]) => !Object.hasOwn(SECRET, name) && !INTERNAL.includes(name),
    ),
  );

function renewedOf(before: object | undefined, after: object | undefined): string[] {
  if (!before || !after) return [];
  const of = (thing: object, name: string) =>
    JSON.stringify((thing as Record<string, unknown>)[name]);
  return Object.keys(SECRET).flatMap((name) =>
    of(before, name) === of(after, name) ? [] : (SECRET[name] ?? []),
  );
}
