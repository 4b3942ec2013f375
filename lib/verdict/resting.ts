/**
 * Why an API key or a domain token rests: it was switched off, or its owner or their domain was since it
 * was made. It works again once an administrator switches it on, which says that it is still wanted; the
 * owner's coming back does not say that.
 *
 * @module
 */
import type { DomainInForce } from '../store/directory/domains-in-force.ts';
import type { Subject } from '../store/directory/subjects.ts';
import type { StandingInForce } from '../store/sessions/sessions.ts';

export function causeOfRest(
  { disabled, ownerSwitched = 0, domainSwitched = 0 }: StandingInForce,
  { switched: owner = 0 }: Subject,
  { switched: all = 0 }: DomainInForce,
): string | undefined {
  if (disabled) return 'the key is switched off';
  if (owner !== ownerSwitched) return 'the owner was disabled since';
  return all === domainSwitched ? undefined : 'the domain was disabled since';
}
