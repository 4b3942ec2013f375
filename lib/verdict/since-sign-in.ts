/**
 * How long ago the person of a session proved who they are: with a password, at a face or at the pages.
 *
 * A browser's sign-in and what is granted within it say when (`auth_time`); any other session of a
 * person was opened by that proof itself. Nobody signs in as a key, a client or a domain.
 *
 * @module
 * @see OpenID Connect Core §2 (auth_time), RFC 9470 §4
 */
import { policyOf } from '../store/directory/domain-policy.ts';
import type { DomainInForce } from '../store/directory/domains-in-force.ts';
import type { Subject } from '../store/directory/subjects.ts';
import { isScoped, isStanding, type Session } from '../store/sessions/sessions.ts';
import { between, type Instant, type Seconds } from '../time.ts';

/** @returns `undefined` where no person has. */
export function sinceSignIn(
  session: Session,
  { kind }: Pick<Subject, 'kind'>,
  now: Instant,
): Seconds | undefined {
  if (kind !== 'user' || isStanding(session)) return undefined;
  const { issuedAt, authTime = isScoped(session) ? undefined : issuedAt } = session;
  return authTime === undefined ? undefined : between(authTime, now);
}

/** As the domain says now, whatever it said then. */
export function isTooLongAgo(
  session: Session,
  subject: Pick<Subject, 'kind'>,
  domain: DomainInForce,
  now: Instant,
): boolean {
  const since = sinceSignIn(session, subject, now);
  return since !== undefined && since >= policyOf(domain).sessionAbsolute;
}
