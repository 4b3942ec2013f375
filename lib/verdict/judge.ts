/**
 * The verdict: may this session do this now?
 *
 * Live only if the session, and the one within which it was opened, exist and have not expired; it is not
 * switched off; its subject and domain exist and are not disabled, nor the client that it was given to; and,
 * if it came from a sign-in, its generations equal theirs and the domain permits one so long ago. Allowed
 * only if the roles (the session's own, else the subject's), within what the session's scope and its client's
 * registration name, hold the method's letter on exactly the resource that the path names. Everything is read
 * anew, strongly consistent, in one request; in more when the hints are out of date, when an instance does
 * not know yet what is in force (store/reads/verdict.ts), and when a secret is met for the first time.
 *
 * Errors: the store's. It does NOT check a token's signature: that it names this session must be
 * proven before. A session with a secret is proven here, by that secret.
 * @module
 */

import type { Tables } from '../aws/tables.ts';
import type { Subject } from '../store/directory/subjects.ts';
import type { Membership } from '../store/reads/shared.ts';
import { type Ahead, readProof, readStanding } from '../store/reads/verdict.ts';
import { isStanding, type Session } from '../store/sessions/sessions.ts';
import type { Instant, Seconds } from '../time.ts';
import { type Action, actionOf, type Extent, grantOf, weaker } from './acl.ts';
import { causeOfDeath, type Dead, dead, refusalOf } from './dead.ts';
import { grantedClient } from './granted-client.ts';
import { isOwnBusiness } from './own-business.ts';
import type { Permission, Refusal, RequestedCall } from './permission.ts';
import type { Power } from './power.ts';
import { type Claim, isProven, noteProven } from './read-claim.ts';
import { type Registry, resourceAt } from './registry.ts';
import { firstSegmentsOf } from './resource.ts';
import { powerIn, scopeIn } from './session-power.ts';
import { sinceSignIn } from './since-sign-in.ts';

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

export type Alive = { status: 'live'; caller: Caller; registry: Registry };
/** Of which paths the registry is needed; `all` for the whole of it. */
export type Paths = readonly string[] | 'all';
export type Live = Alive | Dead;
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
  const live = await identify(tables, claim, now, [call.path]);
  if (live.status === 'dead') return { status: 'unauthenticated', reason: live.reason };
  const permission = permissionFor(live.caller, live.registry, call);
  const { caller } = live;
  return 'rule' in permission
    ? { status: 'forbidden', caller, reason: permission.reason, refusal: permission }
    : { status: 'allowed', caller, permission };
}

/** Who calls, with no word on what the caller may do. @param ahead - What was read for it already. */
export async function identify(
  tables: Tables,
  claim: Claim,
  now: Instant,
  paths: Paths = [],
  ahead?: Ahead,
): Promise<Live> {
  if (!isProven(claim)) {
    const refused = refusalOf(await readProof(tables, claim.name), claim, now);
    if (refused) return refused;
    noteProven(claim);
  }
  const segments = paths === 'all' ? paths : paths.flatMap(firstSegmentsOf);
  let refused: Dead | undefined;
  const standing = await readStanding(
    tables,
    claim,
    (read) => {
      refused = refusalOf(read, claim, now);
      if (refused || !read.session || !read.subject) return undefined;
      const roles = rolesToRead(read.session, read.subject);
      return { domain: read.subject.domain, roles, segments };
    },
    ahead,
  );
  const { session, subject, circumstances } = standing;
  if (refused) return refused;
  if (!session || !subject || !circumstances) return dead('the subject is gone');

  const { registry, membership, client } = circumstances;
  const cause = causeOfDeath(session, subject, membership.domain, now);
  if (cause) return dead(cause);
  const granted = await grantedClient(tables, session, { subject, client });
  if (granted.status === 'dead') return dead(granted.reason);
  const { name, scope } = claim;
  const holder = granted.client ?? subject;
  const power = powerIn(tables, session, { token: scope, client: holder });
  const left = scopeIn(session, { token: scope, client: holder });
  const own = left === undefined ? session : { ...session, scope: left };
  const more = { power, sinceSignIn: sinceSignIn(session, subject, now) };
  const caller = { ...callerOf(name.key, own, subject, membership), ...more };
  return { status: 'live', caller, registry };
}

const ownRoles = (session: Session): readonly string[] | undefined =>
  isStanding(session) ? session.roles : undefined;

const rolesToRead = (session: Session, subject: Subject): readonly string[] => [
  ...new Set([...subject.roles, ...(ownRoles(session) ?? [])]),
];

/**
 * A key's own roles or ACL never reach beyond its owner's: what the owner loses, the key loses. A role of its
 * own counts only while the owner holds it, or one that inherits from it. Only a domain holds no roles
 * itself, so what an administrator gave its keys is what they have. A role that is gone counts nowhere, its
 * name included.
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
  registry: Registry,
  { method, path }: RequestedCall,
): Permission | Refusal {
  const { lack } = caller.power;
  if (lack !== undefined) return { rule: 'scope-without-power', reason: lack };
  const resource = resourceAt(registry, path);
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
