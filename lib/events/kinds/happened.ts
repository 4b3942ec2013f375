/**
 * What happened, before it is said who did it; and whom or what it is about.
 *
 * @module
 */
import { domainOfSubject } from '../../store/directory/domains.ts';
import type { NewEvent } from '../../store/events/event.ts';

export type Happened = Omit<NewEvent, 'actor' | 'requestId'>;

/** No client's id looks like a user's (store/directory/client-id.ts). */
const USER_ID = /^[0-9a-f]{24}$/;

/** @param id - Of a user, a client, or a domain as a subject. */
export function subjectOf(id: string): string {
  const domain = domainOfSubject(id);
  if (domain !== undefined) return `domain/${domain}`;
  return USER_ID.test(id) ? `user/${id}` : `client/${id}`;
}
