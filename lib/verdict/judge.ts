/**
 * The verdict: may this session do this now?
 *
 * Live only if the session, and the one within which it was opened, exist and have not expired; it is not
 * switched off; its subject and domain exist and are not disabled, nor the client that it was given to; and,
 * if it came from a sign-in, its generations equal theirs and the domain permits one so long ago. Allowed
 * only if the roles (the session's own, else the subject's), within what the session's scope and its client's
 * registration name, hold the method's letter on exactly the resource that the path names. Everything is read
 * anew, strongly consistent, in one request; in two when the hints are out of date, and when a secret is met
 * for the first time.
 *
 * Errors: the store's. It does NOT check a token's signature: that it names this session must be
 * proven before. A session with a secret is proven here, by that secret.
 *
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import type { Domain } from '../store/directory/domains.ts';
import type { Subject } from '../store/directory/subjects.ts';
import type { Membership } from '../store/reads/verdict.ts';
import { isStanding, type Session } from '../store/sessions/sessions.ts';
import { type Instant, isOver, NEVER, type Seconds } from '../time.ts';
import { type Action, actionOf, type Extent, grantOf, weaker } from './acl.ts';
import { grantedClient } from './granted-client.ts';
import { isOwnBusiness } from './own-business.ts';
import type { Permission, Refusal, RequestedCall } from './permission.ts';
import type { Power } from './power.ts';
import { type Claim, noteProven, PROVEN, readAsProven } from './read-claim.ts';
import { resourceOf } from './resource.ts';
import { causeOfRest } from './resting.ts';
import { secretMatches } from './secret.ts';
import { powerIn } from './session-power.ts';
import { isTooLongAgo, sinceSignIn } from './since-sign-in.ts';

export type { Permission, Refusal, RequestedCall } from './permission.ts';
export { type Claim, PROVEN } from './read-claim.ts';
export type Caller = {
  subject: Subject;
  session: Session;
  key: string;
  /** The names of those that count: the session's own, else the subject's. */
  roles: readonly string[];
  /** What the roles and the session's own ACL permit, before the scope. */
  grant: (resource: string, action: Action) => Extent;
  /** What the scope leaves of it. */
  power: Power;
  /** Since the person who calls proved who they are; none where no person calls. */
  sinceSignIn: Seconds | undefined;
};

export type Alive = {
  status: 'live';
  caller: Caller;
  patterns: Readonly<Record<string, readonly string[]>>;
};
export type Live =
  | Alive
  /** `proven`: the caller is who it says; without it the ids are whoever's who wrote them. */
  | { status: 'dead'; reason: string; proven: boolean };
export type Verdict =
  | { status: 'allowed'; caller: Caller; permission: Permission }
  | { status: 'forbidden'; caller: Caller; reason: string; refusal: Refusal }
  | { status: 'unauthenticated'; reason: string };

export async function judge(
  tables: Tables,
  claim: Claim,
  call: RequestedCall,
  now: Instant,
): Promise<Verdict> {
  const live = await identify(tables, claim, now);
  if (live.status === 'dead') return { status: 'unauthenticated', reason: live.reason };
  const permission = permissionFor(live.caller, live.patterns, call);
  const { caller } = live;
  return 'rule' in permission
    ? { status: 'forbidden', caller, reason: permission.reason, refusal: permission }
    : { status: 'allowed', caller, permission };
}

/** Who calls, with no word on what the caller may do. */
export async function identify(tables: Tables, claim: Claim, now: Instant): Promise<Live> {
  const { name, secret, scope } = claim;
  // A signature, or our authorizer, has proven what is said; a secret is yet to be compared.
  const said = typeof secret !== 'string';
  const { proof, circumstances } = await readAsProven(tables, claim);
  const { session, subject } = proof;
  const end = endOf(session, proof.parent, now);
  if (!session || end) return dead(end ?? 'the session has ended', said);
  if (secret !== PROVEN && !secretMatches(session, secret, now))
    return dead('the secret is not of this key', false);
  noteProven(claim);
  if (!subject) return dead('the subject is gone');

  const needed = { domain: subject.domain, roles: rolesToRead(session, subject) };
  const { registry, membership, client } = await circumstances(needed);
  const cause = causeOfDeath(session, subject, membership.domain, now);
  if (cause) return dead(cause);
  const granted = await grantedClient(tables, session, { subject, client });
  if (granted.status === 'dead') return dead(granted.reason);
  const power = powerIn(tables, session, { token: scope, client: granted.client ?? subject });
  const own = scope === undefined ? session : { ...session, scope };
  const proven = { power, sinceSignIn: sinceSignIn(session, subject, now) };
  const caller = { ...callerOf(name.key, own, subject, membership), ...proven };
  return { status: 'live', caller, patterns: registry?.patterns ?? {} };
}

