/**
 * The sessions of those within an administrator's reach, whichever face opened them: shown, ended
 * one by one, or all of a subject or a domain at once by raising its generation. All of it acts on
 * the next call. API keys and domain tokens are no sign-ins and stay (../keys, ../domains/tokens.ts).
 *
 * OAuth clients are told of what ends so, by its event (lib/events/ends.ts).
 *
 * Nobody ends the sessions of somebody who holds more than they do. A domain is signed out as a whole,
 * whoever is in it, and only by a person who has just signed in (authority/fresh-sign-in.ts).
 *
 * Units:  now is epoch seconds.
 * Errors: `not_found`, also for what is out of reach; `insufficient_scope`.
 *
 * @module
 */

import { requireFreshSignIn } from '../../authority/fresh-sign-in.ts';
import { requireHeld } from '../../authority/grant.ts';
import { type Administrator, inReach } from '../../authority/reach.ts';
import type { Table } from '../../aws/table.ts';
import type { Tables } from '../../aws/tables.ts';
import { refuse } from '../../errors.ts';
import { clientSignedOut } from '../../events/kinds/client.ts';
import { domainSignedOut } from '../../events/kinds/deployment.ts';
import { sessionEnded } from '../../events/kinds/session.ts';
import { userSignedOut } from '../../events/kinds/user.ts';
import type { Trail } from '../../events/trail.ts';
import { domainSubject, raiseDomain, readDomain } from '../../store/directory/domains.ts';
import { raiseGeneration } from '../../store/directory/revocation.ts';
import { readSubject, type Subject, subjectKey } from '../../store/directory/subjects.ts';
import { endSession, type SessionName } from '../../store/sessions/sessions.ts';
import { readSignIn, type SeenSignIn } from '../../store/sessions/sign-ins.ts';
import { type Instant, isOver } from '../../time.ts';

type Generations = { subject: Subject; domain: number };

export async function findSession(
  { directory, sessions }: Tables,
  administrator: Administrator,
  name: SessionName,
  now: Instant,
): Promise<SeenSignIn & { username: string }> {
  const current = await generationsOf(directory, administrator, name.subject);
  const session = await readSignIn(sessions, name);
  if (!session || !isLive(current, now)(session)) throw notFound();
  return { ...session, username: current.subject.username };
}

/** One that was over already stays so, and nobody is told. */
export async function stopSession(
  tables: Tables,
  administrator: Administrator,
  name: SessionName,
  { now, trail }: { now: Instant; trail: Trail },
): Promise<void> {
  const { subject } = await generationsOf(tables.directory, administrator, name.subject);
  const session = await readSignIn(tables.sessions, name);
  if (!session) return;
  await requireHeld(tables.directory, administrator.caller, subject);
  const { client, spread } = session;
  const also = trail(
    sessionEnded({ name, domain: subject.domain }, { why: 'administrator', client }),
  );
  await endSession(tables.sessions, { ...name, spread }, now, also);
}

/** Ends all that were issued so far, and none that is issued later. */
export async function signOutSubject(
  { directory }: Tables,
  administrator: Administrator,
  id: string,
  trail: Trail,
): Promise<void> {
  const { subject } = await generationsOf(directory, administrator, id);
  await requireHeld(directory, administrator.caller, subject);
  const signedOut = subject.kind === 'client' ? clientSignedOut : userSignedOut;
  const also = trail(signedOut(subject));
  if (!(await raiseGeneration(directory, subjectKey(id), also))) throw notFound();
}

export async function signOutDomain(
  { directory }: Tables,
  administrator: Administrator,
  name: string,
  trail: Trail,
): Promise<void> {
  if (!inReach(administrator, { id: domainSubject(name), domain: name })) throw notFound();
  requireFreshSignIn(administrator.caller);
  const also = trail(domainSignedOut(name));
  if (!(await raiseDomain(directory, name, also))) throw notFound();
}

/** A domain as a subject has no sign-ins. */
export async function generationsOf(
  directory: Table,
  administrator: Administrator,
  id: string,
): Promise<Generations> {
  const subject = await readSubject(directory, id);
  if (!subject || subject.kind === 'domain' || !inReach(administrator, subject)) throw notFound();
  const domain = await readDomain(directory, subject.domain);
  return { subject, domain: domain?.generation ?? -1 };
}

export const isLive =
  ({ subject, domain }: Generations, now: Instant) =>
  ({ expiresAt, subjectGeneration, domainGeneration }: SeenSignIn): boolean =>
    !isOver(expiresAt, now) &&
    subjectGeneration === subject.generation &&
    domainGeneration === domain;

const notFound = () =>
  refuse('not_found', 'session-unknown', 'There is no such session or subject.');
