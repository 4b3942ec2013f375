/**
 * Why nobody may do anything with a claim: what it names is over, is not proven, or has been switched off.
 *
 * @module
 */
import type { DomainInForce } from '../store/directory/domains-in-force.ts';
import type { Subject } from '../store/directory/subjects.ts';
import type { Proof } from '../store/reads/verdict.ts';
import { isStanding, type Session } from '../store/sessions/sessions.ts';
import { type Instant, isOver, NEVER } from '../time.ts';
import { type Claim, PROVEN } from './read-claim.ts';
import { causeOfRest } from './resting.ts';
import { secretMatches } from './secret.ts';
import { isTooLongAgo } from './since-sign-in.ts';

/** `proven`: the caller is who it says; without it the ids are whoever's who wrote them. */
export type Dead = { status: 'dead'; reason: string; proven: boolean };
export const dead = (reason: string, proven = true): Dead => ({ status: 'dead', reason, proven });

/** Why a claim proves nobody, by what was read of it alone. */
export function refusalOf(
  { session, parent, subject }: Proof,
  { secret }: Claim,
  now: Instant,
): Dead | undefined {
  // A signature, or our authorizer, has proven what is said; a secret is yet to be compared.
  const said = typeof secret !== 'string';
  const end = endOf(session, parent, now);
  if (!session || end) return dead(end ?? 'the session has ended', said);
  if (secret !== PROVEN && !secretMatches(session, secret, now))
    return dead('the secret is not of this key', false);
  return subject ? undefined : dead('the subject is gone');
}

const hasExpired = ({ expiresAt = NEVER }: Session, now: Instant): boolean =>
  isOver(expiresAt, now);

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
  domain: DomainInForce | undefined,
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