const dead = (reason: string, proven = true): Live => ({ status: 'dead', reason, proven });

const hasExpired = ({ expiresAt = NEVER }: Session, now: Instant): boolean =>
  isOver(expiresAt, now);

const ownRoles = (session: Session): readonly string[] | undefined =>
  isStanding(session) ? session.roles : undefined;

const rolesToRead = (session: Session, subject: Subject): readonly string[] => [
  ...new Set([...subject.roles, ...(ownRoles(session) ?? [])]),
];

/** Why a session is over, by itself or with the one that it was opened within. */
export function endOf(
  session: Session | undefined,
  parent: Session | undefined,
  now: Instant,
): string | undefined {
  if (!session || hasExpired(session, now)) return 'the session has ended';
  if (!parent || hasExpired(parent, now)) return 'the sign-in that it was opened within has ended';
  return undefined;
}

/** Why nothing may be done in a session that is not over. */
export function causeOfDeath(
  session: Session,
  subject: Subject,
  domain: Domain | undefined,
  now: Instant,
): string | undefined {
  if (subject.disabled) return 'the subject is disabled';
  if (!domain) return 'the domain is gone';
  if (domain.disabled) return 'the domain is disabled';
  if (isStanding(session)) return causeOfRest(session, subject, domain);
  if (subject.generation !== session.subjectGeneration) return 'the subject was signed out';
  if (domain.generation !== session.domainGeneration) return 'the domain was signed out';
  if (isTooLongAgo(session, subject, domain, now)) return 'the sign-in is too long ago';
  return undefined;
}

/**
 * A key's own roles or ACL never reach beyond its owner's: what the owner loses, the key loses. A
 * role of its own counts only while the owner holds it, or one that inherits from it. Only a domain
 * holds no roles itself, so what an administrator gave its keys is what they have. A role that is
 * gone counts nowhere, its name included.
 */
function callerOf(
  key: string,
  session: Session,
  subject: Subject,
  { roles: existing }: Membership,
): Omit<Caller, 'power' | 'sinceSignIn'> {
  const named = (names: readonly string[]) => existing.filter(({ name }) => names.includes(name));
  const owned = subject.kind === 'domain' ? undefined : named(subject.roles);
  const passedOn = owned?.flatMap(({ name, ancestors }) => [name, ...ancestors]);
  const given = ownRoles(session)?.filter((name) => passedOn?.includes(name) ?? true);
  const roles = given ? named(given) : (owned ?? []);
  const acl = isStanding(session) ? session.acl : undefined;
  const own = acl ? [acl] : roles.map(({ effective }) => effective);
  const owners = owned?.map(({ effective }) => effective);
  return {
    subject,
    session,
    key,
    roles: acl ? [] : roles.map(({ name }) => name),
    grant: (resource, action) =>
      weaker(grantOf(own, resource, action), owners ? grantOf(owners, resource, action) : 'all'),
  };
}

/** What the caller may do here and now, the scope included. */
export const grantHeld = ({ grant, power }: Caller, resource: string, action: Action): Extent =>
  weaker(grant(resource, action), power.on(resource, action));

/** @returns The permission, or why there is none. */
export function permissionFor(
  caller: Caller,
  patterns: Readonly<Record<string, readonly string[]>>,
  { method, path }: RequestedCall,
): Permission | Refusal {
  const { lack } = caller.power;
  if (lack !== undefined) return { rule: 'scope-without-power', reason: lack };
  const resource = resourceOf(patterns, path);
  if (resource === undefined)
    return { rule: 'path-of-no-resource', reason: 'no registered resource covers the path' };
  const action = actionOf(method);
  if (!action)
    return { rule: 'method-without-letter', reason: 'no letter stands for the method', resource };
  const granted = grantHeld(caller, resource, action);
  if (granted !== 'none') return { resource, action, own: granted === 'own' };
  if (isOwnBusiness(caller, resource, action)) return { resource, action, own: true };
  const reason = `the caller does not hold ${action} on ${resource}`;
  return { rule: 'letter-not-held', reason, resource, action };
}
