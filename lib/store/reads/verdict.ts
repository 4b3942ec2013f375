/**
 * How a session stands right now: everything that a verdict depends on, read together in one
 * strongly consistent request. In two, where a secret has yet to prove the credential.
 *
 * @module
 */

import { parseItem } from '../../aws/item.ts';
import { batchGet, type Table } from '../../aws/table.ts';
import type { Remember, Tables } from '../../aws/tables.ts';
import { type Domain, DomainItem, domainKey } from '../directory/domains.ts';
import { requireHome } from '../directory/home.ts';
import { REGISTRY, type Registry, RegistryItem } from '../directory/resources.ts';
import { type EffectiveRole, EffectiveRoleItem, roleKey } from '../directory/roles.ts';
import { type Subject, SubjectItem, subjectKey } from '../directory/subjects.ts';
import {
  parentOf,
  type Session,
  SessionItem,
  type SessionName,
  sessionKey,
} from '../sessions/sessions.ts';

/** What a token says of its subject; only good enough to know what to read. */
export type Hints = {
  domain: string;
  roles: readonly string[];
  /** To whom a user may have given it. */
  client?: string | undefined;
};

export type Proof = {
  session: Session | undefined;
  /** The session within which it was opened; itself, where that is none. */
  parent: Session | undefined;
  subject: Subject | undefined;
};
export type Circumstances = { registry: Registry | undefined; membership: Membership };
export type Snapshot = Proof &
  Circumstances & {
    /** As the hints have it; the subject, where they name none. */
    client: Subject | undefined;
  };
export type Membership = { domain: Domain | undefined; roles: EffectiveRole[] };

/** DynamoDB answers at most 100 keys; a token of ours names far fewer roles. */
const MAX_ROLES = 50;

export async function readSnapshot(
  { directory, sessions, remember }: Tables,
  name: SessionName,
  hints: Hints,
): Promise<Snapshot> {
  const wanted = [
    { table: sessions, key: sessionKey(name) },
    { table: sessions, key: sessionKey(parentOf(name)) },
    { table: directory, key: subjectKey(name.subject) },
    { table: directory, key: subjectKey(hints.client ?? name.subject) },
    { table: directory, key: REGISTRY },
    ...membershipKeys(directory, hints),
  ];
  const [item, above, owner, actor, registry, domain, ...roles] = await readItems(wanted, remember);
  requireHome(directory, registry);
  const session = item && parseItem(SessionItem, item);
  const subject = owner && parseItem(SubjectItem, owner);
  return {
    session,
    parent: above === item ? session : above && parseItem(SessionItem, above),
    subject,
    client: actor === owner ? subject : actor && parseItem(SubjectItem, actor),
    registry: registry && parseItem(RegistryItem, registry),
    membership: parseMembership(domain, roles),
  };
}

/**
 * What proves a credential, and no more: whoever has invented one chooses its hints, and each role named
 * there would be a read of ours.
 */
export async function readProof(
  { directory, sessions, remember }: Tables,
  name: SessionName,
): Promise<Proof> {
  const wanted = [
    { table: sessions, key: sessionKey(name) },
    { table: sessions, key: sessionKey(parentOf(name)) },
    { table: directory, key: subjectKey(name.subject) },
  ];
  const [item, above, owner] = await readItems(wanted, remember);
  return {
    session: item && parseItem(SessionItem, item),
    parent: above && parseItem(SessionItem, above),
    subject: owner && parseItem(SubjectItem, owner),
  };
}

/** What a proven credential is judged by beside {@link Proof}. */
export async function readCircumstances(
  { directory, remember }: Tables,
  needed: Hints,
): Promise<Circumstances> {
  const wanted = [{ table: directory, key: REGISTRY }, ...membershipKeys(directory, needed)];
  const [registry, domain, ...roles] = await readItems(wanted, remember);
  requireHome(directory, registry);
  return {
    registry: registry && parseItem(RegistryItem, registry),
    membership: parseMembership(domain, roles),
  };
}

export async function readMembership(
  directory: Table,
  hints: Hints,
  remember?: Remember,
): Promise<Membership> {
  const [domain, ...roles] = await readItems(membershipKeys(directory, hints), remember);
  return parseMembership(domain, roles);
}

/** The client of a grant whose token did not name it. */
export async function readActor(
  { directory, remember }: Pick<Tables, 'directory' | 'remember'>,
  id: string,
): Promise<Subject | undefined> {
  const [item] = await readItems([{ table: directory, key: subjectKey(id) }], remember);
  return item && parseItem(SubjectItem, item);
}

const readItems = (wanted: Parameters<typeof batchGet>[0], remember?: Remember) =>
  remember ? remember(wanted, batchGet) : batchGet(wanted);

const membershipKeys = (directory: Table, { domain, roles }: Hints) => [
  { table: directory, key: domainKey(domain) },
  ...roles.slice(0, MAX_ROLES).map((role) => ({ table: directory, key: roleKey(role) })),
];

const parseMembership = (
  domain: Awaited<ReturnType<typeof batchGet>>[number],
  roles: Awaited<ReturnType<typeof batchGet>>,
): Membership => ({
  domain: domain && parseItem(DomainItem, domain),
  roles: roles.flatMap((role) => (role ? [parseItem(EffectiveRoleItem, role)] : [])),
});
