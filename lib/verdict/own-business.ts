/**
 * What every user may on the own account, whatever the roles: see and end the own sessions, and make,
 * see, change and delete the own API keys. Only in a session of the user's own sign-in: neither an API key
 * nor a session whose scope says what it is for comes by it.
 *
 * @module
 */
import type { Subject } from '../store/directory/subjects.ts';
import { isScoped, isStanding, type Session } from '../store/sessions/sessions.ts';
import type { Action } from './acl.ts';

const OWN: Readonly<Record<string, readonly Action[]>> = {
  'admin/sessions': ['r', 'd'],
  'admin/keys': ['c', 'r', 'u', 'd'],
};

export const isOwnBusiness = (
  { subject, session }: { subject: Pick<Subject, 'kind'>; session: Session },
  resource: string,
  action: Action,
): boolean =>
  subject.kind === 'user' &&
  !isStanding(session) &&
  !isScoped(session) &&
  Object.hasOwn(OWN, resource) &&
  OWN[resource]?.includes(action) === true;
