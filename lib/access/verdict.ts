/**
 * The verdict: may this session do this now?
 *
 * Allowed only if the session exists and has not expired; its subject and domain exist and are not
 * disabled; its generations equal theirs; and the subject's roles, narrowed by the session's scope,
 * hold the method's letter on exactly the resource that the path names. Everything is read anew,
 * strongly consistent, in one request (two when the token's hints are out of date).
 *
 * Errors: the store's. It does NOT check the token; that it names this session must be proven before.
 *
 * @module
 */
import type { Session, SessionName } from '../store/sessions.ts';
import {
  type Hints,
  type Membership,
  readMembership,
  readStanding,
  type Tables,
} from '../store/standing.ts';
import type { Subject } from '../store/subjects.ts';
import { type Action, actionOf, grantOf, narrowed } from './acl.ts';
import { resourceOf } from './resource.ts';

export type Call = { method: string; path: string };
/** `own`: the backend must let the caller see only what is the caller's own. */
export type Permission = { resource: string; action: Action; own: boolean };
export type Caller = { subject: Subject; key: string; client: string; scope: string };

export type Verdict =
  | { status: 'allowed'; caller: Caller; permission: Permission }
  | { status: 'forbidden'; caller: Caller; reason: string }
  | { status: 'unauthenticated'; reason: string };

export async function judge(
  tables: Tables,
  name: SessionName,
  hints: Hints,
  call: Call,
  now: number,
): Promise<Verdict> {
  const { session, subject, registry, membership } = await readStanding(tables, name, hints);
  if (!session || session.expiresAt <= now) return unauthenticated('the session has ended');
  if (!subject) return unauthenticated('the subject is gone');

  const current = agrees(hints, subject)
    ? membership
    : await readMembership(tables.directory, subject);
  const death = causeOfDeath(session, subject, current);
  if (death) return unauthenticated(death);

  const caller = { subject, key: name.key, client: session.client, scope: session.scope ?? '' };
  const permission = permissionFor(registry?.patterns ?? {}, current, caller.scope, call);
  return typeof permission === 'string'
    ? { status: 'forbidden', caller, reason: permission }
    : { status: 'allowed', caller, permission };
}

const unauthenticated = (reason: string): Verdict => ({ status: 'unauthenticated', reason });

function agrees({ domain, roles }: Hints, subject: Subject): boolean {
  return (
    domain === subject.domain &&
    roles.every((role) => subject.roles.includes(role)) &&
    subject.roles.every((role) => roles.includes(role))
  );
}

function causeOfDeath(
  session: Session,
  subject: Subject,
  { domain }: Membership,
): string | undefined {
  if (subject.disabled) return 'the subject is disabled';
  if (subject.generation !== session.subjectGeneration) return 'the subject was signed out';
  if (!domain) return 'the domain is gone';
  if (domain.disabled) return 'the domain is disabled';
  if (domain.generation !== session.domainGeneration) return 'the domain was signed out';
  return undefined;
}

/** @returns The permission, or why there is none. */
function permissionFor(
  patterns: Readonly<Record<string, readonly string[]>>,
  { roles }: Membership,
  scope: string,
  { method, path }: Call,
): Permission | string {
  const resource = resourceOf(patterns, path);
  if (resource === undefined) return 'no registered resource covers the path';
  const action = actionOf(method);
  if (!action) return 'no letter stands for the method';
  const acls = roles.map(({ effective }) => effective);
  const grant = narrowed(grantOf(acls, resource, action), scope, resource, action);
  if (grant === 'none') return `no role of the subject holds ${action} on ${resource}`;
  return { resource, action, own: grant === 'own' };
}
